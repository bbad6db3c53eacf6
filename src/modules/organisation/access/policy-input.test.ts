import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Db } from '../../../platform/context/context.ts';
import { createDb, createPool } from '../../../platform/db/connection.ts';
import { createTestDatabase, type TestDatabase } from '../../../platform/testing/database.ts';
import { createPolicyInputs, loadPolicyInput } from './policy-input.ts';

let database: TestDatabase;
let db: Db;

beforeAll(async () => {
  database = await createTestDatabase();
  db = createDb(createPool(database.url, { max: 3 }));
});
afterAll(async () => {
  await db?.destroy();
  await database?.drop();
});

const version = async () => {
  const { rows } = await sql<{ version: string }>`select version::text as version from policy_state`.execute(
    db,
  );
  return rows[0]!.version;
};

async function add(name: string, parent: string | null = null): Promise<string> {
  const { rows } = await sql<{
    id: string;
  }>`insert into department (name, parent_id) values (${name}, ${parent}) returning id`.execute(db);
  return rows[0]!.id;
}

test('gives roles, and of each department all below it', async () => {
  const [east, west] = [await add('华东'), await add('华西')];
  const hangzhou = await add('杭州', east);
  const binjiang = await add('滨江', hangzhou);
  await sql`insert into role (name, permissions) values ('好', '{"administrator": true}'), ('坏', '{"entities": 7}')`.execute(
    db,
  );
  const { below, roles } = await loadPolicyInput(db);
  expect(below.get(east)).toEqual([east, hangzhou, binjiang]);
  expect(below.get(binjiang)).toEqual([binjiang]);
  expect(below.get(west)).toEqual([west]);
  expect([...roles.values()]).toEqual([{ administrator: true }]);
});

test('what a deleted department left behind is seen from above', async () => {
  const above = await add('上级');
  const closed = await add('撤销', above);
  const below = await add('撤销之下', closed);
  await sql`update department set deleted_at = now() where id = ${closed}`.execute(db);
  expect((await loadPolicyInput(db)).below.get(above)).toEqual([above, closed, below]);
});

test('is loaded once per version, also by many at once, and again when the version is newer', async () => {
  let queries = 0;
  const counting = db.withPlugin({
    transformQuery: ({ node }) => {
      queries += 1;
      return node;
    },
    transformResult: async ({ result }) => result,
  });
  const inputs = createPolicyInputs(counting);
  const before = await version();
  await Promise.all([inputs(before), inputs(before), inputs(before)]);
  await inputs(before);
  expect(queries).toBe(1);
  const south = await add('华南');
  expect((await inputs(before)).below.has(south)).toBe(false);
  expect((await inputs(await version())).below.has(south)).toBe(true);
  expect(queries).toBe(2);
});

test('a version from the future does not make it ask for ever', async () => {
  const inputs = createPolicyInputs(db);
  expect((await inputs('999999999')).version).toBe(await version());
});
