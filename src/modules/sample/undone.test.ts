import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { sampleFillers } from '../../app.ts';
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

test('what fails in the end leaves nothing of anything behind', async () => {
  const before = await rowsByTable();
  let replies = 0;
  const fails = async ({ db }: { db: TestApp['services']['db'] }) => {
    const { rows } = await sql<{ n: number }>`select count(*)::int as n from survey_reply`.execute(db);
    replies = rows[0]?.n ?? 0;
    throw new Error('the last one');
  };
  const ctx = await systemContext(app.services, { kind: 'commandLine' });
  await expect(fillSample(ctx, [...sampleFillers, fails], async () => {})).rejects.toThrow('the last one');
  // It had come that far.
  expect(replies).toBeGreaterThan(0);
  expect(await rowsByTable()).toEqual(before);
}, 300_000);
