import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type RawBuilder, sql } from 'kysely';
import { openApp, type Settings } from '../src/cli/open.ts';
import type { Db } from '../src/platform/context/context.ts';

/** What lies about a customer on average; some have a hundred times as much as others, some nothing. */
const PER_CUSTOMER = { activity: 5, task: 1, promise: 0.3, visit: 0.2 } as const;
type Kind = keyof typeof PER_CUSTOMER;
export const WORK = Object.keys(PER_CUSTOMER) as Kind[];

/**
 * Follow-ups, tasks, promises and visits of a base, added on first use: the same number of each and the same spread every
 * time, dated back from the day it is done. Search knows none of them.
 */
export async function benchWork(settings: Settings, tell: (line: string) => void): Promise<void> {
  const ready = join(settings.dataDir, 'bench-work.json');
  if (existsSync(ready)) return;
  const { app, close } = await openApp(settings);
  try {
    const counts = await load(app.services.db, tell);
    writeFileSync(ready, JSON.stringify(counts));
  } finally {
    await close();
  }
}

async function load(db: Db, tell: (line: string) => void): Promise<Record<string, number>> {
  await sql`set maintenance_work_mem = '1GB'`.execute(db);
  const counts: Record<string, number> = {};
  const restore = await dropIndexes(db, [...WORK, 'timeline', 'customer_fact']);
  for (const kind of WORK) {
    await db.transaction().execute(async (transaction) => {
      await sql`set local synchronous_commit = off`.execute(transaction);
      await sql`set local work_mem = '256MB'`.execute(transaction);
      counts[kind] = await giveWork(transaction, kind);
    });
    tell(`${counts[kind]} of ${kind}`);
  }
  await sql`insert into customer_fact as f (id, last_contact_at) select customer_id, max(occurred_at) from activity
    where kind <> 'note' and customer_id is not null group by customer_id order by customer_id
    on conflict (id) do update set last_contact_at = excluded.last_contact_at`.execute(db);
  tell('facts');
  for (const ddl of restore) await sql.raw(ddl).execute(db);
  await sql`vacuum analyze`.execute(db);
  tell('indexes of work');
  return counts;
}

/** Takes indexes away that hold nothing together; gives what makes them again. */
async function dropIndexes(db: Db, tables: readonly string[]): Promise<string[]> {
  const { rows } = await sql<{ name: string; ddl: string }>`select i.indexname as name, i.indexdef as ddl
    from pg_indexes i where i.schemaname = 'public' and i.tablename = any(${tables}::text[])
      and not exists (select from pg_constraint c where c.conindid = i.indexname::regclass)`.execute(db);
  for (const { name } of rows) await sql`drop index ${sql.ref(name)}`.execute(db);
  return rows.map(({ ddl }) => ddl);
}

/** A number of 0 to 1 that looks random and is the same every time, of a row `w`. */
const random = (salt: number) => sql`((hashint8extended(w.i, ${salt}) & 2147483647) / 2147483648.0)`;
const oneOf = (list: readonly string[], salt: number) =>
  sql`(${list}::text[])[1 + floor(${random(salt)} * ${list.length})::int]`;
/** So many days ago at most, in office hours. */
const ago = (days: RawBuilder<unknown>) =>
  sql`(date_trunc('day', now()) - make_interval(days => floor(${days})::int) + make_interval(mins => (60 + ${random(9)} * 540)::int))`;
const day = (days: RawBuilder<unknown>) => sql`(current_date + floor(${days})::int)`;

const SAID = [
  '谈了交货期，月底前给答复',
  '问价格，要三档报价',
  '投诉包装破损，已让仓库核对',
  '介绍新的采购负责人，约下周见面',
  '寄出样品，等试用结果',
  '对账无误，下月付款',
];
const TODO = ['发报价', '寄样品', '回访', '准备合同', '核对账目'];
const CONTACTS = [
  'call',
  'call',
  'call',
  'visit',
  'meeting',
  'mail',
  'message',
  'message',
  'message',
  'note',
];

interface Shape {
  /** Columns beyond whose and when, with their values of a row `w`. */
  values: Record<string, RawBuilder<unknown>>;
  at: RawBuilder<unknown>;
}

/** Of what is to be done a tenth is open, due around these days. */
const open = sql`${random(3)} < 0.1`;

