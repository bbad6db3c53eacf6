import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Context } from '../context/context.ts';
import { createRecord, updateRecord } from '../entity/records.ts';
import type { Entity } from '../entity/types.ts';
import { startTestApp, type TestApp } from '../testing/app.ts';
import { recordsByKey } from './find.ts';
import { nameKey } from './keys.ts';
import { rebuildKeys, recordsWithoutKeys } from './rebuild.ts';

let app: TestApp;
let ctx: Context;
let customer: Entity;

beforeAll(async () => {
  app = await startTestApp();
  ctx = await app.context();
  customer = ctx.registry.byName.get('customer') as Entity;
});
afterAll(() => app?.stop());

const named = async (name: string) => {
  const key = nameKey(customer, name) as string;
  return (await recordsByKey(ctx, [key])).get(key) ?? [];
};

test('keys follow the record: created, renamed, in the recycle bin, back again, erased', async () => {
  const { id } = await createRecord(ctx, 'customer', { name: '先前有限公司' });
  expect(await named('先前 有限公司')).toEqual([id]);
  await updateRecord(ctx, 'customer', id, { name: '后来有限公司' }, null);
  expect(await named('先前有限公司')).toEqual([]);
  expect(await named('后来有限公司')).toEqual([id]);
  await app.administrator.delete(`/customers/${id}`);
  expect(await named('后来有限公司')).toEqual([]);
  await app.administrator.post(`/customers/${id}/restore`);
  expect(await named('后来有限公司')).toEqual([id]);
  await app.administrator.delete(`/customers/${id}`);
  await app.administrator.delete(`/customers/${id}?forever=true`);
  const { rows } = await sql`select 1 from duplicate_key where record_id = ${id}`.execute(ctx.db);
  expect(rows).toEqual([]);
});

test('what came past the house is noticed and mended', async () => {
  const { id } = await createRecord(ctx, 'customer', { name: '补齐有限公司', phone: '13800138000' });
  expect(await recordsWithoutKeys(ctx, customer)).toBe(0);
  await sql`delete from duplicate_key`.execute(ctx.db);
  await sql`insert into duplicate_key (key, record_id, entity, kind) values (1, ${id}, 'customer', 'name'), (2, ${id}, 'customer', 'row')`.execute(
    ctx.db,
  );
  expect(await recordsWithoutKeys(ctx, customer)).toBe(1);
  expect(await rebuildKeys(ctx, customer)).toBe(1);
  expect(await recordsWithoutKeys(ctx, customer)).toBe(0);
  expect(await named('补齐有限公司')).toEqual([id]);
  const { rows } = await sql<{
    key: string;
  }>`select key::text as key from duplicate_key where key in (1, 2)`.execute(ctx.db);
  expect(rows).toEqual([{ key: '2' }]);
});
