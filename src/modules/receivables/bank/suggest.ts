import { type SqlBool, sql } from 'kysely';
import type { Context } from '../../../platform/context/context.ts';
import { dayOf } from '../../../platform/context/day.ts';
import { recordsByKey } from '../../../platform/duplicates/find.ts';
import { duplicateKeys } from '../../../platform/duplicates/keys.ts';
import type { MoneyValue } from '../../../platform/entity/meta.shared.ts';
import { readRecord } from '../../../platform/entity/records.ts';
import { entityNamed } from '../../../platform/entity/registry.ts';
import { titlesOf } from '../../../platform/entity/titles.ts';
import { forbidden } from '../../../platform/errors/problem.ts';
import { Exact } from '../../../platform/money/money.shared.ts';
import { conversionOn } from '../../../platform/rates/convert.ts';
import { inScopeOf, mayTell } from '../figures/open-items.ts';
import { type Owed, owedBy } from '../figures/owed.ts';
import { isInForce } from '../targets.ts';
import { type Candidate, type Guess, rank } from './rank.ts';

/** A guess as people choose it. */
export interface Suggestion extends Omit<Guess, 'customer'> {
  customer: { id: string; title: string };
}

/** Customers looked at more closely. */
const MOST = 20;

type Found = Map<string, Candidate['payer']>;

/**
 * For whom and for what money of the bank may be, most likely first, with the reasons, within the caller's sight. It is a proposal:
 * who claims says so himself, and finance confirms.
 */
export async function suggestionsFor(ctx: Context, id: string): Promise<Suggestion[]> {
  const entry = await readRecord(ctx, 'bankEntry', id);
  if (!ctx.policies.for('receipt').can('create') || !ctx.policies.for('customer').can('read'))
    throw forbidden();
  const { left, payer, summary, remark } = entry as unknown as Entry;
  if (!left) return [];
  const words = [summary, remark].filter(Boolean).join(' ');
  const [names, numbered, equal] = await Promise.all([
    byName(ctx, payer ?? ''),
    byNumber(ctx, words),
    byAmount(ctx, left),
  ]);
  const found: Found = new Map([
    ...names,
    ...[...numbered.customers, ...equal].map((each) => [each, names.get(each) ?? null] as const),
  ]);
  const ids = [...found.keys()].slice(0, MOST);
  const titles = await titlesOf(ctx, new Map([['customer', new Set(ids)]]));
  const seen = ids.filter((each) => titles.has(each));
  const owed = Map.groupBy(await owedBy(ctx, seen), ({ customer }: Owed) => customer);
  const candidates = seen.map((customer) => ({
    customer,
    payer: found.get(customer) ?? null,
    owed: owed.get(customer) ?? [],
  }));
  return rank(left, candidates, numbered.records).map(({ customer, ...guess }) => ({
    ...guess,
    customer: { id: customer, title: titles.get(customer) ?? '' },
  }));
}

interface Entry {
  left: MoneyValue | null;
  payer: string | null;
  summary: string | null;
  remark: string | null;
}

/** Customers called as the payer is, on paper or by name alone, or for whom he has paid before. */
async function byName(ctx: Context, payer: string): Promise<Found> {
  const found: Found = new Map();
  if (!payer || !ctx.policies.for('customer').sees('name')) return found;
  const entity = entityNamed(ctx.registry, 'customer');
  const keys = duplicateKeys(entity, (field) =>
    field === 'name' ? payer : field === 'kind' ? 'company' : null,
  );
  const byKey = await recordsByKey(
    ctx,
    keys.map(({ key }) => key),
  );
  const like = (kind: string) =>
    keys.filter((each) => each.kind === kind).flatMap(({ key }) => byKey.get(key) ?? []);
  const { rows } = await sql<{ id: string; why: 'payer' | 'payerBefore' }>`
    select customer_id as id, 'payer' as why from billing_profile t
      where name = ${payer} and deleted_at is null and ${inScopeOf(ctx, 'billingProfile')}
    union select customer_id, 'payerBefore' from receipt t
      where payer = ${payer} and status = 'confirmed' and deleted_at is null and ${inScopeOf(ctx, 'receipt')}
    limit ${MOST}`.execute(ctx.db);
  for (const id of like('core')) found.set(id, 'payerLike');
  for (const { id, why } of rows) if (found.get(id) !== 'payer') found.set(id, why);
  for (const id of like('name')) found.set(id, 'payer');
  return new Map([...found].sort(([, a], [, b]) => Number(a === 'payerLike') - Number(b === 'payerLike')));
}

