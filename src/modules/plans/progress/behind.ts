import { cutRecords, cutSums, mayTellCuts } from '../../../platform/achievements/cuts.ts';
import type { Behind } from '../../../platform/achievements/read.ts';
import type { Context } from '../../../platform/context/context.ts';
import { forbidden, invalid } from '../../../platform/errors/problem.ts';
import { lastDay, partsOf } from '../../../platform/time/period.shared.ts';
import type { Basis } from './basis.shared.ts';
import { closestOf } from './closest.shared.ts';
import { namedBy } from './places.ts';
import { mergedLines, planLines } from './read.ts';
import { sourceOf, tellsProduct } from './sources.ts';

interface BehindAsked {
  basis: Basis;
  /** Open business that is expected, instead of what came. */
  forecast: boolean;
  /** The line; empty is what no line is for. */
  key: string;
  /** Months of the year, from 0, both included. */
  from: number;
  to: number;
  cursor?: string | undefined;
  limit: number;
}

/** The caller's records that counted for a line of a plan in some months: exactly those its number was made of. */
export async function behindLine(
  ctx: Context,
  id: string,
  { basis, forecast, key, from, to, ...page }: BehindAsked,
): Promise<{ items: Behind[]; nextCursor: string | null }> {
  const { plan, lines } = await planLines(ctx, id);
  const whole = tellsProduct(sourceOf(ctx, basis));
  const merged = mergedLines(lines, whole);
  if (key !== '' && !merged.has(key)) throw invalid([{ path: 'key', code: 'unknown_reference' }]);
  const source = sourceOf(ctx, forecast ? 'forecast' : basis);
  const named = await namedBy(
    ctx,
    [...merged.values()].map(({ cut }) => cut),
    whole,
  );
  if (!mayTellCuts(ctx, source, named.apart)) throw forbidden('achievement_hidden');
  const months = partsOf('year', plan.startsOn as string, 'month');
  const [first, last] = [months[from], months[to]] as [string, string];
  const asked = { from: first, to: lastDay('month', last) };
  const closest = closestOf(new Set(merged.keys()));
  const sums = await cutSums(ctx, source, asked, named.apart);
  const cuts = sums.filter((sum) => (closest(named.soldAs(sum)) ?? '') === key);
  return cutRecords(ctx, source, asked, named.apart, cuts, page);
}
