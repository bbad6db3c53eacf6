import { z } from 'zod';
import type { CommandSpec } from '../command/command.ts';
import type { Registry } from '../entity/registry.ts';
import { bodySchemas, maxLength } from '../entity/schema.ts';
import type { Entity, Field } from '../entity/types.ts';
import { type Route, route } from './route.ts';

type Json = Record<string, unknown>;

/** `GET /api/openapi.json` is served beside the routes; this one below /api/v1 gives the same to signed-in tools. */
export function openApiRoute(routes: readonly Route[], commands: readonly CommandSpec[]): Route {
  return route({
    method: 'GET',
    path: '/openapi.json',
    summary: 'This document',
    tag: 'meta',
    handle: ({ ctx }) => openApiDocument(ctx.registry, routes, commands),
  });
}

const documents = new WeakMap<Registry, Json>();

/** The OpenAPI 3.1 document of the routes, with one set of record routes for every record type there is now. */
export function openApiDocument(
  registry: Registry,
  routes: readonly Route[],
  commands: readonly CommandSpec[],
): Json {
  let document = documents.get(registry);
  if (!document) {
    document = build(registry, routes, commands);
    documents.set(registry, document);
  }
  return document;
}

function build(registry: Registry, routes: readonly Route[], commands: readonly CommandSpec[]): Json {
  const paths: Record<string, Json> = {};
  const put = (path: string, method: string, operation: Json) => {
    paths[`/api/v1${path}`] = { ...paths[`/api/v1${path}`], [method.toLowerCase()]: operation };
  };
  const schemas: Record<string, Json> = { Problem: PROBLEM };
  const fixed = routes.filter((each) => !each.page && !each.path.includes('{plural}'));
  const generic = routes.filter((each) => each.path.includes('{plural}'));
  for (const each of fixed) put(each.path, each.method, operationOf(each, {}));
  for (const entity of registry.entities) {
    const name = pascal(entity.name);
    schemas[name] = recordSchema(entity);
    schemas[`${name}Create`] = jsonSchema(bodySchemas(entity).create);
    schemas[`${name}Patch`] = jsonSchema(bodySchemas(entity).patch);
    for (const each of generic) {
      if (each.path.includes('{command}')) continue;
      const body =
        each.path === '/{plural}' && each.method === 'POST'
          ? 'Create'
          : each.method === 'PATCH'
            ? 'Patch'
            : null;
      const path = each.path.replace('{plural}', entity.plural);
      if (paths[`/api/v1${path}`]?.[each.method.toLowerCase()]) continue;
      put(
        path,
        each.method,
        operationOf(each, { entity, ...(body ? { bodyRef: `#/components/schemas/${name}${body}` } : {}) }),
      );
    }
  }
  for (const command of commands) putCommand(registry, command, put);
  return {
    openapi: '3.1.0',
    info: { title: 'Guanxi 关系', version: '1' },
    servers: [{ url: '/' }],
    security: [{ bearer: [] }, { session: [] }],
    paths,
    components: {
      schemas,
      securitySchemes: {
        bearer: { type: 'http', scheme: 'bearer', description: 'An API key' },
        session: { type: 'apiKey', in: 'cookie', name: 'guanxi.session_token' },
      },
    },
  };
}

/** What a command on very many records answers. */
const queued = z.object({ jobId: z.uuid(), id: z.uuid() });

function putCommand(
  registry: Registry,
  command: CommandSpec,
  put: (path: string, method: string, operation: Json) => void,
): void {
  const entity = registry.byName.get(command.entity);
  if (!entity) return;
  const base = { tags: ['commands'], summary: command.summary, responses: responses(200) };
  const later = command.parts ? { responses: responses(200, undefined, { accepted: queued }) } : {};
  const input = jsonSchema(command.input);
  const body = (schema: Json) => ({ requestBody: { content: { 'application/json': { schema } } } });
  if (command.on !== 'none') {
    put(`/${entity.plural}/{id}/${command.name}`, 'POST', {
      ...base,
      ...body(input),
      parameters: [pathParameter('id', { type: 'string', format: 'uuid' })],
    });
  }
  if (command.on !== 'one') {
    const ids = { type: 'array', items: { type: 'string', format: 'uuid' } };
    const many =
      command.on === 'many' ? { ...input, properties: { ...(input.properties as Json), ids } } : input;
    put(`/${entity.plural}/${command.name}`, 'POST', { ...base, ...body(many), ...later });
  }
}