const SHAPES: Record<Kind, Shape> = {
  // Entered in the order of time, the more the nearer to today: what one customer has lies scattered, as in life.
  activity: {
    at: ago(sql`730 * (1 - (w.i + 1)::numeric / (w.most + 1)) ^ 2`),
    values: {
      kind: oneOf(CONTACTS, 2),
      subject: oneOf(TODO, 4),
      content: oneOf(SAID, 5),
      occurred_at: ago(sql`730 * (1 - (w.i + 1)::numeric / (w.most + 1)) ^ 2`),
    },
  },
  task: {
    at: ago(sql`10 + ${random(2)} * 700`),
    values: {
      subject: oneOf(TODO, 4),
      status: sql`case when ${open} then 'open' else 'done' end`,
      priority: oneOf(['high', 'normal', 'normal', 'low'], 5),
      due_date: sql`case when ${open} then ${day(sql`${random(6)} * 40 - 10`)} else ${day(sql`-10 - ${random(2)} * 690`)} end`,
      done_at: sql`case when not ${open} then ${ago(sql`10 + ${random(2)} * 690`)} end`,
    },
  },
  promise: {
    at: ago(sql`10 + ${random(2)} * 700`),
    values: {
      what: oneOf(SAID, 4),
      status: sql`case when ${open} then 'open' when ${random(5)} < 0.9 then 'kept' else 'broken' end`,
      due_date: sql`case when ${open} then ${day(sql`${random(6)} * 25 - 5`)} else ${day(sql`-10 - ${random(2)} * 690`)} end`,
      due_at: sql`case when ${open} then now() + make_interval(days => floor(${random(6)} * 25 - 5)::int)
        else now() - make_interval(days => floor(10 + ${random(2)} * 690)::int) end`,
      settled_at: sql`case when not ${open} then ${ago(sql`10 + ${random(2)} * 690`)} end`,
    },
  },
  visit: {
    at: ago(sql`10 + ${random(2)} * 700`),
    values: {
      objective: oneOf(TODO, 4),
      status: sql`case when ${open} then 'planned' else 'done' end`,
      date: sql`case when ${open} then ${day(sql`${random(6)} * 17 - 3`)} else ${day(sql`-10 - ${random(2)} * 690`)} end`,
      done_at: sql`case when not ${open} then ${ago(sql`10 + ${random(2)} * 690`)} end`,
    },
  },
};

/** Writes one kind of work for all customers, most of it for few; or for these, each with the same share. */
export async function giveWork(db: Db, kind: Kind, ids?: readonly string[]): Promise<number> {
  const { values, at } = SHAPES[kind];
  const names = Object.keys(values);
  const place = ids ? sql`w.i % w.total` : sql`(floor(${random(1)} ^ 2 * w.total)::bigint * 7919) % w.total`;
  const { rows } = await sql<{ n: number }>`
    with customers as materialized (
      select id, owner_id, department_id, row_number() over (order by id) - 1 as n from customer
      where deleted_at is null ${ids ? sql`and id = any(${ids}::uuid[])` : sql``}),
    numbers as (
      select i, t.total, t.most from (select count(*) as total, ceil(count(*) * ${PER_CUSTOMER[kind]}::numeric)::bigint as most
        from customers) t cross join lateral generate_series(0, t.most - 1) as i),
    placed as (select w.i, w.most, ${place} as n from numbers w),
    made as (
      insert into ${sql.table(kind)} (customer_id, owner_id, department_id, root_owner_id, created_by, created_at, updated_at,
        ${sql.join(names.map((name) => sql.ref(name)))})
      select c.id, c.owner_id, c.department_id, c.owner_id, c.owner_id, ${at}, ${at}, ${sql.join(Object.values(values))}
      from placed w join customers c on c.n = w.n order by w.i
      returning id, customer_id, owner_id, department_id, created_at),
    told as (
      insert into timeline (root_id, at, id, root_entity, category, entity, record_id, actor_id, owner_id, root_owner_id, department_id)
      select customer_id, created_at, uuidv7(), 'customer', ${kind === 'activity' ? 'contact' : 'work'}, ${kind}, id,
        owner_id, owner_id, owner_id, department_id from made)
    select count(*)::int as n from made`.execute(db);
  return rows[0]?.n ?? 0;
}
