import { type RawBuilder, type SqlBool, sql } from 'kysely';
import { z } from 'zod';
import type { Context } from '../../../platform/context/context.ts';
import { dayOf } from '../../../platform/context/day.ts';
import type { NamedTerm } from '../../../platform/entity/filter.ts';
import { badFilter } from '../../../platform/entity/filter-compare.ts';
import { problem } from '../../../platform/errors/problem.ts';
import { lastDays, type MeasureSpec } from '../../../platform/measures/measure.ts';

/** A measure by name; a module that would tell it may not be there yet. */
export function measureNamed(ctx: Context, name: string): MeasureSpec {
  const measure = ctx.measures.get(name);
  if (measure?.entity !== 'customer')
    throw problem('measure_missing', {
      status: 409,
      params: {
        name:
          ctx.registry.words[ctx.principal.language === 'en' ? 'en' : 'zh'][`measure.${name}`] ??
          name.slice(0, 60),
      },
    });
  return measure;
}

/** A measure's number of customer rows `alias`. */
export function measureValue(
  ctx: Context,
  alias: string,
  name: string,
  days: number | undefined,
): RawBuilder<unknown> {
  const measure = measureNamed(ctx, name);
  const period = lastDays(dayOf(ctx), days ?? measure.days ?? 1);
  return sql`(${measure.value({ ctx, alias }, period)})::numeric`;
}

const input = z.strictObject({
  name: z.string().max(60),
  days: z.int().min(1).max(3650).optional(),
  op: z.enum(['gte', 'gt', 'lte', 'lt', 'eq']),
  value: z.number(),
});

const OPERATORS = { gte: sql`>=`, gt: sql`>`, lte: sql`<=`, lt: sql`<`, eq: sql`=` };

/** `{"measure": {…}}` in a rule. Only rules know it: measures look beyond what a single person may see. */
const measureTerm: NamedTerm = async ({ ctx, alias }, raw, path) => {
  const parsed = input.safeParse(raw);
  if (!parsed.success) throw badFilter(path, 'wrong_type', { expected: 'measure' });
  const { name, days, op, value } = parsed.data;
  const own = measureValue(ctx, alias, name, days);
  return { condition: sql<SqlBool>`${own} ${OPERATORS[op]} ${value}::numeric`, indexed: true };
};

/** The same circumstances in which filters understand measures. */
export const withMeasures = (ctx: Context): Context => ({
  ...ctx,
  filterTerms: new Map([...ctx.filterTerms, ['measure', measureTerm]]),
});
