import { sql } from 'kysely';
import type pg from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Db } from '../context/context.ts';
import { createTestDatabase, type TestDatabase } from '../testing/database.ts';
import { createDb, createPool } from './connection.ts';
import { runTransaction } from './transaction.ts';

let database: TestDatabase;
let pool: pg.Pool;
let db: Db;

beforeAll(async () => {
  database = await createTestDatabase();
  pool = createPool(database.url, { max: 1 });
  db = createDb(pool);
  await sql`create table note (id integer primary key)`.execute(db);
});
afterAll(async () => {
  await pool.end();
  await database.drop();
});

const add = (on: Db, id: number) => sql`insert into note values (${id})`.execute(on);
const notes = async () =>
  (await sql<{ id: number }>`select id from note order by id`.execute(db)).rows.map(({ id }) => id);

test('statements sent together are kept together', async () => {
  await runTransaction(db, (tx) => Promise.all([add(tx, 1), add(tx, 2)]));
  expect(await notes()).toEqual([1, 2]);
});

test('of statements sent together the first to fail says why, however late it is asked', async () => {
  const slow = (work: Promise<unknown>) =>
    work.catch(async (error) => {
      for (let turn = 0; turn < 5; turn += 1) await null;
      throw error;
    });
  const broken = runTransaction(db, (tx) => Promise.all([add(tx, 3), slow(add(tx, 1)), add(tx, 4)]));
  await expect(broken).rejects.toMatchObject({ code: '23505', constraint: 'note_pkey' });
  expect(await notes()).toEqual([1, 2]);
});

test('work that goes on after a failure writes nothing', async () => {
  let late: Promise<unknown> = Promise.resolve();
  const pause = new Promise((resolve) => setTimeout(resolve, 50));
  const broken = runTransaction(db, (tx) => {
    late = pause.then(() => add(tx, 9));
    return Promise.all([add(tx, 1), late]);
  });
  await expect(broken).rejects.toMatchObject({ code: '23505' });
  await expect(late).rejects.toMatchObject({ code: '23505' });
  expect(await notes()).toEqual([1, 2]);
});

test('a savepoint begins anew: a later failure has its own cause', async () => {
  const failed = runTransaction(db, async (tx) => {
    await sql`savepoint s`.execute(tx);
    await add(tx, 1).catch(() => null);
    await sql`rollback to savepoint s`.execute(tx);
    await Promise.all([sql`select 1 / 0`.execute(tx), add(tx, 5)]);
  });
  await expect(failed).rejects.toMatchObject({ code: '22012' });
});
