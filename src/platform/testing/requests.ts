import fc from 'fast-check';

export type Json = Record<string, unknown>;

/** Text that has broken programs before. */
const NASTY = [
  '',
  ' ',
  '\u0000',
  'a\u0000b',
  '\ud800',
  '\u202e反',
  '𠮷👩‍👩‍👧‍👦',
  "'; drop table customer; --",
  '%_\\',
  '../../etc/passwd',
  '{"$ne":null}',
  '__proto__',
  '-0',
  '1e309',
  '99999999999999999999',
  '0000-00-00',
  '2025-02-30',
  '+275760-09-13T00:00:00.001Z',
  '-271821-04-19T23:59:59.999Z',
  '２０２５',
  'x'.repeat(5000),
  '长'.repeat(3000),
];

const text = fc.oneof(
  fc.constantFrom(...NASTY),
  fc.string({ maxLength: 40, unit: 'grapheme' }),
  fc.string({ maxLength: 20, unit: 'binary' }),
);
const odd: fc.Arbitrary<unknown> = fc.oneof(
  text,
  fc.constantFrom<unknown>(null, true, 0, -1, 1.5, 1e300, Number.MAX_SAFE_INTEGER, [], {}, [[[]]], [null]),
  fc.jsonValue({ maxDepth: 3 }),
);

const deep = (levels: number): unknown => (levels === 0 ? 1 : { and: [deep(levels - 1)] });

/** Values of a JSON schema of the API's document, and values that are almost so. */
export function valuesOf(schema: Json, document: Json): fc.Arbitrary<unknown> {
  return fc.oneof(
    { weight: 5, arbitrary: fitting(schema, document, 0) },
    { weight: 2, arbitrary: fitting(schema, document, 0).chain(spoilt) },
    { weight: 1, arbitrary: odd },
  );
}

/** One part of a value replaced, removed or added. */
function spoilt(value: unknown): fc.Arbitrary<unknown> {
  if (Array.isArray(value)) return odd.map((each) => [...value, each]);
  if (typeof value !== 'object' || value === null) return odd;
  const names = [...Object.keys(value), '__proto__', 'constructor', 'id', 'noSuchField'];
  return fc
    .tuple(fc.constantFrom(...names), odd)
    .map(([name, each]) => Object.fromEntries([...Object.entries(value), [name, each]]));
}

function resolved(schema: Json, document: Json): Json {
  const path = (schema.$ref as string | undefined)?.split('/').slice(1);
  return path ? (path.reduce<unknown>((at, key) => (at as Json)[key], document) as Json) : schema;
}

const MOST_DEPTH = 5;

function fitting(given: Json | boolean, document: Json, depth: number): fc.Arbitrary<unknown> {
  // What follows the members of a fixed list: anything, or nothing.
  if (typeof given === 'boolean') return fc.constant(null);
  const schema = resolved(given, document);
  const choices = (schema.anyOf ?? schema.oneOf) as Json[] | undefined;
  if (depth > MOST_DEPTH) return fc.constant(null);
  if (choices) return fc.oneof(...choices.map((each) => fitting(each, document, depth + 1)));
  if ('const' in schema) return fc.constant(schema.const);
  if (schema.enum) return fc.constantFrom(...(schema.enum as unknown[]));
  const types = [schema.type ?? 'any'].flat() as string[];
  return fc.oneof(...types.map((type) => ofType(type, schema, document, depth)));
}

function ofType(type: string, schema: Json, document: Json, depth: number): fc.Arbitrary<unknown> {
  switch (type) {
    case 'string':
      return ofFormat(schema);
    case 'integer':
      return fc.integer({ min: bound(schema.minimum, -1000), max: bound(schema.maximum, 1000) });
    case 'number':
      return fc.double({ min: -1e6, max: 1e6, noNaN: true });
    case 'boolean':
      return fc.boolean();
    case 'null':
      return fc.constant(null);
    case 'array':
      return fc.array(fitting((schema.items as Json | boolean | undefined) ?? {}, document, depth + 1), {
        maxLength: 3,
      });
    case 'object':
      return objects(schema, document, depth);
    default:
      return fc.oneof(odd, fc.constant(deep(50)));
  }
}

