import type { FastifyRequest } from 'fastify';
import { z } from 'zod';
import { type CommandSpec, runCommand } from '../command/command.ts';
import type { Context } from '../context/context.ts';
import type { FieldProblem } from '../errors/problem.ts';
import { type ProblemError, problem } from '../errors/problem.ts';
import { flag, limitOf, type Route, route } from '../http/route.ts';
import { translate } from '../i18n/translations.ts';
import { eraseRecord } from './erase.ts';
import { listRecords, MAX_PAGE } from './list.ts';
import { type MassResult, massRun } from './mass.ts';
import { transferring } from './mass-actions.ts';
import type { WireRecord } from './meta.shared.ts';
import { entityOfPath } from './path.ts';
import { createRecord, deleteRecord, readRecord, restoreRecord, updateRecord } from './records.ts';
import { idsOf, manyRecords } from './selection-input.ts';

const plural = z.strictObject({ plural: z.string().max(100) });
const one = z.strictObject({ plural: z.string().max(100), id: z.uuid() });

const listQuery = z.strictObject({
  filter: z.string().max(100_000).optional(),
  sort: z.string().max(500).optional(),
  limit: limitOf(MAX_PAGE).optional(),
  cursor: z.string().max(2000).optional(),
  count: flag.optional(),
  q: z.string().max(200).optional(),
  deleted: flag.optional(),
});

/** Reads the `filter` parameter; it is JSON. */
export function parseFilterText(text: string | undefined): unknown {
  if (!text) return undefined;
  try {
    return JSON.parse(text);
  } catch {
    throw problem('bad_filter', { status: 400, errors: [{ path: 'filter', code: 'bad_json' }] });
  }
}

const entityOf = (ctx: Context, plural: string): string => entityOfPath(ctx, plural).name;

/** The version of `If-Match: "7"`. */
export function versionOf(request: FastifyRequest, needed: boolean): number | null {
  const header = request.headers['if-match'];
  if (header === undefined || header === '') {
    if (needed) throw problem('version_required', { status: 428 });
    return null;
  }
  if (header === '*') return null;
  const version = /^(?:W\/)?"?(\d{1,9})"?$/.exec(header)?.[1];
  if (!version) throw problem('bad_version', { status: 400 });
  return Number(version);
}

/** Warnings leave the server with their message. */
function answer(ctx: Context, record: WireRecord & { warnings?: FieldProblem[] }) {
  if (!record.warnings) return record;
  const { words } = ctx.registry;
  const warnings = record.warnings.map(({ path, code, params }) => ({
    path,
    code,
    message: translate(words, ctx.principal.language, `error.${code}`, params),
  }));
  return { ...record, warnings };
}

/** Whom records are given to; an id, or an object with one. */
const person = z.union([z.uuid(), z.object({ id: z.uuid() }).transform((link) => link.id)]);
export const recipient = {
  owner: person,
  department: person.optional(),
  along: z.array(z.string().max(100)).max(50).optional(),
};

/** What one refused record of a mass action is on its own. */
function refusal({ code, errors }: MassResult['failed'][number]): ProblemError {
  const status =
    code === 'not_found' ? 404 : code === 'forbidden' || code === 'transfer_forbidden' ? 403 : 422;
  return problem(status === 422 ? 'invalid' : code, { status, errors: errors ?? [] });
}

/** Puts a command on more records than one answer waits for in the queue; null where they are few enough. */
export type CommandLater = (
  ctx: Context,
  command: CommandSpec,
  ids: readonly string[],
  input: unknown,
) => Promise<{ jobId: string; id: string } | null>;