/** What looks like a number of a document: letters and digits with at least four digits in a row. */
const NUMBERS = /[A-Za-z]{0,6}[-_]?[0-9A-Za-z-]*\d{4,}[0-9A-Za-z-]*/g;

/** Orders, contracts and invoices whose number, or the customer's own number of it, stands in the words. */
async function byNumber(ctx: Context, words: string): Promise<{ customers: string[]; records: Set<string> }> {
  const numbers = [
    ...new Set((words.match(NUMBERS) ?? []).flatMap((each) => [each, each.toUpperCase()])),
  ].slice(0, 20);
  if (numbers.length === 0) return { customers: [], records: new Set() };
  const parts = (['order', 'contract', 'invoice'] as const).map((type) => {
    const columns = type === 'invoice' ? ['number', 'invoice_number'] : ['number', 'their_number'];
    const any = sql.join(
      columns.map((column) => sql<SqlBool>`${sql.ref(`t.${column}`)} = any(${numbers}::text[])`),
      sql` or `,
    );
    const up = type === 'order' ? sql`coalesce(t.contract_id, t.id)` : sql`t.id`;
    return sql`select t.id, ${up} as owed, t.customer_id as customer from ${sql.table(type)} t
      where (${any}) and t.deleted_at is null and ${inScopeOf(ctx, type)}`;
  });
  const { rows } = await sql<{
    id: string;
    owed: string;
    customer: string;
  }>`${sql.join(parts, sql` union all `)} limit ${MOST}`.execute(ctx.db);
  return {
    customers: rows.map(({ customer }) => customer),
    records: new Set(rows.flatMap(({ id, owed }) => [id, owed])),
  };
}

/** Customers with an order, a contract or an invoice of just this amount. */
async function byAmount(ctx: Context, { amount, currency }: MoneyValue): Promise<string[]> {
  const rate = (await conversionOn(ctx, dayOf(ctx), [currency]))(currency)?.rate;
  if (!mayTell(ctx) || !rate) return [];
  const worth = new Exact(amount).times(rate);
  const parts = (['order', 'contract', 'invoice'] as const).map((type) => {
    const column = type === 'invoice' ? 'total' : 'effective_total';
    const { sees } = ctx.policies.for(type);
    if (!sees(type === 'invoice' ? 'total' : 'effectiveTotal'))
      return sql`select null::uuid as customer where false`;
    const binds = type === 'invoice' ? sql<SqlBool>`t.status = 'issued'` : isInForce(type, 't');
    // The index is of amounts in the company's currency; rates of other currencies move within bounds.
    const base = sql.ref(`t.${column}_base`);
    const near =
      currency === ctx.currency
        ? sql`${base} = ${amount}::numeric`
        : sql`${base} between ${worth.times('0.8').toFixed()}::numeric and ${worth.times('1.25').toFixed()}::numeric`;
    return sql`(select t.customer_id as customer from ${sql.table(type)} t
      where ${near} and ${sql.ref(`t.${column}`)} = ${amount}::numeric and ${sql.ref(`t.${column}_currency`)} = ${currency}
        and ${binds} and t.deleted_at is null and ${inScopeOf(ctx, type)} limit ${MOST})`;
  });
  const { rows } = await sql<{ customer: string }>`${sql.join(parts, sql` union `)}`.execute(ctx.db);
  return rows.map(({ customer }) => customer);
}