const bound = (value: unknown, otherwise: number) =>
  typeof value === 'number' ? Math.max(-2_147_483_648, Math.min(2_147_483_647, value)) : otherwise;

function objects(schema: Json, document: Json, depth: number): fc.Arbitrary<unknown> {
  const properties = (schema.properties ?? {}) as Record<string, Json>;
  const names = Object.keys(properties);
  if (names.length === 0) return fc.dictionary(fc.string({ maxLength: 8 }), odd, { maxKeys: 2 });
  const required = new Set((schema.required as string[] | undefined) ?? []);
  const record = Object.fromEntries(
    names.map((name) => [name, fitting(properties[name]!, document, depth + 1)]),
  );
  const optional = names.filter((name) => !required.has(name));
  const some = fc.subarray(optional, { maxLength: Math.min(6, optional.length) });
  return fc
    .tuple(fc.record(record), some)
    .map(([all, chosen]) => Object.fromEntries([...required, ...chosen].map((name) => [name, all[name]])));
}

function ofFormat({ format, pattern, maxLength }: Json): fc.Arbitrary<string> {
  const day = fc
    .date({ min: new Date('1900-01-01'), max: new Date('2100-01-01'), noInvalidDate: true })
    .map((date) => date.toISOString());
  if (format === 'uuid') return fc.uuid();
  if (format === 'date') return day.map((each) => each.slice(0, 10));
  if (format === 'date-time') return day;
  if (format === 'email') return fc.emailAddress();
  if (typeof pattern === 'string' && !pattern.includes('^[^'))
    return fc.oneof(text, fc.constantFrom('1.5', 'CNY', '7'));
  const most = typeof maxLength === 'number' ? Math.min(maxLength, 60) : 60;
  return fc.oneof(
    { weight: 3, arbitrary: fc.string({ maxLength: most, unit: 'grapheme' }) },
    { weight: 1, arbitrary: text },
  );
}

const OPERATORS = [
  'eq',
  'ne',
  'in',
  'nin',
  'lt',
  'lte',
  'gt',
  'gte',
  'between',
  'contains',
  'startsWith',
  'empty',
  'within',
  'like',
];

/** What a query parameter may hold. `fields` are names a filter or an order may speak of. */
export function parameterOf(name: string, schema: Json, fields: string[]): fc.Arbitrary<string> {
  const field = fc.oneof(
    { weight: 6, arbitrary: fc.constantFrom(...fields, 'id') },
    { weight: 1, arbitrary: text },
  );
  const term = fc.record({ field, op: fc.constantFrom(...OPERATORS), value: odd });
  const { filter } = fc.letrec((tie) => ({
    filter: fc.oneof(
      { depthSize: 'small', withCrossShrink: true },
      term,
      fc.record({ and: fc.array(tie('filter'), { maxLength: 3 }) }),
      fc.record({ or: fc.array(tie('filter'), { maxLength: 3 }) }),
      fc.record({ not: tie('filter') }),
    ),
  }));
  const json = (value: unknown) => JSON.stringify(value) ?? 'null';
  if (name === 'filter') return fc.oneof(filter.map(json), odd.map(json), text, fc.constant(json(deep(60))));
  if (name === 'sort') {
    const part = fc.tuple(fc.constantFrom('', '-'), field).map((parts) => parts.join(''));
    return fc.oneof(
      fc.array(part, { minLength: 1, maxLength: 5 }).map((parts) => parts.join(',')),
      text,
    );
  }
  if (name === 'cursor') {
    return fc.oneof(
      odd.map((value) => Buffer.from(json(value)).toString('base64url')),
      text,
    );
  }
  return fc.oneof(
    fitting(schema, {}, 0).map((value) => String(value)),
    text,
  );
}
