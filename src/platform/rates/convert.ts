import { sql } from 'kysely';
import type { Context } from '../context/context.ts';
import { dayOf } from '../context/day.ts';
import { type Draft, draftValue } from '../entity/behaviour.ts';
import type { MoneyValue } from '../entity/meta.shared.ts';
import type { Entity } from '../entity/types.ts';
import { Exact, roundMoney } from '../money/money.shared.ts';

/** What a currency is worth in the company's own: the rate, the day it holds for, and amounts converted by it. */
export interface Conversion {
  rate: string;
  day: string;
  /** The amount in the company's currency, rounded to its digits. */
  of(amount: string): string;
}

/** `null` for a currency of which no rate is known. */
export type Convert = (currency: string) => Conversion | null;
export type Converting = (draft: Draft) => Convert;

type Pair = { currency: string; day: string };
const keyOf = ({ currency, day }: Pair) => `${currency} ${day}`;

/** Rates of these currencies on these days, by `ratesOn`'s key: each the newest that is valid by then. */
async function ratesOn(ctx: Context, pairs: readonly Pair[]): Promise<Map<string, string>> {
  const distinct = [...new Map(pairs.map((pair) => [keyOf(pair), pair])).values()];
  if (distinct.length === 0) return new Map();
  const { rows } = await sql<Pair & { rate: string }>`select p.currency, p.day::text, r.rate
    from unnest(${distinct.map(({ currency }) => currency)}::text[], ${distinct.map(({ day }) => day)}::date[]) p(currency, day)
    cross join lateral (select rate from exchange_rate where currency = p.currency and valid_from <= p.day
      and deleted_at is null order by valid_from desc limit 1) r`.execute(ctx.db);
  return new Map(rows.map((row) => [keyOf(row), row.rate]));
}

/**
 * How a day's amounts are converted. The company's own currency needs no rate.
 * @param currencies those that may be asked for
 */
export async function conversionOn(
  ctx: Context,
  day: string,
  currencies: readonly string[],
): Promise<Convert> {
  const foreign = currencies.filter((currency) => currency !== ctx.currency);
  const rates = await ratesOn(
    ctx,
    foreign.map((currency) => ({ currency, day })),
  );
  return converter(ctx.currency, day, rates);
}

/**
 * Converts to the company's currency.
 * @param rates by currency and day; without any only the company's own currency has a worth
 */
export function converter(own: string, day: string, rates: ReadonlyMap<string, string> = new Map()): Convert {
  return (currency) => {
    if (currency === own) return { rate: '1', day, of: (amount) => amount };
    const rate = rates.get(keyOf({ currency, day }));
    if (rate === undefined) return null;
    return { rate, day, of: (amount) => roundMoney(new Exact(amount).times(rate), own) };
  };
}

/**
 * What an amount of one currency is in another, not yet rounded; null where a rate is missing.
 * @param convert of the day, see `conversionOn`
 */
export function exchanged(amount: string, from: string, to: string, convert: Convert): string | null {
  if (from === to) return amount;
  const [source, target] = [convert(from)?.rate, convert(to)?.rate];
  return source && target ? new Exact(amount).times(source).dividedBy(target).toFixed() : null;
}

/** How the amounts of drafts and of their parts are converted: on the record's own day where it has one, or on today's. */
export async function convertingFor(
  ctx: Context,
  entity: Entity,
  drafts: readonly { draft: Draft }[],
): Promise<Converting> {
  const today = dayOf(ctx);
  const days = new Map<Draft, string>();
  const pairs: Pair[] = [];
  const note = (of: Entity, draft: Draft, day: string) => {
    days.set(draft, day);
    for (const field of of.fieldList) {
      if (field.kind !== 'money') continue;
      const given = (draft.values[field.name] as MoneyValue | null | undefined)?.currency;
      const currency = given ?? (draft.before?.[`${field.column}_currency`] as string | null | undefined);
      if (currency && currency !== ctx.currency) pairs.push({ currency, day });
    }
  };
  for (const { draft } of drafts) {
    const field = entity.rateDate ? entity.fields[entity.rateDate] : undefined;
    const day = field && (draftValue(draft, field.name, field.column) as string | null);
    note(entity, draft, day ?? today);
    for (const part of entity.parts)
      for (const row of draft.parts?.[part.name] ?? []) note(part.entity, row, day ?? today);
  }
  const rates = await ratesOn(ctx, pairs);
  return (draft) => converter(ctx.currency, days.get(draft) ?? today, rates);
}
