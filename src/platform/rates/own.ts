import { type RawBuilder, sql } from 'kysely';
import type { Context } from '../context/context.ts';
import { minorUnits } from '../money/currencies.shared.ts';

/** An amount times its rate in SQL, in the digits of the company's currency: each is rounded before they are added up. */
export const inOwn = (
  ctx: Context,
  amount: RawBuilder<unknown>,
  rate: RawBuilder<unknown>,
): RawBuilder<string> => sql<string>`round(${amount} * ${rate}, ${minorUnits(ctx.currency)}::int)`;
