import fc from 'fast-check';
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { systemContext } from '../../../platform/context/services.ts';
import { inTransaction } from '../../../platform/context/transaction.ts';
import { executeJob } from '../../../platform/jobs/execute.ts';
import type { JobSpec } from '../../../platform/jobs/job.ts';
import { startTestApp, type TestApp } from '../../../platform/testing/app.ts';
import {
  manyCustomers,
  mostRowsRead,
  recording,
  type Statement,
} from '../../../platform/testing/statements.ts';
import { concernedBy, waysOf } from '../scheme/concerned.ts';
import { schemeNamed } from '../scheme/read.ts';
import { gradeJobs } from './jobs.ts';
import { graderOf, judged, regrade } from './regrade.ts';
import { gradeAll } from './run.ts';

let house: TestApp;
let schemes: string[] = [];
const customers: string[] = [];
const calls: string[] = [];

const label = (text: string) => ({ zh: text, en: text });

beforeAll(async () => {
  house = await startTestApp();
  const { administrator: admin } = house;
  for (let index = 0; index < 4; index++)
    customers.push((await admin.create('customers', { name: `随机${index}有限公司` })).id);
  const rules = [
    {
      name: '条件',
      kind: 'conditions',
      definition: {
        grades: [
          {
            value: 'A',
            label: label('甲'),
            filter: {
              and: [
                { field: 'employees', op: 'gte', value: 50 },
                {
                  related: 'activity',
                  via: 'customer',
                  where: { field: 'kind', op: 'in', value: ['visit'] },
                  op: 'gte',
                  value: 2,
                },
              ],
            },
          },
          {
            value: 'B',
            label: label('乙'),
            filter: {
              or: [
                { field: 'parent.employees', op: 'gte', value: 50 },
                { measure: { name: 'contacts', op: 'gte', value: 3 } },
              ],
            },
          },
          { value: 'C', label: label('丙') },
        ],
      },
    },
    {
      name: '得分',
      kind: 'score',
      definition: {
        grades: [
          { value: 'H', label: label('高'), min: 40 },
          { value: 'L', label: label('低'), min: 0 },
        ],
        terms: [
          { source: { field: 'employees' }, weight: 1, scale: { from: 0, to: 100 } },
          { source: { measure: 'visits' }, weight: 1, scale: { from: 0, to: 3 } },
          {
            source: { when: { field: 'lastContactAt', op: 'empty', value: false } },
            weight: 1,
            scale: { from: 0, to: 1 },
          },
        ],
      },
    },
  ];
  for (const body of rules) {
    const { id } = await admin.create('grade-schemes', body);
    const { jobId } = (await admin.post(`/grade-schemes/${id}/switchOn`)).body;
    const spec = gradeJobs.find(({ name }) => name === 'grades.run') as JobSpec;
    await executeJob(house.services, spec, jobId, new AbortController().signal);
    schemes = [...schemes, id];
  }
});
afterAll(() => house.stop());

type Step =
  | { do: 'size'; who: number; to: number }
  | { do: 'call'; who: number; kind: 'visit' | 'call' | 'note' }
  | { do: 'forget'; which: number }
  | { do: 'give'; which: number; who: number }
  | { do: 'parent'; who: number; of: number | null };

const who = fc.nat({ max: 3 });
const step: fc.Arbitrary<Step> = fc.oneof(
  fc.record({ do: fc.constant('size' as const), who, to: fc.nat({ max: 120 }) }),
  fc.record({ do: fc.constant('call' as const), who, kind: fc.constantFrom('visit', 'call', 'note') }),
  fc.record({ do: fc.constant('forget' as const), which: fc.nat({ max: 50 }) }),
  fc.record({ do: fc.constant('give' as const), which: fc.nat({ max: 50 }), who }),
  fc.record({ do: fc.constant('parent' as const), who, of: fc.option(who) }),
);

async function walk(each: Step): Promise<void> {
  const { administrator: admin } = house;
  const customer = (at: number) => customers[at] as string;
  const call = (which: number) => calls[which % Math.max(1, calls.length)];
  switch (each.do) {
    case 'size':
      await admin.patch(`/customers/${customer(each.who)}`, { employees: each.to });
      return;
    case 'call': {
      const occurredAt = Temporal.Now.instant().toString();
      const body = { customer: customer(each.who), kind: each.kind, content: '谈', occurredAt };
      calls.push((await admin.create('activities', body)).id);
      return;
    }
    case 'forget':
      if (call(each.which)) await admin.delete(`/activities/${call(each.which)}`);
      return;
    case 'give':
      if (call(each.which))
        await admin.patch(`/activities/${call(each.which)}`, { customer: customer(each.who) });
      return;
    case 'parent':
      await admin.patch(`/customers/${customer(each.who)}`, {
        parent: each.of === null ? null : customer(each.of),
      });
  }
}

