import pg from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createTestDatabase, type TestDatabase } from './database.ts';

let one: TestDatabase;
let two: TestDatabase;

beforeAll(async () => {
  [one, two] = await Promise.all([createTestDatabase(), createTestDatabase()]);
});
afterAll(() => Promise.all([one.drop(), two.drop()]));

async function query(url: string, text: string): Promise<Record<string, unknown>[]> {
  const client = new pg.Client(url);
  await client.connect();
  try {
    return (await client.query(text)).rows;
  } finally {
    await client.end();
  }
}

test('every test file has a database of its own', async () => {
  await query(one.url, 'create table only_here (id int)');
  await expect(query(two.url, 'select * from only_here')).rejects.toThrow('does not exist');
});

test('the migrations are applied', async () => {
  expect(await query(one.url, "select to_regclass('schema_migration')::text as name")).toEqual([
    { name: 'schema_migration' },
  ]);
});

test('the application’s role is no superuser, its time zone is UTC and names sort by pinyin', async () => {
  expect(await query(one.url, 'select usesuper from pg_user where usename = current_user')).toEqual([
    { usesuper: false },
  ]);
  expect(await query(one.url, 'show timezone')).toEqual([{ TimeZone: 'UTC' }]);
  const names = await query(one.url, "select n from unnest(array['张','李','阿','王']) n order by n");
  expect(names.map((row) => row.n)).toEqual(['阿', '李', '王', '张']);
});
