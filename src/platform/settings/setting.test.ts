import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestApp, type TestApp } from '../testing/app.ts';
import { readSetting, settingWithDefaults, storeSetting } from './setting.ts';

let house: TestApp;

beforeAll(async () => {
  house = await startTestApp();
});
afterAll(() => house?.stop());

const rest = settingWithDefaults('test.rest', { hours: 8, days: ['sun'] });

test('what nobody said is the default; what was said goes over it', async () => {
  const { db } = house.services;
  expect(await readSetting(db, 'test.rest')).toBeUndefined();
  expect(await rest.read(db)).toEqual({ hours: 8, days: ['sun'] });
  await storeSetting(db, 'test.rest', { hours: 7 }, null);
  expect(await rest.read(db)).toEqual({ hours: 7, days: ['sun'] });
});

test('a change stores the whole, tells who, and leaves in the audit what it was', async () => {
  const ctx = await house.context();
  const before = await rest.read(ctx.db);
  const after = { hours: 6, days: ['sat', 'sun'] };
  expect(await rest.change(ctx, after, 'rest')).toEqual(after);
  expect(await readSetting(ctx.db, 'test.rest')).toEqual(after);
  const { rows: stored } = await sql`select updated_by from setting where key = 'test.rest'`.execute(ctx.db);
  expect(stored).toEqual([{ updated_by: house.administrator.id }]);
  const { rows } = await sql`select e.action, v.changes from audit_value v
    join audit_entry e on e.id = v.audit_id where v.changes ? 'rest'`.execute(ctx.db);
  expect(rows).toEqual([{ action: 'settings_changed', changes: { rest: { before, after } } }]);
});

test('a change inside a transaction that fails leaves nothing', async () => {
  const ctx = await house.context();
  const before = await rest.read(ctx.db);
  const failing = ctx.db.transaction().execute(async (db) => {
    await rest.change({ ...ctx, db }, { hours: 1, days: [] });
    throw new Error('given up');
  });
  await expect(failing).rejects.toThrow('given up');
  expect(await rest.read(ctx.db)).toEqual(before);
});
