import fc from 'fast-check';
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { inTransaction } from '../context/transaction.ts';
import { indexRows } from '../search/records.ts';
import { type Person, startTestApp, type TestApp } from '../testing/app.ts';
import type { Row } from './behaviour.ts';
import { COUNT_LIMIT, idPages, type ListQuery, listRecords, MAX_PAGE } from './list.ts';
import { entityNamed } from './registry.ts';

/** More than are gathered whatever the order. */
const CUSTOMERS = 6000;
const FOUND = 2500;

let house: TestApp;
let everyone: Readers;

interface Readers {
  all: Person;
  /** His own, his department's, and what is shared with either; most of it for more than one of these reasons. */
  department: Person;
  /** His own and what is shared with him. */
  self: Person;
}

beforeAll(async () => {
  house = await startTestApp();
  const { db } = house.services;
  const [here, there] = [await house.department('华东'), await house.department('华北')];
  const reader = (read: 'department' | 'self', department: string) =>
    house.person({ entities: { customer: { actions: { read } } } }, { department });
  const [department, self] = [await reader('department', here), await reader('self', there)];
  everyone = { all: house.administrator, department, self };
  // Whole groups were created at one moment, every other field is empty in some rows, and the bin is never empty.
  await sql`insert into customer (name, name_key, number, kind, employees, completeness, owner_id, department_id, created_at,
      updated_at, deleted_at)
    select '客户' || n, 'kehu' || n * 7919 % 61, case when n % 3 > 0 then 'T-' || n * 7919 % 6007 end, 'company', n % 60, 0,
      (array[${department.id}, ${self.id}, ${house.administrator.id}]::uuid[])[1 + n % 3],
      (array[${here}, ${there}]::uuid[])[1 + n % 7 % 2],
      timestamptz '2026-02-01 00:00:00.123456+00' + n % 11 * interval '1 microsecond', now(),
      case when n % 29 = 0 then now() end
    from generate_series(1, ${CUSTOMERS}) n`.execute(db);
  // Some have no facts at all, some have facts that say nothing.
  await sql`insert into customer_fact (id, last_contact_at, grade_score, keep_rate, next_contact_due)
    select id, case when n % 2 = 0 then timestamptz '2026-03-01 00:00:00.000001+00' + n % 5 * interval '1 microsecond' end,
      case when n % 5 > 0 then n % 13 / 4.0 end, case when n % 3 = 0 then n % 4 end,
      case when n % 4 > 0 then date '2026-12-01' + n % 9 end
    from (select id, substr(name, 3)::int as n from customer) c where n % 10 > 0
    on conflict (id) do update set last_contact_at = excluded.last_contact_at, grade_score = excluded.grade_score,
      keep_rate = excluded.keep_rate, next_contact_due = excluded.next_contact_due`.execute(db);
  for (const [to, step] of [
    [sql`${self.id}::uuid, null::uuid`, 9],
    [sql`null::uuid, ${here}::uuid`, 13],
  ] as const)
    await sql`insert into record_share (entity, record_id, user_id, department_id, access)
      select 'customer', c.id, ${to}, 'read' from customer c where substr(name, 3)::int % ${step} = 0`.execute(
      db,
    );
  const { rows } =
    await sql<Row>`select * from customer where employees < ${(60 * FOUND) / CUSTOMERS}`.execute(db);
  const ctx = await house.context();
  await inTransaction(ctx, (inner) => indexRows(inner, entityNamed(ctx.registry, 'customer'), rows));
  await sql`analyze customer`.execute(db);
}, 120_000);
afterAll(() => house.stop());

const COLUMNS: Record<string, string> = {
  name: 't.name_key',
  number: 't.number',
  createdAt: 't.created_at',
  lastContactAt: 'f.last_contact_at',
  gradeScore: 'f.grade_score',
  keepRate: 'f.keep_rate',
  nextContactDue: 'f.next_contact_due',
  id: 't.id',
};

interface Asked {
  who: keyof Readers;
  sort: { name: string; descending: boolean }[];
  /** Customers with fewer employees: a hundred for each. */
  fewer: number | null;
  bin: boolean;
  sought: boolean;
  size: number;
}

const asked = fc.record<Asked>({
  who: fc.constantFrom('all', 'department', 'self'),
  sort: fc.uniqueArray(
    fc.record({ name: fc.constantFrom(...Object.keys(COLUMNS)), descending: fc.boolean() }),
    {
      minLength: 1,
      maxLength: 4,
      selector: ({ name }) => name,
    },
  ),
  fewer: fc.constantFrom(null, 0, 1, 18, 22, 60),
  bin: fc.boolean(),
  sought: fc.boolean(),
  size: fc.integer({ min: 1, max: MAX_PAGE }),
});

/** The same in one look without pages, with the scope as one plain condition. */
async function expected({ who, sort, fewer, bin, sought }: Asked): Promise<string[]> {
  const shared = `exists (select from record_share s where s.entity = 'customer' and s.record_id = t.id
    and (s.user_id = u.id or s.department_id = u.department_id))`;
  const scope = {
    all: 'true',
    department: `(t.owner_id = u.id or t.department_id = u.department_id or ${shared})`,
    self: `(t.owner_id = u.id or ${shared})`,
  }[who];
  const keys = sort.map(
    ({ name, descending }) => `${COLUMNS[name]} ${descending ? 'desc' : 'asc'} nulls last`,
  );
  const last = `t.id ${sort[0]?.descending ? 'desc' : 'asc'}`;
  const { rows } = await sql<{
    id: string;
  }>`select t.id from customer t left join customer_fact f on f.id = t.id
    join "user" u on u.id = ${everyone[who].id}
    where ${sql.raw(scope)} and t.deleted_at is ${sql.raw(bin ? 'not null' : 'null')} and t.employees < ${fewer ?? 60}
      and (${!sought} or t.employees < ${(60 * FOUND) / CUSTOMERS})
    order by ${sql.raw([...keys, last].join(', '))}`.execute(house.services.db);
  return rows.map(({ id }) => id);
}

const queryOf = ({ sort, fewer, bin, sought }: Asked): ListQuery => ({
  sort: sort.map(({ name, descending }) => `${descending ? '-' : ''}${name}`).join(','),
  deleted: bin,
  ...(fewer === null ? {} : { filter: { field: 'employees', op: 'lt', value: fewer } }),
  ...(sought ? { q: '客户' } : {}),
});

test('the pages together are what one sorted query gives: each record once, in its place', async () => {
  await fc.assert(
    fc.asyncProperty(asked, async (asking) => {
      const all = await expected(asking);
      const ctx = await house.contextOf(everyone[asking.who]);
      // Of many, larger pages: what is looked at is where pages meet.
      const limit = Math.max(asking.size, Math.min(MAX_PAGE, Math.ceil(all.length / 15)));
      const query = { ...queryOf(asking), limit };
      const seen: string[] = [];
      for (let cursor: string | undefined; ; ) {
        const page = await listRecords(ctx, 'customer', { ...query, cursor, count: cursor === undefined });
        if (cursor === undefined) expect(page.total).toBe(Math.min(all.length, COUNT_LIMIT));
        seen.push(...page.items.map(({ id }) => id as string));
        if (page.nextCursor === null) break;
        expect(page.items.length).toBe(limit);
        cursor = page.nextCursor;
      }
      expect(seen).toEqual(all);
      const walked: string[] = [];
      for await (const ids of idPages(ctx, 'customer', query, 'read', 700)) walked.push(...ids);
      expect(walked).toEqual(all);
    }),
    { numRuns: 15 },
  );
}, 120_000);
