import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestApp, type TestApp } from '../../platform/testing/app.ts';
import { contactFacts } from './facts.ts';
import { contactMeasures } from './measures.ts';

let house: TestApp;
beforeAll(async () => {
  house = await startTestApp();
});
afterAll(() => house.stop());

test.each([null, ...contactMeasures])('$name is read from the index of contacts alone', async (measure) => {
  const ctx = await house.context();
  const query = measure
    ? sql`select (${measure.value({ ctx, alias: 't' }, { from: '2026-01-01', to: '2026-03-31' })}) from customer t`
    : await contactFacts.compute(ctx, [house.administrator.id]);
  const plan = await ctx.db.transaction().execute(async (db) => {
    await sql`set local enable_seqscan = off`.execute(db);
    await sql`set local enable_bitmapscan = off`.execute(db);
    return (await sql<{ 'QUERY PLAN': string }>`explain ${query}`.execute(db)).rows;
  });
  const text = plan.map((row) => row['QUERY PLAN']).join('\n');
  expect(text).toContain('Index Only Scan');
  expect(text).toContain('using activity_contact ');
});
