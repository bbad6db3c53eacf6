import { createWriteStream, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Context } from '../context/context.ts';
import type { Row } from '../entity/behaviour.ts';
import { createRecord } from '../entity/records.ts';
import { entityNamed } from '../entity/registry.ts';
import { maxLength } from '../entity/schema.ts';
import type { Entity, Field } from '../entity/types.ts';
import { ProblemError } from '../errors/problem.ts';
import { importableFields } from '../imports/headers.ts';
import { bring } from '../imports/testing/files.ts';
import { CURRENCIES, minorUnits } from '../money/currencies.shared.ts';
import { startTestApp, type TestApp } from '../testing/app.ts';
import { writeExport } from './export.ts';

/** Whatever a record may hold goes out to a file and comes back as it was: any text, any number, any kind of field. */
let app: TestApp;
let ctx: Context;
const folder = mkdtempSync(join(tmpdir(), 'guanxi-generated-'));
const ids = new Map<string, string[]>();
let count = 0;

const AWKWARD = [
  '=1+1',
  '+86 138',
  '-5',
  '@sum',
  "'引号",
  '00123',
  '0',
  '1.38E+10',
  '12345678901234567890',
  '2024-03-05',
  '3/5',
  '1-2',
  '10:30',
  '50%',
  '¥5',
  '1,200',
  'TRUE',
  '是',
  '无',
  '-',
  '—',
  '/',
  'null',
  '#N/A',
  '#REF!',
  ' 前后空格 ',
  'a  b',
  'a,b;c\td',
  '“双”"引"号',
  '"',
  "'",
  '多行\n第二行',
  '回\r\n车',
  '末行\n',
  '逗号、顿号',
  'A/B',
  '𠮷野家龘',
  '👩‍👩‍👧 emoji 🎉',
  'ｆｕｌｌ（宽）',
  '\u200b',
  '\u00a0',
  'é',
  'e\u0301',
  '_x000D_',
  '\ufeff开头',
  'sep=,',
];
const SIGNS = '=+-@\'"\t\n,;、，|/\\_x0D1.E%¥ 　海𠮷🎉é是'.split('');

// biome-ignore lint/suspicious/noControlCharactersInRegex: what the API refuses
const REFUSED = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\p{Cs}]/u;
const textOf = (max: number) =>
  fc
    .oneof(
      fc.constantFrom(...AWKWARD),
      fc.string({ unit: fc.constantFrom(...SIGNS), minLength: 1, maxLength: 12 }),
      fc.string({ unit: 'grapheme', minLength: 1, maxLength: 12 }),
    )
    .filter((text) => text.trim() !== '' && text.length <= max && !REFUSED.test(text));

const digits = (whole: number, fraction: number) =>
  fc
    .tuple(
      fc.boolean(),
      fc.bigInt({ min: 0n, max: 10n ** BigInt(whole) - 1n }),
      fc.bigInt({ min: 0n, max: 10n ** BigInt(fraction) - 1n }),
    )
    .map(([negative, head, tail]) => {
      const end = fraction ? `.${String(tail).padStart(fraction, '0')}` : '';
      return `${negative && (head || tail) ? '-' : ''}${head}${end}`;
    });
const money = fc
  .oneof(fc.constant('CNY'), fc.constantFrom('USD', 'JPY', 'KWD', 'HKD'), fc.constantFrom(...CURRENCIES))
  .chain((currency) => digits(15, minorUnits(currency)).map((amount) => ({ amount, currency })));
const day = fc.oneof(
  fc.constantFrom('1900-01-01', '1900-02-28', '1904-01-01', '2000-02-29', '9999-12-31'),
  fc
    .date({ min: new Date('1900-03-01'), max: new Date('2200-01-01'), noInvalidDate: true })
    .map((date) => date.toISOString().slice(0, 10)),
);
const instant = fc
  .tuple(
    fc.date({ min: new Date('1950-01-01'), max: new Date('2200-01-01'), noInvalidDate: true }),
    fc.integer({ min: 0, max: 999 }),
  )
  .map(([date, micro]) => date.toISOString().replace('Z', `${String(micro).padStart(3, '0')}Z`));

/** Values of a field; undefined where they are not this test's business. */
function valuesOf(field: Field): fc.Arbitrary<unknown> | undefined {
  const numbers = (arbitrary: fc.Arbitrary<string>) =>
    arbitrary.filter(
      (text) => Number(text) >= (field.min ?? -Infinity) && Number(text) <= (field.maxValue ?? Infinity),
    );
  const options = field.options.filter((option) => !option.retired).map(({ value }) => value);
  switch (field.kind) {
    case 'text':
    case 'longText':
    case 'region':
      return textOf(maxLength(field));
    case 'phone':
      return fc.constantFrom(
        '13812341234',
        '0571-88886666',
        '400-820-8888',
        '+1 (212) 555 0100',
        '转 801 找老王',
      );
    case 'phones':
      return fc.uniqueArray(fc.constantFrom('13800138000', '021-55667788', '+44 20 7946 0958'), {
        maxLength: 3,
      });
    case 'email':
      return fc.integer({ min: 0 }).map((n) => `Ab.${n}.${++count}@Yunhe.example`);
    case 'url':
      return fc.constantFrom('https://例子.中国/路径?a=1,2&b="x"', 'http://a.example/=1+1');
    case 'integer':
      return fc.integer({ min: field.min ?? -2_147_483_648, max: field.maxValue ?? 2_147_483_647 });
    case 'decimal':
      return numbers(fc.oneof(digits(15, 6), digits(15, 0), digits(1, 2)));
    case 'money':
      return money.filter(({ amount }) => Number(amount) >= (field.min ?? -Infinity));
    case 'date':
      return day;
    case 'instant':
      return instant;
    case 'boolean':
      return fc.boolean();
    case 'birthday':
      return fc.constantFrom('1990-03-05', '--02-29', 'lunar:--08-15', '1900-01-31');
    case 'choice':
      return options.length ? fc.constantFrom(...options) : undefined;
    case 'multiChoice':
      return fc.subarray(options);
    case 'reference':
      return known(field).length ? fc.constantFrom(...known(field)) : undefined;
    case 'references':
      return fc.subarray(known(field), { maxLength: Math.min(3, known(field).length) });
    default:
      return undefined;
  }
}

