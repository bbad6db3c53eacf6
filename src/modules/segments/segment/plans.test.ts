import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Context } from '../../../platform/context/context.ts';
import { startTestApp, type TestApp } from '../../../platform/testing/app.ts';
import { manyCustomers, recording, tablesReadWhole } from '../../../platform/testing/statements.ts';
import { explain } from './explain.ts';
import { preview } from './preview.ts';

let house: TestApp;
let ctx: Context;
const CUSTOMERS = 20_000;

/** Many customers with two contacts each in two years; a few of them have another two in the last days. */
beforeAll(async () => {
  house = await startTestApp();
  ctx = await house.context();
  const { services, administrator } = house;
  await manyCustomers(services.db, CUSTOMERS, [administrator.id], [await house.department('销售部')]);
  const contacts = (days: number, each: number) =>
    sql`insert into activity (customer_id, kind, content, occurred_at, owner_id, root_owner_id, department_id)
      select c.id, 'call', '谈', now() - random() * ${days} * interval '1 day', c.owner_id, c.owner_id, c.department_id
      from customer c, generate_series(1, 2) where c.employees % ${each} = 0`.execute(services.db);
  await contacts(730, 1);
  await contacts(5, 100);
  await sql`vacuum analyze activity, customer`.execute(services.db);
});
afterAll(() => house.stop());

const lately = { field: 'occurredAt', op: 'within', value: { within: { days: 7 } } };
const contacts = { related: 'activity', via: 'customer' };
const shapes: [string, object][] = [
  ['twice in a time', { ...contacts, where: lately, op: 'gte', value: 2 }],
  ['not twice in a time', { not: { ...contacts, where: lately, op: 'gte', value: 2 } }],
  ['once at most in a time', { ...contacts, where: lately, op: 'lte', value: 1 }],
  ['any in a time', { ...contacts, where: lately }],
  [
    'the latest of a time',
    { ...contacts, where: lately, aggregate: { fn: 'max', field: 'occurredAt' }, op: 'lt', value: 'today' },
  ],
];

test.each(shapes)(
  'counting those contacted %s looks at the contacts of that time only',
  async (_name, definition) => {
    const recorded = recording(ctx, house.services.pool);
    const { total } = await preview(recorded.ctx, { entity: 'customer', definition, sample: 5 });
    expect(total).toBeGreaterThan(0);
    const asked = recorded.statements.filter(({ text }) => text.includes('"activity"'));
    expect(asked).toHaveLength(1);
    for (const statement of asked)
      expect(
        (await tablesReadWhole(house.services.pool, statement)).filter((line) => line.startsWith('activity')),
      ).toEqual([]);
  },
);

test.each(shapes)('explaining %s looks at the record’s own contacts only', async (name, definition) => {
  const { id } = await house.administrator.create('segments', { name, definition });
  const { rows } = await sql<{ id: string }>`select id from customer limit 1`.execute(ctx.db);
  const recorded = recording(ctx, house.services.pool);
  await explain(recorded.ctx, id, rows[0]?.id ?? '');
  const asked = recorded.statements.filter(({ text }) => text.includes('"activity"'));
  expect(asked.length).toBeGreaterThan(1);
  for (const statement of asked) expect(await tablesReadWhole(house.services.pool, statement)).toEqual([]);
});
