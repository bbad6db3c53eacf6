import { type RawBuilder, sql } from 'kysely';
import { scopeCondition } from '../../../platform/access/where.ts';
import type { Context } from '../../../platform/context/context.ts';
import { entityNamed } from '../../../platform/entity/registry.ts';
import { titlesOf } from '../../../platform/entity/titles.ts';
import { roundMoney } from '../../../platform/money/money.shared.ts';
import type { How } from './how.shared.ts';
import { howWords } from './words.ts';

/** A row as people read it. */
export interface ReadRow {
  id: string;
  person: { id: string; title: string | null };
  day: string;
  kind: 'earned' | 'takenBack' | 'adjustment';
  status: 'open' | 'inBatch' | 'paid';
  name: string;
  plan: string | null;
  amount: string;
  base: string | null;
  receipt: string | null;
  customer: { id: string; title: string | null } | null;
  words: string;
}

interface Stored {
  id: string;
  owner: string;
  day: string;
  kind: ReadRow['kind'];
  status: ReadRow['status'];
  name: string;
  plan: string | null;
  amount: string;
  base: string | null;
  receipt: string | null;
  customer: string | null;
  how: How | null;
}

/** Most rows of one answer. */
export const MOST = 2000;

/** Rows with how each came, newest first; who may see them has been asked. The plan is told by name: it is his pay. */
export async function readRows(ctx: Context, which: RawBuilder<unknown>, limit = MOST): Promise<ReadRow[]> {
  const { rows } =
    await sql<Stored>`select t.id, t.owner_id as owner, t.day::text, t.kind, t.status, t.name, p.name as plan,
      t.amount::text, t.base::text, t.receipt_id as receipt, t.customer_id as customer, t.how
    from commission_row t left join commission_plan p on p.id = t.plan_id
    where t.deleted_at is null and ${which} order by t.day desc, t.id desc limit ${limit}`.execute(ctx.db);
  const people = rows.flatMap(({ owner, how }) => [owner, how?.via ?? []].flat());
  const customers = rows.flatMap(({ customer }) => customer ?? []);
  const [titles, names] = [
    await titlesOf(ctx, new Map([['customer', new Set(customers)]])),
    await namesOf(ctx, people),
  ];
  return rows.map(({ owner, how, customer, amount, base, ...row }) => ({
    ...row,
    amount: roundMoney(amount, ctx.currency),
    base: base === null ? null : roundMoney(base, ctx.currency),
    person: { id: owner, title: names.get(owner) ?? null },
    customer: customer ? { id: customer, title: titles.get(customer) ?? null } : null,
    words: howWords(ctx, how, base, names),
  }));
}

/** Names of colleagues, whom everybody may know. */
export async function namesOf(ctx: Context, ids: readonly string[]): Promise<Map<string, string>> {
  const { rows } = await sql<{ id: string; name: string }>`select id, name from "user"
    where id = any(${[...new Set(ids)]}::uuid[])`.execute(ctx.db);
  return new Map(rows.map(({ id, name }) => [id, name]));
}

/** The rows the caller may read, as a condition on `t`. */
export const inScope = (ctx: Context): RawBuilder<unknown> =>
  scopeCondition(
    entityNamed(ctx.registry, 'commissionRow'),
    ctx.policies.for('commissionRow').scope('read'),
    ctx.principal,
  );
