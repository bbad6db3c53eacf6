import { z } from 'zod';
import type { Context } from '../../../platform/context/context.ts';
import { dayOf } from '../../../platform/context/day.ts';
import type { Filter } from '../../../platform/entity/meta.shared.ts';
import { notFound } from '../../../platform/errors/problem.ts';
import { type ForecastPeriod, periodAt, periodOf } from '../period.shared.ts';
import { FORECAST_BY } from './page.shared.ts';

/** Of which period, of whose business. */
export const scopeAsked = {
  period: z.string().max(7),
  owner: z.uuid().optional(),
  department: z.uuid().optional(),
  product: z.uuid().optional(),
  pipeline: z.uuid().optional(),
  /** The customer’s province. */
  region: z.string().max(60).optional(),
};
export const pageQuery = z.strictObject({ ...scopeAsked, by: z.enum(FORECAST_BY).default('owner') });
export type PageQuery = z.output<typeof pageQuery>;
export type ScopeAsked = Omit<PageQuery, 'by' | 'period'>;

/** The condition on opportunities that a scope is. */
export function filterOf({ owner, department, product, pipeline, region }: ScopeAsked): Filter | undefined {
  const parts: Filter[] = [];
  if (owner) parts.push({ field: 'owner', op: 'eq', value: owner });
  if (department) parts.push({ field: 'owner.department', op: 'eq', value: department });
  if (product) parts.push({ field: 'products', op: 'in', value: [product] });
  if (pipeline) parts.push({ field: 'pipeline', op: 'eq', value: pipeline });
  if (region) parts.push({ field: 'customer.province', op: 'eq', value: region });
  return parts.length ? { and: parts } : undefined;
}

/** The period a key names; `month` and `quarter` are those that run. */
export function periodAsked(ctx: Context, key: string): ForecastPeriod {
  if (key === 'month' || key === 'quarter') return periodAt(dayOf(ctx), key);
  const period = periodOf(key);
  if (!period) throw notFound('period');
  return period;
}
