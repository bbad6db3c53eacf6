import { sql } from 'kysely';
import { z } from 'zod';
import type { Context } from '../../../platform/context/context.ts';
import { dayOf } from '../../../platform/context/day.ts';
import { readRecord } from '../../../platform/entity/records.ts';
import { forbidden, invalid } from '../../../platform/errors/problem.ts';
import { Exact, roundMoney } from '../../../platform/money/money.shared.ts';
import { AGES, type Age, isOfAge } from '../figures/ageing.ts';
import { inSight, mayTell, openItems, unpaid } from '../figures/open-items.ts';
import { movesOf } from './moves.ts';

export const statementQuery = z.strictObject({
  from: z.iso.date(),
  until: z.iso.date(),
});
export type StatementPeriod = z.output<typeof statementQuery>;

export interface StatementLine {
  day: string;
  kind: 'order' | 'contract' | 'returnOrder' | 'receipt' | 'refund' | 'exchange' | 'setOff';
  id: string;
  number: string;
  name: string | null;
  debit: string;
  credit: string;
  /** What is owed after it; below zero where more came in than was owed. */
  balance: string;
}

/** One currency of a statement. */
export interface StatementPart {
  currency: string;
  opening: string;
  lines: StatementLine[];
  debit: string;
  credit: string;
  closing: string;
  /** What is open today by how long it is overdue. */
  ages: Record<Age, string>;
}

export interface Statement extends StatementPeriod {
  customer: { id: string; name: string };
  today: string;
  parts: StatementPart[];
}

/** More lines are several periods. */
const MOST = 2000;

/** 对账单: what a customer owed when a period began, what changed it day by day, and what he owes at its end, by currency. */
export async function statementOf(
  ctx: Context,
  id: string,
  { from, until }: StatementPeriod,
): Promise<Statement> {
  const { title } = await readRecord(ctx, 'customer', id);
  if (!mayTell(ctx)) throw forbidden();
  if (until < from) throw invalid([{ path: 'until', code: 'statement_until_before' }]);
  const { rows } = await sql<
    Omit<StatementLine, 'balance'> & { unit: string }
  >`select * from (${movesOf(ctx, id)}) m
    where day between ${from}::date and ${until}::date and (debit <> 0 or credit <> 0)
    order by unit, day, (credit > 0), number, kind, id limit ${MOST + 1}`.execute(ctx.db);
  if (rows.length > MOST)
    throw invalid([{ path: 'from', code: 'statement_too_long_period', params: { most: MOST } }]);
  const openings = await sql<{
    unit: string;
    opening: string;
  }>`select unit, sum(debit - credit)::text as opening
    from (${movesOf(ctx, id)}) m where day < ${from}::date group by unit`.execute(ctx.db);
  const today = dayOf(ctx);
  const ages = await agesBy(ctx, id, today);
  const before = new Map(openings.rows.map(({ unit, opening }) => [unit, opening]));
  const lines = Map.groupBy(rows, ({ unit }) => unit);
  const known = [...new Set([...before.keys(), ...lines.keys(), ...ages.keys()])];
  const units = known.length
    ? known.sort((a, b) => Number(b === ctx.currency) - Number(a === ctx.currency))
    : [ctx.currency];
  const parts = units.map((unit) =>
    partOf(unit, before.get(unit) ?? '0', lines.get(unit) ?? [], ages.get(unit)),
  );
  return { customer: { id, name: title }, from, until, today, parts };
}

function partOf(
  currency: string,
  opening: string,
  rows: readonly Omit<StatementLine, 'balance'>[],
  ages: Record<Age, string> | undefined,
): StatementPart {
  const round = (amount: InstanceType<typeof Exact> | string) => roundMoney(amount, currency);
  let balance = new Exact(opening);
  const lines = rows.map(({ day, kind, id, number, name, debit, credit }): StatementLine => {
    balance = balance.plus(debit).minus(credit);
    return {
      day,
      kind,
      id,
      number,
      name,
      debit: round(debit),
      credit: round(credit),
      balance: round(balance),
    };
  });
  const sum = (of: 'debit' | 'credit') => round(rows.reduce((all, row) => all.plus(row[of]), new Exact(0)));
  const none = Object.fromEntries(AGES.map((age) => [age, '0'])) as Record<Age, string>;
  const aged = Object.entries(ages ?? none).map(([age, amount]) => [age, round(amount)]);
  return {
    ...{
      currency,
      opening: round(opening),
      lines,
      debit: sum('debit'),
      credit: sum('credit'),
      closing: round(balance),
    },
    ages: Object.fromEntries(aged),
  };
}

async function agesBy(
  ctx: Context,
  customer: string,
  today: string,
): Promise<Map<string, Record<Age, string>>> {
  const sums = AGES.map(
    (age) => sql`coalesce(sum(i.open) filter (where ${isOfAge(age, today)}), 0)::text as ${sql.ref(age)}`,
  );
  const { rows } = await sql<Record<Age, string> & { unit: string }>`select i.unit, ${sql.join(sums)}
    from (${openItems(unpaid(inSight(ctx, sql`d.customer_id = ${customer}`)))}) i where i.open > 0 group by i.unit`.execute(
    ctx.db,
  );
  return new Map(rows.map(({ unit, ...ages }) => [unit, ages as Record<Age, string>]));
}
