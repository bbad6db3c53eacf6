import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import pg from 'pg';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { migrationSources } from '../../app.ts';
import { createTestDatabase, type TestDatabase } from '../testing/database.ts';
import { listMigrations, type MigrationSource, migrateAll } from './migrate.ts';

let database: TestDatabase;
let client: pg.Client;
let folders: string[];
let sources: MigrationSource[];

beforeAll(async () => {
  database = await createTestDatabase();
  client = new pg.Client(database.url);
  await client.connect();
});
afterAll(async () => {
  await client.end();
  await database.drop();
});

/** Two rooms with empty folders, in a database that knows of no migration. */
beforeEach(async () => {
  await client.query('drop schema public cascade; create schema public');
  folders = ['one', 'two'].map((name) => mkdtempSync(join(tmpdir(), `guanxi-migrate-${name}-`)));
  sources = folders.map((folder, n) => ({ name: `room${n}`, folder: pathToFileURL(`${folder}/`) }));
  return () => {
    for (const folder of folders) rmSync(folder, { recursive: true, force: true });
  };
});

const write = (room: 0 | 1, file: string, text: string) =>
  writeFileSync(join(folders[room] as string, file), text);
const names = async (text: string) =>
  (await client.query<{ name: string }>(text)).rows.map(({ name }) => name);
const log = () => names('select name from log order by n');
const applied = () => names('select name from schema_migration order by applied_at, name');
const LOG = 'create table log (n int generated always as identity, name text)';

test('all rooms together are applied in one order of time, each file once', async () => {
  write(1, '20260101_0000_log.sql', LOG);
  write(0, '20260103_0000_third.sql', "insert into log (name) values ('third')");
  write(1, '20260102_0000_second.sql', "insert into log (name) values ('second')");
  write(0, 'notes.txt', 'no migration');
  expect(await migrateAll(database.url, sources)).toEqual([
    '20260101_0000_log',
    '20260102_0000_second',
    '20260103_0000_third',
  ]);
  expect(await log()).toEqual(['second', 'third']);
  expect(await migrateAll(database.url, sources)).toEqual([]);
  write(0, '20260102_1200_late.sql', "insert into log (name) values ('late')");
  expect(await migrateAll(database.url, sources)).toEqual(['20260102_1200_late']);
  expect(await log()).toEqual(['second', 'third', 'late']);
});

test('a file changed after it was applied is refused, by name, and nothing after it runs', async () => {
  write(0, '20260101_0000_log.sql', LOG);
  await migrateAll(database.url, sources);
  write(0, '20260101_0000_log.sql', `${LOG};`);
  write(0, '20260102_0000_next.sql', 'create table next ()');
  await expect(migrateAll(database.url, sources)).rejects.toThrow('20260101_0000_log was changed');
  expect(await names("select to_regclass('next')::text as name")).toEqual([null]);
});

test('a file that fails is undone as a whole, named, and tried again the next time', async () => {
  write(0, '20260101_0000_log.sql', LOG);
  write(0, '20260102_0000_bad.sql', "insert into log (name) values ('half'); select 1/0");
  await expect(migrateAll(database.url, sources)).rejects.toThrow(
    /20260102_0000_bad failed: division by zero/,
  );
  expect([await applied(), await log()]).toEqual([['20260101_0000_log'], []]);
  write(0, '20260102_0000_bad.sql', "insert into log (name) values ('mended')");
  expect(await migrateAll(database.url, sources)).toEqual(['20260102_0000_bad']);
  expect(await log()).toEqual(['mended']);
});

test('what cannot run inside a transaction runs outside one', async () => {
  write(0, '20260101_0000_log.sql', LOG);
  write(
    0,
    '20260102_0000_index.sql',
    '-- outside transaction\ncreate index concurrently log_name on log (name)',
  );
  expect(await migrateAll(database.url, sources)).toHaveLength(2);
  expect(await names("select indexname as name from pg_indexes where indexname = 'log_name'")).toEqual([
    'log_name',
  ]);
});

test('of several processes at once one works and the others wait for it', async () => {
  write(0, '20260101_0000_log.sql', LOG);
  write(1, '20260102_0000_slow.sql', "select pg_sleep(0.2); insert into log (name) values ('once')");
  const done = await Promise.all(Array.from({ length: 4 }, () => migrateAll(database.url, sources)));
  expect(done.filter((each) => each.length === 2)).toHaveLength(1);
  expect(done.filter((each) => each.length === 0)).toHaveLength(3);
  expect(await log()).toEqual(['once']);
});

test('the product’s own migrations are named by time and have no two of one name', () => {
  const all = listMigrations(migrationSources).map(({ name }) => name);
  expect(all.length).toBeGreaterThan(5);
  expect(all.filter((name) => !/^\d{8}_\d{4}_[a-z_]+$/.test(name))).toEqual([]);
  expect(new Set(all).size).toBe(all.length);
  expect(all).toEqual([...all].sort());
});
