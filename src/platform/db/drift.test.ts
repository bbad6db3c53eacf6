import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { declaredRegistry } from '../../app.ts';
import type { Db } from '../context/context.ts';
import { createTestDatabase, type TestDatabase } from '../testing/database.ts';
import { createDb, createPool } from './connection.ts';
import { schemaDrift } from './drift.ts';

let database: TestDatabase;
let db: Db;
const registry = declaredRegistry();

beforeAll(async () => {
  database = await createTestDatabase();
  db = createDb(createPool(database.url, { max: 1 }));
});
afterAll(async () => {
  await db.destroy();
  await database.drop();
});

test('migrations and declarations agree', async () => {
  // Shown as the text of the migration that is missing.
  expect((await schemaDrift(db, registry)).join(';\n')).toBe('');
});

test.each<[string, string, RegExp]>([
  [
    'a missing column',
    'alter table customer drop column wechat',
    /^alter table "customer" add column "wechat" text$/,
  ],
  [
    'a column of another type',
    'alter table customer alter column employees type bigint',
    /^alter table "customer" alter column "employees" type integer$/,
  ],
  [
    'a missing index',
    'drop index customer_name_key_id_idx',
    /^create index "customer_name_key_id_idx" on "customer" \("name_key", "id"\)/,
  ],
  [
    'a lost unique key',
    'drop index tag_name_unique',
    /^create unique index "tag_name_unique" on "tag" \("name"\) where deleted_at is null$/,
  ],
])('%s is told as the statement that mends it', async (_what, damage, statement) => {
  await db
    .transaction()
    .execute(async (inner) => {
      await sql.raw(damage).execute(inner);
      const drift = await schemaDrift(inner, registry);
      expect(drift.some((line) => statement.test(line))).toBe(true);
      for (const line of drift) await sql.raw(line).execute(inner);
      expect(await schemaDrift(inner, registry)).toEqual([]);
      throw new Rollback();
    })
    .catch((error) => {
      if (!(error instanceof Rollback)) throw error;
    });
});

test('a missing table is told with all that belongs to it', async () => {
  await sql`alter table tag rename to tag_elsewhere`.execute(db);
  const drift = await schemaDrift(db, registry);
  expect(drift.find((line) => line.includes('"tag"'))).toMatch(/^create table "tag" \(/);
  await sql`alter table tag_elsewhere rename to tag`.execute(db);
});

class Rollback extends Error {}