function operationOf(each: Route, { entity, bodyRef }: { entity?: Entity; bodyRef?: string }): Json {
  const names = [...each.path.matchAll(/\{(\w+)\}/g)]
    .map((match) => match[1] as string)
    .filter((name) => name !== 'plural');
  const params = each.params ? ((jsonSchema(each.params).properties ?? {}) as Record<string, Json>) : {};
  const query = each.query ? jsonSchema(each.query) : {};
  const content = bodyRef ? { $ref: bodyRef } : each.body ? jsonSchema(each.body) : null;
  return {
    tags: [entity?.plural ?? each.tag],
    summary: each.summary,
    ...(each.access === 'open' ? { security: [] } : {}),
    parameters: [
      ...names.map((name) => pathParameter(name, params[name] ?? { type: 'string' })),
      ...Object.entries((query.properties ?? {}) as Record<string, Json>).map(([name, schema]) => ({
        name,
        in: 'query',
        required: ((query.required as string[]) ?? []).includes(name),
        schema,
      })),
      ...(each.needsVersion
        ? [
            {
              name: 'If-Match',
              in: 'header',
              required: true,
              schema: { type: 'string' },
              description: 'The version, for example "3"',
            },
          ]
        : []),
    ],
    ...(content
      ? { requestBody: { required: true, content: { 'application/json': { schema: content } } } }
      : {}),
    ...(each.receive
      ? {
          requestBody: {
            content: {
              'multipart/form-data': {
                schema: { type: 'object', properties: { file: { type: 'string', format: 'binary' } } },
              },
            },
          },
        }
      : {}),
    responses: responses(
      each.status ?? 200,
      entity && each.path.startsWith('/{plural}') && !each.body ? entity : undefined,
      each,
    ),
  };
}

function responses(
  status: number,
  entity?: Entity,
  each?: Partial<Pick<Route, 'method' | 'path' | 'response' | 'accepted'>>,
): Json {
  const list = each?.method === 'GET' && each.path === '/{plural}';
  const ref = entity ? { $ref: `#/components/schemas/${pascal(entity.name)}` } : {};
  const schema = list
    ? {
        type: 'object',
        properties: {
          items: { type: 'array', items: ref },
          nextCursor: { type: ['string', 'null'] },
          total: { type: 'integer' },
          totalIsExact: { type: 'boolean' },
        },
      }
    : each?.response
      ? jsonSchema(each.response)
      : ref;
  return {
    [String(status)]: { description: 'Done', content: { 'application/json': { schema } } },
    ...(each?.accepted
      ? {
          202: {
            description: 'Too much to wait for: runs as a job',
            content: { 'application/json': { schema: jsonSchema(each.accepted) } },
          },
        }
      : {}),
    default: {
      description: 'An expected failure',
      content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
    },
  };
}

const pathParameter = (name: string, schema: Json) => ({ name, in: 'path', required: true, schema });

const jsonSchema = (schema: z.ZodType): Json => {
  const {
    $schema: _,
    $defs: __,
    ...rest
  } = z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' }) as Json;
  return withoutCircles(rest) as Json;
};

/** Only "any JSON" is defined by itself; a reference into a schema's own definitions would lead nowhere in the document. */
function withoutCircles(part: unknown): unknown {
  if (Array.isArray(part)) return part.map(withoutCircles);
  if (typeof part !== 'object' || part === null) return part;
  if (typeof (part as Json).$ref === 'string') return {};
  return Object.fromEntries(Object.entries(part).map(([key, value]) => [key, withoutCircles(value)]));
}

const LINK = {
  type: ['object', 'null'],
  properties: { id: { type: 'string', format: 'uuid' }, title: { type: ['string', 'null'] } },
};
const MONEY = {
  type: ['object', 'null'],
  properties: { amount: { type: 'string' }, currency: { type: 'string' } },
};

function fieldSchema(field: Field): Json {
  const described = { title: field.label.en };
  switch (field.kind) {
    case 'reference':
      return { ...described, ...LINK };
    case 'references':
      return { ...described, type: 'array', items: LINK };
    case 'money':
      return { ...described, ...MONEY };
    case 'integer':
      return { ...described, type: ['integer', 'null'] };
    case 'boolean':
      return { ...described, type: ['boolean', 'null'] };
    case 'multiChoice':
    case 'phones':
      return { ...described, type: 'array', items: { type: 'string' } };
    case 'date':
      return { ...described, type: ['string', 'null'], format: 'date' };
    case 'instant':
      return { ...described, type: ['string', 'null'], format: 'date-time' };
    case 'json':
      return described;
    default:
      return { ...described, type: ['string', 'null'], maxLength: maxLength(field) };
  }
}

function recordSchema(entity: Entity): Json {
  return {
    type: 'object',
    title: entity.label.en,
    properties: {
      id: { type: 'string', format: 'uuid' },
      version: { type: 'integer' },
      title: { type: 'string' },
      can: { type: 'object' },
      ...Object.fromEntries(Object.values(entity.fields).map((field) => [field.name, fieldSchema(field)])),
      ...Object.fromEntries(
        entity.parts.map(({ name, entity: part }) => [
          name,
          { type: 'array', items: { $ref: `#/components/schemas/${pascal(part.name)}` } },
        ]),
      ),
    },
  };
}

const PROBLEM: Json = {
  type: 'object',
  required: ['type', 'title', 'status', 'code', 'detail'],
  properties: {
    type: { type: 'string' },
    title: { type: 'string' },
    status: { type: 'integer' },
    code: { type: 'string' },
    detail: { type: 'string' },
    errors: {
      type: 'array',
      items: {
        type: 'object',
        properties: { path: { type: 'string' }, code: { type: 'string' }, message: { type: 'string' } },
      },
    },
  },
};

const pascal = (name: string) => name.charAt(0).toUpperCase() + name.slice(1);
