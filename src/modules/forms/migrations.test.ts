import { readFileSync } from 'node:fs';
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestApp, type TestApp } from '../../platform/testing/app.ts';

let house: TestApp;
beforeAll(async () => {
  house = await startTestApp();
});
afterAll(() => house.stop());

const FILE = new URL('./migrations/20261123_1530_customer_forms.sql', import.meta.url);
const seeding = () => {
  const text = readFileSync(FILE, 'utf8');
  return text.slice(text.indexOf('update role set'));
};
const formsOf = async (code: string) => {
  const { rows } = await sql<{
    forms: unknown;
  }>`select permissions->'entities'->'customerForm' as forms from role where code = ${code}`.execute(
    house.services.db,
  );
  return rows[0]?.forms ?? null;
};

test('companies that stood before have the rights new ones begin with; what they have set stays', async () => {
  const { db } = house.services;
  const codes = ['administrator', 'manager', 'salesperson', 'reader'];
  const before = await Promise.all(codes.map(formsOf));
  await sql`update role set permissions = permissions #- '{entities,customerForm}' where code in ('manager', 'salesperson')`.execute(
    db,
  );
  const own = JSON.stringify({ actions: {} });
  await sql`update role set permissions = jsonb_set(permissions, '{entities,customerForm}', ${own}::jsonb) where code = 'reader'`.execute(
    db,
  );
  await sql.raw(seeding()).execute(db);
  expect(await Promise.all(codes.map(formsOf))).toEqual([...before.slice(0, 3), { actions: {} }]);
  expect(before[1]).not.toBeNull();
});
