import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestApp, type TestApp } from '../testing/app.ts';
import { cleaningJob, cleanTables } from './cleaning.ts';
import type { JobRun } from './job.ts';

let house: TestApp;
const NEVER = new AbortController().signal;
const RUN: JobRun = {
  job: { id: '', name: 'cleaning', createdBy: null, entity: null },
  progress: async () => {},
  signal: NEVER,
};

beforeAll(async () => {
  house = await startTestApp();
});
afterAll(() => house.stop());

test('what is old goes, what may still be asked for stays', async () => {
  const { db } = house.services;
  const ages = ['1 hour', '40 days'];
  for (const age of ages) {
    await sql`insert into idempotency (key, principal, fingerprint, created_at) values (${age}, 'x', 'x', now() - ${age}::interval)`.execute(
      db,
    );
    await sql`with s as (insert into undo_set (id, at, entity, action) values (uuidv7(), now() - ${age}::interval, 'customer', ${age}) returning id)
      insert into undo_row select id, uuidv7(), 1, '{}' from s`.execute(db);
    await sql`insert into job (name, state, finished_at) values (${age}, 'done', now() - ${age}::interval)`.execute(
      db,
    );
    await sql`insert into record_share (entity, record_id, user_id, access, expires_at)
      values (${age}, uuidv7(), uuidv7(), 'read', now() - ${age}::interval)`.execute(db);
  }
  await sql`insert into idempotency (key, principal, fingerprint, created_at)
    select 'old' || n, 'x', 'x', now() - interval '2 days' from generate_series(1, 2500) n`.execute(db);
  await sql`insert into job (name, state) values ('waiting', 'queued')`.execute(db);
  await cleanTables(house.services);
  const left = async (column: string, table: string) =>
    (
      await sql<{ x: string }>`select ${sql.ref(column)} as x from ${sql.table(table)} order by 1`.execute(db)
    ).rows.map((row) => row.x);
  expect(await left('key', 'idempotency')).toEqual(['1 hour']);
  expect(await left('action', 'undo_set')).toEqual(['1 hour']);
  expect(await left('version', 'undo_row')).toEqual([1]);
  expect(await left('name', 'job')).toEqual(['1 hour', 'waiting']);
  expect(await left('entity', 'record_share')).toEqual(['1 hour']);
});

test('a task that fails keeps the others from nothing', async () => {
  const done: string[] = [];
  const services = { ...house.services, log: { ...house.services.log, error: () => done.push('logged') } };
  const job = cleaningJob([
    async () => {
      throw new Error('no');
    },
    async () => {
      done.push('second');
    },
  ]);
  expect(await job.run(services, {}, RUN)).toEqual({ failed: 1 });
  expect(done).toEqual(['logged', 'second']);
});
