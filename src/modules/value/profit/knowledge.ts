import type { Context } from '../../../platform/context/context.ts';
import { forbidden } from '../../../platform/errors/problem.ts';
import type { MeasureSpec } from '../../../platform/measures/measure.ts';
import { knowsJudgements, knowsReferrals } from '../values/worth.ts';

/** What the reader is told, and what nobody knows yet; a number that is not known is left out and never 0. */
export interface Knowledge {
  sales: boolean;
  margin: boolean;
  demonstration: boolean;
  referral: boolean;
}

/** By who spent there are costs only: what a customer brings is not one person's. */
export const NOTHING: Knowledge = { sales: false, margin: false, demonstration: false, referral: false };

/** A measure of customers, as far as a module tells it and the reader may know it. */
export function measureFor(ctx: Context, name: string): MeasureSpec | null {
  const measure = ctx.measures.get(name);
  if (measure?.entity !== 'customer') return null;
  if (!measure.reads) return measure;
  const policy = ctx.policies.for(measure.reads.entity);
  return policy.can('read') && measure.reads.fields.every((field) => policy.sees(field)) ? measure : null;
}

export const knowledgeOf = (ctx: Context): Knowledge => ({
  sales: measureFor(ctx, 'sales') !== null,
  margin: measureFor(ctx, 'margin') !== null,
  demonstration: knowsJudgements(ctx),
  referral: knowsJudgements(ctx) || knowsReferrals(ctx),
});

/** What the page is about is costs: without sight of them there is none. */
export function requireCosts(ctx: Context, fields: readonly string[] = []): void {
  const policy = ctx.policies.for('costEntry');
  const needed = ['customer', 'amount', 'phase', 'day', ...fields];
  if (!policy.can('read') || !needed.every((field) => policy.sees(field))) throw forbidden();
}