const known = (field: Field) => ids.get(field.to as string) ?? [];

/** Fields whose values follow rules of their own module. */
const LEFT_OUT: Record<string, readonly string[]> = {
  user: ['timeZone', 'username', 'manager', 'roles', 'status'],
  department: ['parent'],
  customer: ['parent'],
  product: ['barcode', 'bundle', 'bundleDiscount', 'variantOf', 'attributes'],
};

function recordOf(entity: Entity): fc.Arbitrary<Record<string, unknown>> {
  const left = ['number', 'owner', 'department', ...(LEFT_OUT[entity.name] ?? [])];
  const entries = importableFields(ctx, entity)
    .filter(({ name }) => !left.includes(name))
    .flatMap((field) => {
      const value = valuesOf(field);
      if (!value) return [];
      const unique = field.name === entity.title || field.unique;
      const distinct = unique && field.kind === 'text' ? value.map((text) => `${text}${++count}`) : value;
      return [[field.name, field.required ? distinct : fc.option(distinct, { nil: null, freq: 5 })] as const];
    });
  return fc.record(Object.fromEntries(entries));
}

const EVERY_KIND = [
  ...[
    'text',
    'longText',
    'phone',
    'email',
    'url',
    'integer',
    'decimal',
    'money',
    'date',
    'instant',
    'boolean',
  ].map((kind) => ({ label: `字段${kind}`, kind })),
  ...['choice', 'multiChoice'].map((kind) => ({
    label: `字段${kind}`,
    kind,
    options: ['=是', '甲、乙', '0012', '逗,号', '12345678901234567890'].map((label, at) => ({
      value: `v${at}`,
      label,
    })),
  })),
  { label: '字段user', kind: 'reference', to: 'user' },
  { label: '字段link', kind: 'reference', to: 'customer' },
  { label: '字段links', kind: 'references', to: 'product' },
];

const BUILT_IN = ['tag', 'product', 'department', 'user', 'customer', 'contact', 'activity', 'task'];
const OWN = ['x_kaifang', 'x_ziyou', 'x_xiashu'];
const PER_TYPE = 12;
/** Another one at every run; it stands in the name of the test that fails. */
const SEED = Math.floor(Math.random() * 1e9);

beforeAll(async () => {
  app = await startTestApp();
  const { administrator: admin } = app;
  for (const field of EVERY_KIND) {
    const made = await admin.post('/custom-fields', { entity: 'customer', ...field });
    if (made.status !== 201) throw new Error(JSON.stringify(made.body));
  }
  for (const [name, label, more] of [
    ['x_kaifang', '开放', { scope: 'open' }],
    ['x_ziyou', '自有', { scope: 'own', numberPrefix: 'ZY' }],
    ['x_xiashu', '下属', { scope: 'child', parent: 'customer' }],
  ] as const) {
    const made = await admin.post('/record-types', { name, label, ...more, fields: EVERY_KIND });
    if (made.status !== 201) throw new Error(JSON.stringify(made.body));
  }
  ctx = await app.context();
});
afterAll(() => app?.stop());

const tableOf = async (entity: Entity) =>
  (await sql<Row>`select * from ${sql.table(entity.table)} order by id`.execute(ctx.db)).rows;

/** Makes generated records of a type; values that its module refuses are left out. */
async function fill(entity: Entity): Promise<number> {
  const made: string[] = [];
  for (const values of fc.sample(recordOf(entity), { numRuns: PER_TYPE, seed: SEED })) {
    try {
      made.push((await createRecord(ctx, entity.name, values)).id);
    } catch (error) {
      if (!(error instanceof ProblemError)) throw error;
    }
  }
  ids.set(entity.name, [...(ids.get(entity.name) ?? []), ...made]);
  return made.length;
}

describe.each([...BUILT_IN, ...OWN])(`%s, seed ${SEED}`, (name) => {
  let entity: Entity;
  beforeAll(async () => {
    entity = entityNamed(ctx.registry, name);
    expect(await fill(entity)).toBeGreaterThan(PER_TYPE / 4);
  });

  test.each(['csv', 'xlsx'] as const)('comes back from %s as it was', async (format) => {
    const before = await tableOf(entity);
    const path = join(folder, `${name}.${format}`);
    await writeExport(ctx, name, {}, format, createWriteStream(path));
    const key = entity.numberPrefix ? 'number' : 'id';
    const again = await bring(ctx, app.services, name, path, { mode: 'upsert', key });
    expect(again.checked?.reasons).toEqual({ unchanged: before.length });
    expect(await tableOf(entity)).toEqual(before);
    const anew = await bring(ctx, app.services, name, path);
    expect(anew.counts).toMatchObject({ created: 0, updated: 0, skipped: before.length, failed: 0 });
    expect(await tableOf(entity)).toEqual(before);
  });
});
