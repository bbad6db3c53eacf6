import fc from 'fast-check';
import type { InjectOptions } from 'fastify';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Person, startTestApp, type TestApp } from '../testing/app.ts';
import { type Json, parameterOf, valuesOf } from '../testing/requests.ts';

let house: TestApp;
let document: Json;

beforeAll(async () => {
  house = await startTestApp();
  const { administrator: admin } = house;
  await admin.post('/record-types', {
    label: '项目',
    scope: 'own',
    name: 'project',
    fields: [{ label: '预算', kind: 'money' }],
  });
  for (const plural of ['customers', 'contacts', 'tags', 'products', 'departments', 'x_projects']) {
    await admin.create(plural, { name: `模糊${plural}` });
  }
  await admin.create('activities', { subject: '电话' });
  await admin.create('tasks', { subject: '回电' });
  document = (await admin.get('/openapi.json')).body;
}, 60_000);
afterAll(() => house.stop());

const RUNS = 15;

interface Parameter {
  name: string;
  in: string;
  schema: Json;
}

interface Operation {
  method: string;
  path: string;
  parameters: Parameter[];
  body: Json | null;
  multipart: boolean;
}

function operations(): Operation[] {
  return Object.entries(document.paths as Record<string, Json>).flatMap(([path, methods]) =>
    Object.entries(methods as Record<string, Json>).map(([method, each]) => {
      const content = ((each.requestBody as Json | undefined)?.content ?? {}) as Record<
        string,
        { schema: Json }
      >;
      return {
        method: method.toUpperCase(),
        path,
        parameters: (each.parameters ?? []) as Parameter[],
        body: content['application/json']?.schema ?? null,
        multipart: 'multipart/form-data' in content,
      };
    }),
  );
}

/** An id that exists where the path leads, so that requests also come past "not found". */
async function knownIds(): Promise<Map<string, string[]>> {
  const known = new Map<string, string[]>();
  for (const { path, method } of operations()) {
    if (method !== 'GET' || path.includes('{') || path.endsWith('/live')) continue;
    const { body } = await house.administrator.get(path.replace('/api/v1', ''));
    const ids = body?.items?.map?.((item: { id?: string }) => item.id).filter(Boolean) ?? [];
    if (ids.length) known.set(path, ids);
  }
  return known;
}

function fieldsOf(path: string): string[] {
  const schemas = (document.components as { schemas: Record<string, { properties?: Json }> }).schemas;
  const plural = path.split('/')[3] ?? '';
  const entity = house.services.registry().byPlural.get(plural);
  const name = entity ? entity.name.charAt(0).toUpperCase() + entity.name.slice(1) : '';
  return Object.keys(schemas[name]?.properties ?? { name: 1 });
}

function requests(
  operation: Operation,
  known: Map<string, string[]>,
  person: Person,
): fc.Arbitrary<InjectOptions> {
  const { parameters, path, body, method, multipart } = operation;
  const ids = known.get(path.slice(0, path.indexOf('/{'))) ?? [];
  const fields = fieldsOf(path);
  const inPath = parameters.filter((each) => each.in === 'path');
  const inQuery = parameters.filter((each) => each.in === 'query');
  const segment = fc.oneof(
    ...(ids.length ? [{ weight: 4, arbitrary: fc.constantFrom(...ids) }] : []),
    { weight: 1, arbitrary: fc.uuid() },
    { weight: 1, arbitrary: fc.string({ minLength: 1, maxLength: 60, unit: 'grapheme' }) },
  );
  const query = fc.record(
    Object.fromEntries(inQuery.map((each) => [each.name, parameterOf(each.name, each.schema, fields)])),
    {
      requiredKeys: [],
    },
  );
  return fc
    .record({
      segments: fc.tuple(...inPath.map(() => segment)),
      query,
      payload: body ? valuesOf(body, document) : fc.constant(undefined),
      version: fc.constantFrom('*', '"1"', '"999"', 'W/"1"', 'x', ''),
      language: fc.constantFrom('zh', 'en', 'fr;q=0.5', '*'),
      key: fc.option(fc.string({ minLength: 1, maxLength: 250 }), { nil: undefined, freq: 8 }),
      broken: fc.integer({ min: 0, max: 19 }).map((dice) => dice === 0),
    })
    .map(({ segments, query: asked, payload, version, language, key, broken }) => {
      const filled = inPath.reduce(
        (url, each, index) => url.replace(`{${each.name}}`, encoded(segments[index]!)),
        path,
      );
      const text = new URLSearchParams(
        Object.entries(asked).map(([name, value]) => [name, (value ?? '').toWellFormed()]),
      ).toString();
      const type = multipart ? 'multipart/form-data; boundary=b' : 'application/json';
      const sent = multipart ? '--b\r\nnonsense' : JSON.stringify(payload);
      return {
        method: method as 'GET',
        url: text ? `${filled}?${text}` : filled,
        headers: {
          authorization: `Bearer ${person.key}`,
          'if-match': version,
          'accept-language': language,
          ...(key && /^[\x20-\x7e]+$/.test(key) ? { 'idempotency-key': key } : {}),
          ...(sent === undefined ? {} : { 'content-type': type }),
        },
        ...(sent === undefined ? {} : { payload: broken ? sent.slice(0, -1) : sent }),
      };
    });
}

const encoded = (segment: string) => encodeURIComponent(segment.toWellFormed());

/** What is wrong with an answer; null when nothing is. */
function fault(status: number, type: string, text: string): string | null {
  if (status >= 500) return 'a failure of the server';
  if (status < 400) return null;
  if (!type.startsWith('application/problem+json')) return `no problem document: ${type}`;
  const { code, detail, errors = [] } = JSON.parse(text);
  if (!code || !detail || detail.startsWith('error.')) return 'no words for it';
  return errors.every((each: { message?: string }) => each.message && !each.message.startsWith('error.'))
    ? null
    : 'no words for a field';
}

test('no request of any form makes the server fail, and every refusal is a problem document', async () => {
  const known = await knownIds();
  const faults: unknown[] = [];
  const seen = new Map<number, number>();
  for (const [index, operation] of operations().entries()) {
    // A stream of events does not end.
    if (operation.path.endsWith('/live')) continue;
    // Requests also end sessions and revoke keys: each operation begins with a key that works.
    const person = await house.keyFor(house.administrator.id);
    for (const request of fc.sample(requests(operation, known, person), {
      numRuns: RUNS,
      seed: 20_261_122 + index,
    })) {
      const answer = await house.server.inject(request);
      const wrong = fault(answer.statusCode, String(answer.headers['content-type']), answer.body);
      seen.set(answer.statusCode, (seen.get(answer.statusCode) ?? 0) + 1);
      if (wrong)
        faults.push([
          wrong,
          operation.method,
          request.url?.toString().slice(0, 300),
          String(request.payload).slice(0, 300),
          answer.body.slice(0, 200),
        ]);
    }
  }
  expect(faults).toEqual([]);
  // The requests are near enough to good ones that some succeed and others fail at each step.
  for (const status of [200, 201, 204, 400, 404, 412, 422])
    expect([status, (seen.get(status) ?? 0) > 0]).toEqual([status, true]);
}, 300_000);
