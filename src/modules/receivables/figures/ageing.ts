import { type RawBuilder, sql } from 'kysely';
import type { Context } from '../../../platform/context/context.ts';
import { inOwn } from '../../../platform/rates/own.ts';

/** 账龄: how long something has been overdue; `later` is not due yet. */
export const AGES = ['later', 'd30', 'd60', 'd90', 'over90'] as const;
export type Age = (typeof AGES)[number];

/** The bounds in days overdue, both included. */
const BOUNDS: Record<Exclude<Age, 'later'>, readonly [number, number | null]> = {
  d30: [1, 30],
  d60: [31, 60],
  d90: [61, 90],
  over90: [91, null],
};

/** Whether an open item `i` is of an age, as a condition. */
export function isOfAge(age: Age, today: string): RawBuilder<boolean> {
  if (age === 'later') return sql<boolean>`(i.due_on is null or i.due_on >= ${today}::date)`;
  const [from, to] = BOUNDS[age];
  const last = sql`i.due_on <= ${today}::date - ${from}::int`;
  return to === null
    ? sql<boolean>`${last}`
    : sql<boolean>`(${last} and i.due_on >= ${today}::date - ${to}::int)`;
}

/** The sums of open items by age in the company's currency, one column each. */
export const agesOf = (ctx: Context, today: string): RawBuilder<unknown> =>
  sql.join(
    AGES.map(
      (age) =>
        sql`coalesce(sum(${inOwn(ctx, sql`i.open`, sql`i.rate`)}) filter (where ${isOfAge(age, today)}), 0)::text as ${sql.ref(age)}`,
    ),
  );
