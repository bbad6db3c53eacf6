import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { systemContext } from '../../platform/context/services.ts';
import { startTestApp, type TestApp } from '../../platform/testing/app.ts';
import { fillSample } from './fill.ts';

let app: TestApp;
beforeAll(async () => {
  app = await startTestApp();
});
afterAll(() => app.stop());

/** How many rows every table has. */
async function rowsByTable(): Promise<Map<string, number>> {
  const { db } = app.services;
  const { rows: tables } = await sql<{ name: string }>`select relname as name from pg_class
    where relkind = 'r' and relnamespace = 'public'::regnamespace`.execute(db);
  const counts = tables.map(
    ({ name }) => sql`select ${name} as name, count(*)::int as n from ${sql.table(name)}`,
  );
  const { rows } = await sql<{ name: string; n: number }>`${sql.join(counts, sql` union all `)}`.execute(db);
  return new Map(rows.map(({ name, n }) => [name, n]));
}

test('what fails on the way leaves nothing of anything behind', async () => {
  const before = await rowsByTable();
  let came = 0;
  // Early: a long transaction would hold up the events of every test beside this one.
  const fails = async (done: number) => {
    came = done;
    throw new Error('on the way');
  };
  const ctx = await systemContext(app.services, { kind: 'commandLine' });
  await expect(fillSample(ctx, [], fails)).rejects.toThrow('on the way');
  expect(came).toBeGreaterThan(0);
  expect(await rowsByTable()).toEqual(before);
}, 120_000);
