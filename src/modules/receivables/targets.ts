import { type RawBuilder, type SqlBool, sql } from 'kysely';
import type { Context } from '../../platform/context/context.ts';
import { type Draft, draftValue, type Row } from '../../platform/entity/behaviour.ts';
import { lockRows } from '../../platform/entity/records.ts';
import { entityNamed } from '../../platform/entity/registry.ts';
import { invalid } from '../../platform/errors/problem.ts';
import { roundMoney } from '../../platform/money/money.shared.ts';

/** What receipts and invoices are for: the record type by the reference that names it. */
export const TARGETS = ['contract', 'order', 'invoice'] as const;
export type Target = (typeof TARGETS)[number];

/** Receipts and invoices are of the customer whose contract, order or invoice they name. */
export async function refuseForeign(
  ctx: Context,
  drafts: readonly Draft[],
  targets: readonly (Target | 'billingProfile')[],
): Promise<void> {
  const given = drafts.flatMap(
    (draft) => (draftValue(draft, 'customer', 'customer_id') as string | null) ?? [],
  );
  const { rows: there } = await sql<{
    id: string;
  }>`select id from customer where id = any(${given}::uuid[])`.execute(ctx.db);
  // Of a customer who is not there the reference itself is told, and nothing else.
  const known = new Set(there.map(({ id }) => id));
  for (const target of targets) {
    const named = drafts.filter((draft) => target in draft.values || 'customer' in draft.values);
    const idOf = (draft: Draft) =>
      draftValue(draft, target, target === 'billingProfile' ? 'billing_profile_id' : `${target}_id`) as
        | string
        | null;
    const ids = named.flatMap((draft) => idOf(draft) ?? []);
    if (ids.length === 0) continue;
    const { table } = entityNamed(ctx.registry, target);
    const { rows } = await sql<{ id: string; customer: string }>`select id, customer_id as customer
      from ${sql.table(table)} where id = any(${ids}::uuid[])`.execute(ctx.db);
    const customers = new Map(rows.map((row) => [row.id, row.customer]));
    for (const draft of named) {
      const customer = customers.get(idOf(draft) ?? '');
      const own = draftValue(draft, 'customer', 'customer_id') as string | null;
      if (customer && customer !== own && (own === null || known.has(own)))
        draft.problems.push({ path: target, code: 'other_customer' });
    }
  }
}

/** Rows the caller may see, locked; one that is not there for him is an unknown reference. */
export async function lockTargets(
  ctx: Context,
  target: Target,
  ids: readonly string[],
): Promise<Map<string, Row>> {
  const distinct = [...new Set(ids)];
  if (distinct.length === 0) return new Map();
  const rows = await lockRows(ctx, entityNamed(ctx.registry, target), distinct);
  if (rows.length < distinct.length) throw invalid([{ path: target, code: 'unknown_reference' }]);
  return new Map(rows.map((row) => [row.id as string, row]));
}

const IN_FORCE = {
  contract: ['effective', 'amending', 'completed'],
  order: ['confirmed', 'partlyDelivered', 'delivered', 'closed'],
} as const;

/**
 * Whether a contract or order binds the customer, so that something can be received or invoiced for it. A contract whose amendment
 * waits for approval binds as it was agreed before.
 */
export const inForce = (type: 'contract' | 'order', row: Row): boolean =>
  (IN_FORCE[type] as readonly unknown[]).includes(row.status) ||
  (type === 'contract' && row.status === 'inApproval' && Number(row.revision) > 1);

/** The same as a condition on rows. */
export const isInForce = (type: 'contract' | 'order', alias: string): RawBuilder<SqlBool> => {
  const column = (name: string) => sql.ref(`${alias}.${name}`);
  const states = sql<SqlBool>`${column('status')} = any(${[...IN_FORCE[type]]}::text[])`;
  return type === 'order'
    ? states
    : sql<SqlBool>`(${states} or (${column('status')} = 'inApproval' and ${column('revision')} > 1))`;
};

/** While it is amended its total is what is being agreed. */
const AGREED: readonly string[] = ['effective', 'completed'];

/** What it comes to, less what came back, which may be all of it; null where a frame contract names no amount. */
export function wholeOf(type: 'contract' | 'order', row: Row): string | null {
  const total = (row.effective_total ?? row.total) as string | null;
  if (total === null || (type === 'contract' && !namesAmount(row))) return null;
  return roundMoney(total, currencyOf(row));
}

/** A frame contract comes to nothing; one of which everything came back was agreed all the same. */
const namesAmount = ({ effective_total, total, status }: Row): boolean =>
  Number(effective_total ?? 0) > 0 || (Number(total ?? 0) > 0 && AGREED.includes(status as string));

/** The same as a condition on rows of contracts. */
export const isOfAmount = (alias: string): RawBuilder<SqlBool> => {
  const column = (name: string) => sql.ref(`${alias}.${name}`);
  return sql<SqlBool>`(${column('effective_total')} > 0 or (${column('effective_total')} = 0 and ${column('total')} > 0
    and ${column('status')} = any(${[...AGREED]}::text[])))`;
};

/** Whether an order is owed as part of its contract: one in force that names an amount. */
export const owedByContract = (alias: string): RawBuilder<SqlBool> =>
  sql<SqlBool>`exists (select from contract c where c.id = ${sql.ref(`${alias}.contract_id`)} and ${isOwed})`;

const isOwed = sql`c.deleted_at is null and ${isInForce('contract', 'c')} and ${isOfAmount('c')}`;

/** Those of these contracts that are what is owed, and not the orders that fulfil them. */
export async function owedContracts(ctx: Context, ids: readonly string[]): Promise<Set<string>> {
  if (ids.length === 0) return new Set();
  const { rows } = await sql<{ id: string }>`select c.id from contract c
    where c.id = any(${[...ids]}::uuid[]) and ${isOwed}`.execute(ctx.db);
  return new Set(rows.map(({ id }) => id));
}

export const currencyOf = (row: Row): string =>
  (row.effective_total_currency ?? row.total_currency ?? row.currency) as string;
