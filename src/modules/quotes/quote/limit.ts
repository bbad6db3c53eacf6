import { z } from 'zod';
import type { Context } from '../../../platform/context/context.ts';
import { forbidden } from '../../../platform/errors/problem.ts';
import { Exact } from '../../../platform/money/money.shared.ts';
import { settingWithDefaults } from '../../../platform/settings/setting.ts';
import { policyOf } from '../../grades/public.ts';

const percent = z.number().min(0).max(100);

export const quoteRules = z.strictObject({
  /** Per cent that hold where neither grade nor role says otherwise; null is no limit. */
  limit: percent.nullable(),
  /** What people of a role may give by themselves. */
  roles: z.array(z.strictObject({ role: z.uuid(), percent })).max(50),
  /** Days a quote holds when nobody says until when. */
  validDays: z.int().min(1).max(365),
});
export type QuoteRules = z.infer<typeof quoteRules>;

const setting = settingWithDefaults<QuoteRules>('quotes', { limit: null, roles: [], validDays: 30 });

/** What the company says of quotes; defaults where nobody said anything. */
export const readRules = ({ db }: Pick<Context, 'db'>): Promise<QuoteRules> => setting.read(db);

/** Changes it; administrators only. */
export async function writeRules(ctx: Context, next: QuoteRules): Promise<QuoteRules> {
  if (!ctx.policies.administrator) throw forbidden();
  return setting.change(ctx, next);
}

/**
 * How many per cent the caller may give a customer without asking: what the customer's grade allows, or more where his role
 * does; else what holds for everybody. Null where nobody set a limit.
 */
export async function limitFor(ctx: Context, customer: string): Promise<number | null> {
  const [rules, policy] = await Promise.all([readRules(ctx), policyOf(ctx, customer)]);
  const byRole = rules.roles.filter(({ role }) => ctx.principal.roleIds.includes(role));
  const said = [...byRole.map((each) => each.percent), policy?.discountPercent].filter(
    (each): each is number => each !== undefined,
  );
  return said.length ? Math.max(...said) : rules.limit;
}

/** Whether somebody has to agree first: the discount is over the limit, or a line is below its lowest price or margin. */
export const isOver = (rate: string | null, below: boolean, limit: number | null): boolean =>
  below || (limit !== null && new Exact(rate ?? 0).gt(limit));
