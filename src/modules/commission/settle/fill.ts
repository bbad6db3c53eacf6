import { sql } from 'kysely';
import { asSystem, type Context } from '../../../platform/context/context.ts';
import { dayOf } from '../../../platform/context/day.ts';
import type { Row } from '../../../platform/entity/behaviour.ts';
import { decide } from '../../../platform/entity/decided.ts';
import { roundMoney } from '../../../platform/money/money.shared.ts';
import { conversionOn } from '../../../platform/rates/convert.ts';
import type { Settlement } from './settlement.ts';

/** Takes in what a batch is meant for. Of whom the sum is below nothing, the rows stay for the next one unless it says otherwise. */
export async function fillBatch(ctx: Context, settlement: Settlement, batch: Row): Promise<void> {
  await settlement.take(ctx, batch);
  if (batch.with_negative === true) return;
  await sql`update ${sql.table(settlement.rows)} set batch_id = null, status = 'open'
    where batch_id = ${batch.id} and ${sql.ref(settlement.head)} in (${below(settlement, batch)})`.execute(
    ctx.db,
  );
}

/** Whose sum in a batch is below nothing. */
const below = ({ head, rows }: Settlement, batch: Row) => sql`select ${sql.ref(head)} from ${sql.table(rows)}
  where batch_id = ${batch.id} group by ${sql.ref(head)} having sum(amount) < 0`;

/** Whether somebody would be paid less than nothing, which nobody can be: what was adjusted or left out since may have made it so. */
export async function paysLessThanNothing(
  ctx: Context,
  settlement: Settlement,
  batch: Row,
): Promise<boolean> {
  if (batch.with_negative === true) return false;
  return (await below(settlement, batch).execute(ctx.db)).rows.length > 0;
}

/** Lets rows of a batch go again. */
export async function freeRows(
  ctx: Context,
  settlement: Settlement,
  batch: string,
  rows?: readonly string[],
): Promise<number> {
  const { numAffectedRows } =
    await sql`update ${sql.table(settlement.rows)} set batch_id = null, status = 'open'
    where batch_id = ${batch} and status = 'inBatch' and (${rows === undefined} or id = any(${[...(rows ?? [])]}::uuid[]))`.execute(
      ctx.db,
    );
  return Number(numAffectedRows ?? 0);
}

/** What the rows of a batch come to, for how many, and how many they are. */
async function sumsOf(ctx: Context, settlement: Settlement, batch: Row) {
  const { rows } = await sql<{ sum: string; heads: number; rows: number }>`
    select coalesce(sum(amount), 0)::text as sum, count(distinct ${sql.ref(settlement.head)})::int as heads, count(*)::int as rows
    from ${sql.table(settlement.rows)} where batch_id = ${batch.id}`.execute(ctx.db);
  const { sum, ...counts } = rows[0] as (typeof rows)[number];
  const currency = settlement.currencyOf(ctx, batch);
  return { ...counts, total: { amount: roundMoney(sum, currency), currency } };
}

/** What a new batch comes to is part of its beginning, and no change of it. */
export async function beginSums(ctx: Context, settlement: Settlement, batch: Row): Promise<void> {
  const { total, heads, rows } = await sumsOf(ctx, settlement, batch);
  const worth = (await conversionOn(ctx, dayOf(ctx), [total.currency]))(total.currency);
  await sql`update ${sql.table(settlement.table)} set total = ${total.amount}, total_currency = ${total.currency},
      total_base = ${worth?.of(total.amount) ?? null}, total_rate = ${worth?.rate ?? null},
      ${sql.ref(settlement.heads.column)} = ${heads}, row_count = ${rows}
    where id = ${batch.id}`.execute(ctx.db);
}

/** Writes onto a batch what its rows come to, and whatever else a step sets of it. */
export async function settleBatch(
  ctx: Context,
  settlement: Settlement,
  batch: Row,
  set: Record<string, unknown>,
  options: { action: string; holder?: string },
): Promise<void> {
  const { total, heads, rows } = await sumsOf(ctx, settlement, batch);
  const sums = { total, [settlement.heads.field]: heads, rowCount: rows };
  await decide(asSystem(ctx, options.action), settlement.batch, [batch], { ...set, ...sums }, options);
}
