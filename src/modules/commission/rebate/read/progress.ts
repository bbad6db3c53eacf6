import { type RawBuilder, sql } from 'kysely';
import type { Context } from '../../../../platform/context/context.ts';
import { dayOf } from '../../../../platform/context/day.ts';
import { titlesOf } from '../../../../platform/entity/titles.ts';
import { Exact, roundMoney } from '../../../../platform/money/money.shared.ts';
import { periodEnd, periodStart, rateAt, worthOf } from '../../reckon/tiers.shared.ts';
import { rulesOf, type Terms } from '../agreement/terms.shared.ts';
import { TERMS } from '../reckon/agreements.ts';
import { inScope, requireFigures } from './rights.ts';

/** How far a customer has come by an agreement, and what the next tier would bring: what one tells him. */
export interface RebateProgress
  extends Pick<Terms, 'counted' | 'measure' | 'taxed' | 'mode' | 'period' | 'currency'> {
  id: string;
  name: string;
  status: 'inForce' | 'ended';
  way: 'credit' | 'payout';
  customer: { id: string; title: string | null };
  /** The period of today, both days included; of an ended agreement its last. */
  from: string;
  to: string;
  /** Days left of it, with today. */
  daysLeft: number;
  base: string;
  amount: string;
  rate: string;
  /** From what on, at what rate, how much is missing, and what the period is worth then. */
  next: { from: string; rate: string; missing: string; amount: string } | null;
  /** Accrued and not yet in a settlement, in one, paid; what is there to set off. */
  open: string;
  inBatch: string;
  paid: string;
  credit: string;
}

interface Stored extends Terms {
  id: string;
  name: string;
  status: RebateProgress['status'];
  way: RebateProgress['way'];
  customer: string;
  validFrom: string;
  validTo: string | null;
  open: string;
  inBatch: string;
  paid: string;
  credit: string;
  reached: { period: string; base: string; amount: string }[] | null;
}

/** More than anybody looks through; the list of agreements has filters. */
const MOST = 500;

/** Agreements that were put into force, within the caller's sight, those nearest to their next tier first. */
export async function progressOf(
  ctx: Context,
  which: RawBuilder<unknown> = sql`a.status = 'inForce'`,
): Promise<RebateProgress[]> {
  requireFigures(ctx);
  const { rows } = await sql<Stored>`select ${TERMS}, a.name, a.status, a.way, a.customer_id as customer,
      coalesce(a.credit, 0)::text as credit, m.*,
      (select json_agg(json_build_object('period', r.period, 'base', r.base::text, 'amount', r.amount::text))
        from (select * from rebate_reached r where r.agreement_id = a.id order by r.period desc limit 1) r) as reached
    from rebate_agreement a cross join lateral (
      select coalesce(sum(amount) filter (where status = 'open'), 0)::text as open,
        coalesce(sum(amount) filter (where status = 'inBatch'), 0)::text as "inBatch",
        coalesce(sum(amount) filter (where status = 'paid'), 0)::text as paid
      from rebate_row where agreement_id = a.id) m
    where a.deleted_at is null and a.status in ('inForce', 'ended') and ${which} and ${inScope(ctx)}
    order by a.name, a.id limit ${MOST}`.execute(ctx.db);
  const titles = await titlesOf(ctx, new Map([['customer', new Set(rows.map(({ customer }) => customer))]]));
  const share = ({ base, next }: RebateProgress) => (next ? Number(base) / Number(next.from) : -1);
  return rows
    .map((row) => progress(row, dayOf(ctx), titles.get(row.customer) ?? null))
    .toSorted((a, b) => share(b) - share(a));
}

function progress(row: Stored, today: string, title: string | null): RebateProgress {
  const { id, name, status, way, counted, measure, taxed, mode, period, currency, tiers } = row;
  const last = row.validTo && row.validTo < today ? row.validTo : today;
  const from = periodStart(period, last < row.validFrom ? row.validFrom : last);
  const ends = periodEnd(period, from);
  const to = row.validTo && row.validTo < ends ? row.validTo : ends;
  const reached = row.reached?.find((each) => each.period === from);
  const money = (amount: string) => roundMoney(amount, currency);
  const sum = (base: string) => countedText(base, row);
  const base = sum(reached?.base ?? '0');
  const tier = to < today ? undefined : tiers.find((each) => new Exact(each.from).gt(base));
  const left = Temporal.PlainDate.from(today).until(to, { largestUnit: 'days' }).days + 1;
  return {
    ...{ id, name, status, way, counted, measure, taxed, mode, period, currency, from, to, base },
    customer: { id: row.customer, title },
    daysLeft: Math.max(0, left),
    amount: money(reached?.amount ?? '0'),
    rate: rateAt(tiers, base),
    next: tier
      ? {
          ...tier,
          missing: sum(new Exact(tier.from).minus(base).toFixed()),
          amount: worthOf(rulesOf(row), tier.from, currency),
        }
      : null,
    ...{
      open: money(row.open),
      inBatch: money(row.inBatch),
      paid: money(row.paid),
      credit: money(row.credit),
    },
  };
}

/** What counts, in pieces or in the digits of the currency. */
export const countedText = (
  base: string,
  { measure, currency }: Pick<Terms, 'measure' | 'currency'>,
): string => (measure === 'quantity' ? new Exact(base).toFixed() : roundMoney(base, currency));

/** One period of an agreement: what was reached, what that is worth, and what of it was settled. */
export interface RebatePeriod {
  from: string;
  to: string;
  base: string;
  amount: string;
  open: string;
  inBatch: string;
  paid: string;
}

/** All periods of an agreement, newest first; that one may read it has been asked. */
export async function periodsOf(ctx: Context, of: RebateProgress): Promise<RebatePeriod[]> {
  const { id, currency, period } = of;
  const { rows } = await sql<
    Omit<RebatePeriod, 'to'>
  >`select r.period::text as from, coalesce(x.base, 0)::text as base,
      sum(r.amount)::text as amount, coalesce(sum(r.amount) filter (where r.status = 'open'), 0)::text as open,
      coalesce(sum(r.amount) filter (where r.status = 'inBatch'), 0)::text as "inBatch",
      coalesce(sum(r.amount) filter (where r.status = 'paid'), 0)::text as paid
    from rebate_row r left join rebate_reached x on x.agreement_id = r.agreement_id and x.period = r.period
    where r.agreement_id = ${id} group by r.period, x.base order by r.period desc limit 100`.execute(ctx.db);
  const money = (amount: string) => roundMoney(amount, currency);
  return rows.map(({ from, base, amount, open, inBatch, paid }) => ({
    ...{ from, to: periodEnd(period, from), base: countedText(base, of) },
    ...{ amount: money(amount), open: money(open), inBatch: money(inBatch), paid: money(paid) },
  }));
}
