import { z } from 'zod';
import type { Context } from '../../../platform/context/context.ts';
import { forbidden } from '../../../platform/errors/problem.ts';
import { settingWithDefaults } from '../../../platform/settings/setting.ts';

export const marginRules = z.strictObject({
  /** Per cent of what is sold, without tax, that is to be left where neither product nor category says otherwise. */
  minimum: z.number().min(0).max(100).nullable(),
});
export type MarginRules = z.infer<typeof marginRules>;

const setting = settingWithDefaults<MarginRules>('margin', { minimum: null });

/** What the company wants to earn at least. */
export const readMarginRules = ({ db }: Pick<Context, 'db'>): Promise<MarginRules> => setting.read(db);

/** Changes it; administrators only. */
export async function writeMarginRules(ctx: Context, next: MarginRules): Promise<MarginRules> {
  if (!ctx.policies.administrator) throw forbidden();
  return setting.change(ctx, next);
}
