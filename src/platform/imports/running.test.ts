import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestApp, type TestApp } from '../testing/app.ts';
import { exclusively } from './lease.ts';
import { importWrites } from './running.ts';

let house: TestApp;
beforeAll(async () => {
  house = await startTestApp();
});
afterAll(() => house.stop());

test.each<[string, string, string, boolean, worked?: boolean]>([
  ['one being written', 'running', '1 minute', true],
  ['one whose process is gone', 'running', '1 minute', false, false],
  ['one being checked', 'checking', '1 minute', false],
  ['one that is done', 'done', '1 minute', false],
  ['one that hangs', 'running', '20 minutes', false],
])('%s', async (_name, state, ago, writes, worked = true) => {
  const { db } = house.services;
  await sql`delete from import`.execute(db);
  const { rows } = await sql<{
    id: string;
  }>`insert into import (entity, file_name, file_path, file_digest, state, started_at)
    values ('customer', 'a.csv', 'a', 'a', ${state}, now() - ${ago}::interval) returning id`.execute(db);
  const id = rows[0]?.id as string;
  const look = () => importWrites(house.services);
  expect(worked ? await exclusively(house.services, id, look) : await look()).toBe(writes);
});
