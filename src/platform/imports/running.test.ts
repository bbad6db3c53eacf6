import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestApp, type TestApp } from '../testing/app.ts';
import { importWrites } from './running.ts';

let house: TestApp;
beforeAll(async () => {
  house = await startTestApp();
});
afterAll(() => house.stop());

test.each<[string, string, string, boolean]>([
  ['one being written', 'running', '1 minute', true],
  ['one being checked', 'checking', '1 minute', false],
  ['one that is done', 'done', '1 minute', false],
  ['one that hangs', 'running', '20 minutes', false],
])('%s', async (_name, state, ago, writes) => {
  const { db } = house.services;
  await sql`delete from import`.execute(db);
  await sql`insert into import (entity, file_name, file_path, file_digest, state, started_at)
    values ('customer', 'a.csv', 'a', 'a', ${state}, now() - ${ago}::interval)`.execute(db);
  expect(await importWrites(house.services)).toBe(writes);
});