/** The routes every record type has, the administrator's own included. */
export function recordRoutes(commands: readonly CommandSpec[], later?: CommandLater): Route[] {
  return [
    route({
      method: 'GET',
      path: '/{plural}',
      outside: true,
      summary: 'List records',
      tag: 'records',
      params: plural,
      query: listQuery,
      handle: ({ ctx, params, query }) =>
        listRecords(ctx, entityOf(ctx, params.plural), { ...query, filter: parseFilterText(query.filter) }),
    }),
    route({
      method: 'POST',
      path: '/{plural}',
      outside: true,
      summary: 'Create a record',
      tag: 'records',
      params: plural,
      status: 201,
      handle: async ({ ctx, params, body, reply }) => {
        const record = await createRecord(ctx, entityOf(ctx, params.plural), body ?? {});
        reply
          .header('etag', `"${record.version}"`)
          .header('location', `/api/v1/${params.plural}/${record.id}`);
        return answer(ctx, record);
      },
    }),
    route({
      method: 'GET',
      path: '/{plural}/{id}',
      outside: true,
      summary: 'Read a record',
      tag: 'records',
      params: one,
      query: z.strictObject({ deleted: flag.optional() }),
      handle: async ({ ctx, params, query, reply }) => {
        const record = await readRecord(ctx, entityOf(ctx, params.plural), params.id, {
          deleted: query.deleted ?? false,
        });
        reply.header('etag', `"${record.version}"`);
        return record;
      },
    }),
    route({
      method: 'PATCH',
      path: '/{plural}/{id}',
      outside: true,
      summary: 'Change a record; needs If-Match with its version',
      tag: 'records',
      needsVersion: true,
      params: one,
      handle: async ({ ctx, params, body, request, reply }) => {
        const entity = entityOf(ctx, params.plural);
        const record = await updateRecord(ctx, entity, params.id, body ?? {}, versionOf(request, true));
        reply.header('etag', `"${record.version}"`);
        return answer(ctx, record);
      },
    }),
    route({
      method: 'DELETE',
      path: '/{plural}/{id}',
      outside: true,
      summary: 'Move a record to the recycle bin, or out of it for good',
      tag: 'records',
      params: one,
      query: z.strictObject({ forever: flag.optional() }),
      handle: ({ ctx, params, query, request }) => {
        const entity = entityOf(ctx, params.plural);
        if (query.forever) return eraseRecord(ctx, entity, params.id);
        return deleteRecord(ctx, entity, params.id, versionOf(request, false));
      },
    }),
    route({
      method: 'POST',
      path: '/{plural}/{id}/restore',
      summary: 'Bring a record back from the recycle bin',
      tag: 'records',
      params: one,
      handle: ({ ctx, params }) => restoreRecord(ctx, entityOf(ctx, params.plural), params.id),
    }),
    route({
      method: 'POST',
      path: '/{plural}/{id}/transfer',
      outside: true,
      summary: 'Give a record to another person',
      tag: 'records',
      params: one,
      body: z.strictObject(recipient),
      handle: async ({ ctx, params, body }) => {
        const entity = entityOf(ctx, params.plural);
        const { failed } = await massRun(ctx, transferring(ctx, entity, body), [params.id]);
        const [refused] = failed;
        if (refused) throw refusal(refused);
        return readRecord(ctx, entity, params.id).catch(() => undefined);
      },
    }),
    ...commandRoutes(commands, later),
  ];
}

function commandRoutes(commands: readonly CommandSpec[], later?: CommandLater): Route[] {
  const find = (ctx: Context, entity: string, name: string, on: CommandSpec['on'][]) => {
    const command = commands.find(
      (each) => each.entity === entityOf(ctx, entity) && each.name === name && on.includes(each.on),
    );
    if (!command) throw problem('unknown_route', { status: 404 });
    return command;
  };
  return [
    route({
      method: 'POST',
      path: '/{plural}/{id}/{command}',
      outside: true,
      summary: 'Run a command on a record',
      tag: 'commands',
      params: one.extend({ command: z.string().max(100) }),
      secret: ({ command }) => commands.some((each) => each.name === command && each.secret),
      handle: ({ ctx, params, body }) =>
        runCommand(ctx, find(ctx, params.plural, params.command, ['one', 'many']), [params.id], body),
    }),
    route({
      method: 'POST',
      path: '/{plural}/{command}',
      outside: true,
      summary: 'Run a command on many records, or on none; some take very many as a job',
      tag: 'commands',
      params: plural.extend({ command: z.string().max(100) }),
      accepted: z.object({ jobId: z.uuid(), id: z.uuid() }),
      handle: async ({ ctx, params, body, reply }) => {
        const command = find(ctx, params.plural, params.command, ['many', 'none']);
        const { ids, filter, q, all, ...input } = (body ?? {}) as Record<string, unknown>;
        if (command.on === 'none') return runCommand(ctx, command, [], body);
        const many = manyRecords.safeParse({ ids, filter, q, all });
        if (!many.success) throw problem('invalid', { errors: [{ path: 'ids', code: 'bad_format' }] });
        const found = await idsOf(ctx, command.entity, many.data);
        const queued = command.parts ? await later?.(ctx, command, found, input) : null;
        if (queued) {
          reply.code(202);
          return queued;
        }
        return runCommand(ctx, command, found, input, many.data.ids === undefined);
      },
    }),
  ];
}
