import { z } from 'zod';
import type { Context } from '../../../platform/context/context.ts';
import { forbidden } from '../../../platform/errors/problem.ts';
import { settingWithDefaults } from '../../../platform/settings/setting.ts';

const amount = z.string().regex(/^\d{1,12}(\.\d{1,2})?$/);
const weight = z.int().min(0).max(100);

export const valueWeights = z.strictObject({
  /** Parts of the demonstration score. */
  influence: weight,
  showcase: weight,
  /** What the best example to its trade is worth in a year. */
  demonstration: amount,
  /** What the best word of mouth is worth in a year. */
  wordOfMouth: amount,
  /** What a customer that came by recommendation saves: the cost of winning it. */
  perReferral: amount,
});
export type ValueWeights = z.infer<typeof valueWeights>;

const setting = settingWithDefaults<ValueWeights>('value', {
  influence: 60,
  showcase: 40,
  demonstration: '20000',
  wordOfMouth: '10000',
  perReferral: '2000',
});

/** What judgements are worth in money; defaults where nobody said anything. */
export const readWeights = ({ db }: Pick<Context, 'db'>): Promise<ValueWeights> => setting.read(db);

/** Changes it; administrators only. Values are reckoned when they are looked at, so this holds at once. */
export async function writeWeights(ctx: Context, next: ValueWeights): Promise<ValueWeights> {
  if (!ctx.policies.administrator) throw forbidden();
  return setting.change(ctx, next);
}
