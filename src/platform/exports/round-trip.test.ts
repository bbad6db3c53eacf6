import { createWriteStream, mkdtempSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Context } from '../context/context.ts';
import type { Row } from '../entity/behaviour.ts';
import { createRecord } from '../entity/records.ts';
import { bring } from '../imports/testing/files.ts';
import { startTestApp, type TestApp } from '../testing/app.ts';
import { writeExport } from './export.ts';

let app: TestApp;
let ctx: Context;
const folder = mkdtempSync(join(tmpdir(), 'guanxi-export-'));

/** Values that files like to spoil. */
const NASTY = [
  '=1+1',
  '+86 138',
  '-5',
  '@sum',
  "'quoted",
  '00123',
  '1.38E+10',
  '2024-03-05',
  '3/5',
  '  two  spaces ',
  'a,b;c\td',
  '“引号”"quotes"',
  '多行\n第二行',
  '逗号、顿号',
  '𠮷野家龘',
  '12345678901234567890',
  'TRUE',
  '无',
  '-',
  '（括号）',
];

beforeAll(async () => {
  app = await startTestApp();
  ctx = await app.context();
  const department = await createRecord(ctx, 'department', { name: '华东/销售', code: '0012' });
  const child = await createRecord(ctx, 'department', { name: '杭州', parent: department.id });
  const users: { id: string }[] = [];
  for (const [at, name] of ['陈一', '陈一', '=陈'].entries()) {
    users.push(
      await createRecord(ctx, 'user', {
        name,
        email: `chen${at}@yunhe.example`,
        phone: `1381234000${at}`,
        department: child.id,
        manager: users[0]?.id ?? null,
        language: at ? 'zh' : null,
      }),
    );
  }
  await createRecord(ctx, 'department', { name: '宁波', parent: department.id, manager: users[1]?.id });
  const tags = [];
  for (const name of ['重点', 'A/B、C', '=标签'])
    tags.push(await createRecord(ctx, 'tag', { name, color: 'zhu' }));
  const customers: { id: string }[] = [];
  for (const [at, name] of NASTY.entries()) {
    customers.push(
      await createRecord(ctx, 'customer', {
        name: `${name}${at}`,
        kind: at % 2 ? 'company' : 'person',
        phone: at % 3 ? '0571-88886666' : '+1 (212) 555 0100',
        otherPhones: at % 2 ? ['13800138000', '400-820-8888'] : [],
        email: at % 2 ? 'A.B@Example.com' : null,
        wechat: name,
        address: name,
        remark: `${name}\n${name}`,
        addressInvalid: at % 2 === 0,
        employees: at * 1000,
        annualRevenue: { amount: '1234567.80', currency: at % 2 ? 'CNY' : 'USD' },
        industry: at % 2 ? 'manufacturing' : '自定义行业',
        size: 'small',
        birthday: at % 2 ? 'lunar:--08-15' : '1990-03-05',
        sex: 'male',
        owner: users[at % 3]?.id,
        parent: customers.at(-1)?.id ?? null,
        tags: tags.slice(0, at % 4).map(({ id }) => id),
      }),
    );
  }
  for (const [at, name] of NASTY.entries()) {
    await createRecord(ctx, 'contact', {
      name: `${name}人`,
      customer: customers[at]?.id,
      primary: at % 2 === 0,
      otherCustomers: customers.slice(0, 2).map(({ id }) => id),
      birthday: '--02-29',
    });
    await createRecord(ctx, 'product', {
      name: `${name}品`,
      code: at % 2 ? `0${at}` : null,
      price: { amount: '0.50', currency: 'CNY' },
      active: at % 2 === 0,
      remark: name,
    });
    await createRecord(ctx, 'activity', {
      kind: 'call',
      customer: customers[at]?.id,
      subject: name,
      content: name,
      occurredAt: '2024-03-05T06:07:08.123456Z',
      nextDate: '2024-04-01',
    });
    await createRecord(ctx, 'task', {
      subject: `${name}事`,
      customer: customers[at]?.id,
      dueDate: '2024-05-06',
      priority: 'high',
    });
  }
});
afterAll(() => app?.stop());

const table = async (entity: string) => {
  const { rows } =
    await sql<Row>`select * from ${sql.table(app.services.registry().byName.get(entity)!.table)} order by id`.execute(
      ctx.db,
    );
  return rows;
};

const importable = ['customer', 'contact', 'product', 'tag', 'user', 'department', 'activity', 'task'];

describe.each(['csv', 'xlsx'] as const)('importing what was exported to %s changes nothing', (format) => {
  const exported = async (entity: string) => {
    const path = join(folder, `${entity}.${format}`);
    await writeExport(ctx, entity, {}, format, createWriteStream(path));
    return path;
  };

  test.each(importable)('%s, left as it is', async (entity) => {
    const before = await table(entity);
    const done = await bring(ctx, app.services, entity, await exported(entity));
    expect(done.checked?.reasons).toEqual({ duplicate: before.length });
    expect(done.counts).toEqual({
      total: before.length,
      created: 0,
      updated: 0,
      skipped: before.length,
      failed: 0,
    });
    expect(await table(entity)).toEqual(before);
  });

  test.each(importable)('%s, by number or id', async (entity) => {
    const key = app.services.registry().byName.get(entity)?.numberPrefix ? 'number' : 'id';
    const before = await table(entity);
    const done = await bring(ctx, app.services, entity, await exported(entity), { mode: 'upsert', key });
    expect(done.checked?.reasons).toEqual({ unchanged: before.length });
    expect(done.counts).toMatchObject({ created: 0, updated: 0, failed: 0 });
    expect(await table(entity)).toEqual(before);
  });
});

test('a changed cell of an export changes that field of that record', async () => {
  const made = await createRecord(ctx, 'customer', { name: '改一格有限公司', city: '杭州', remark: 'a  b' });
  const path = join(folder, 'one.csv');
  await writeExport(ctx, 'customer', { ids: [made.id] }, 'csv', createWriteStream(path));
  const text = (await readFile(path, 'utf8')).replace('杭州', '宁波');
  const { writeFile } = await import('node:fs/promises');
  await writeFile(path, text);
  const done = await bring(ctx, app.services, 'customer', path, { mode: 'upsert', key: 'number' });
  expect(done.counts).toMatchObject({ updated: 1 });
  const [row] = (await table('customer')).filter(({ id }) => id === made.id);
  expect(row).toMatchObject({ city: '宁波', remark: 'a  b', version: 2 });
});

test('what a spreadsheet would run as a formula is text', async () => {
  const path = join(folder, 'formula.csv');
  await writeExport(
    ctx,
    'customer',
    { filter: { field: 'name', op: 'eq', value: '=1+10' }, columns: ['name', 'phone'] },
    'csv',
    createWriteStream(path),
  );
  const [, line] = (await readFile(path, 'utf8')).split('\r\n');
  expect(line).toMatch(/^'=1\+10,/);
});