test('following changes one by one gives what grading everyone anew gives', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 12 }), async (steps) => {
      for (const each of steps) await walk(each);
      await house.follow();
      const ctx = await systemContext(house.services, { kind: 'system' });
      for (const id of schemes) {
        const scheme = await schemeNamed(ctx, id);
        const grader = await graderOf(ctx, scheme);
        const { rows } = await sql<{ is: string; should: string; held: boolean }>`
          select coalesce(g.pending_grade, g.grade) as is, s.grade as should
          from (${judged(grader, customers)}) s join customer_grade g on g.customer_id = s.id and g.scheme_id = ${id}`.execute(
          ctx.db,
        );
        expect(rows.map((row) => row.is)).toEqual(rows.map((row) => row.should));
        expect(rows.length).toBe(customers.length);
        expect(await gradeAll(ctx, scheme)).toBe(0);
      }
    }),
    { numRuns: 25 },
  );
});

test.each([
  ['one no rule looks at', { field: 'employees', op: 'gte', value: 1 }, 'keepRate', false],
  ['one a rule looks at', { field: 'lastContactAt', op: 'empty' }, 'lastContactAt', true],
  ['one of the customer it refers to', { field: 'parent.keepRate', op: 'gte', value: 1 }, 'keepRate', true],
  [
    'one within what is related',
    { not: { and: [{ field: 'keepRate', op: 'gte', value: 1 }] } },
    'keepRate',
    true,
  ],
  ['any, where a segment is asked', { segment: '00000000-0000-0000-0000-000000000000' }, 'keepRate', true],
])('a derived value that changed is followed: %s', async (_what, filter, field, followed) => {
  const ctx = await systemContext(house.services, { kind: 'system' });
  const event = {
    id: '',
    at: '',
    name: 'customer.facts',
    entity: 'customer',
    recordIds: customers,
    actorId: null,
    payload: { fact: 'other', fields: [field] },
  };
  const ways = waysOf(ctx, [{ grades: [{ value: 'A', filter }] }]);
  expect(await concernedBy(ctx, ways, [event], 'grade')).toEqual(followed ? customers.toSorted() : []);
  const own = { ...event, payload: { fact: 'grade', fields: [field] } };
  expect(await concernedBy(ctx, ways, [own], 'grade')).toEqual([]);
});

test('what a scheme gave is looked up by key, however little the planner knows of it', async () => {
  const { db, pool } = house.services;
  const { rows } = await sql<{ id: string }>`select id from department limit 1`.execute(db);
  await manyCustomers(db, 3000, [house.administrator.id], [rows[0]?.id as string]);
  const ctx = await systemContext(house.services, { kind: 'system' });
  const scheme = await schemeNamed(ctx, schemes[0] as string);
  await gradeAll(ctx, scheme);
  const written = recording(ctx, pool);
  const grader = await graderOf(ctx, scheme);
  await written.ctx.db
    .transaction()
    .execute((inner) => regrade({ ...written.ctx, db: inner, afterCommit: () => {} }, grader, customers));
  const statement = written.statements.find(({ text }) => text.includes('customer_grade as g'));
  expect(await mostRowsRead(pool, statement as Statement)).toBeLessThan(1000);
});

test('one statement grades any number, besides lock and facts', async () => {
  const ctx = await systemContext(house.services, { kind: 'system' });
  const grader = await graderOf(ctx, await schemeNamed(ctx, schemes[0] as string));
  const count = async (ids: string[]) => {
    let statements = 0;
    await inTransaction(ctx, async (inner) => {
      const db = inner.db.withPlugin({
        transformQuery: ({ node }) => {
          statements += 1;
          return node;
        },
        transformResult: async ({ result }) => result,
      });
      await regrade({ ...inner, db }, grader, ids);
    });
    return statements;
  };
  const one = await count(customers.slice(0, 1));
  expect([one > 0, await count(customers)]).toEqual([true, one]);
});
