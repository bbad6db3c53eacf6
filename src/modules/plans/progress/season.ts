import type { Context } from '../../../platform/context/context.ts';
import { readRecord } from '../../../platform/entity/records.ts';
import { forbidden } from '../../../platform/errors/problem.ts';
import { yearBefore } from '../../../platform/time/period.shared.ts';
import { type Cut, cutKey } from '../plan/cut.shared.ts';
import { NO_MONTHS } from '../plan/months.shared.ts';
import { sumsFor } from './read.ts';

export interface Season {
  amounts: string[];
  quantities: string[];
}

/** What was ordered in each month of the year before, for lines in their order, also such as are not stored yet. */
export async function seasonOf(
  ctx: Context,
  id: string,
  asked: readonly Partial<Record<keyof Cut, string | null | undefined>>[],
): Promise<Season[]> {
  const plan = await readRecord(ctx, 'salesPlan', id);
  const cuts = asked.map(
    ({ product = null, category = null, area = null, channel = null, partner = null }): Cut => ({
      product,
      category,
      area,
      channel,
      partner,
    }),
  );
  const lines = new Map(cuts.map((cut) => [cutKey(cut), { cut }]));
  const sums = await sumsFor(ctx, lines, yearBefore(plan.startsOn as string), 'orders');
  if (!sums) throw forbidden('achievement_hidden');
  return cuts.map((cut) => {
    const found = sums.get(cutKey(cut));
    return found
      ? { amounts: found.amounts, quantities: found.quantities }
      : { amounts: [...NO_MONTHS], quantities: [...NO_MONTHS] };
  });
}
