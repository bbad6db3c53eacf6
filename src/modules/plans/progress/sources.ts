import type { Tally } from '../../../platform/achievements/achievement.ts';
import type { Context } from '../../../platform/context/context.ts';
import { forbidden } from '../../../platform/errors/problem.ts';
import { expected } from '../../forecast/public.ts';
import type { Basis } from './basis.shared.ts';

/** What a plan is compared with, as records that are added up: the same ones as targets and reports count. */
export function sourceOf(ctx: Context, basis: Basis | 'forecast'): Tally {
  if (basis === 'forecast') return expected;
  const achievement = ctx.achievements.find(({ name }) => name === basis);
  if (!achievement) throw forbidden('achievement_hidden');
  return achievement.byProduct ?? achievement.whole;
}

export const tellsProduct = ({ product, category }: Tally): boolean => Boolean(product && category);
