import { z } from 'zod';
import type { Context } from '../../../platform/context/context.ts';
import { forbidden, invalid } from '../../../platform/errors/problem.ts';
import { settingWithDefaults } from '../../../platform/settings/setting.ts';
import { DEFAULT_LIMITS } from '../closeness/rule.ts';
import { DEFAULT_RULES } from './cap.ts';

const share = z.string().regex(/^0(\.\d{1,6})?$/);
const amount = z.string().regex(/^\d{1,12}(\.\d{1,2})?$/);

export const careSettings = z.strictObject({
  lowShare: share,
  highShare: share,
  allowance: amount,
  closeness: z.strictObject({
    minSpend: amount,
    risePercent: z.int().min(0).max(1000),
    personPercent: z.int().min(1).max(100),
  }),
});
export type CareSettings = z.infer<typeof careSettings>;

const setting = settingWithDefaults<CareSettings>('care', { ...DEFAULT_RULES, closeness: DEFAULT_LIMITS });

/** What the company allows; defaults where nobody said anything. */
export const readRules = ({ db }: Pick<Context, 'db'>): Promise<CareSettings> => setting.read(db);

/** Changes it; administrators only. */
export async function writeRules(ctx: Context, next: CareSettings): Promise<CareSettings> {
  if (!ctx.policies.administrator) throw forbidden();
  if (Number(next.lowShare) > Number(next.highShare))
    throw invalid([{ path: 'lowShare', code: 'care_shares_crossed' }]);
  return setting.change(ctx, next);
}
