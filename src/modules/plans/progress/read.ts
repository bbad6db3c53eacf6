import { type CutSum, cutSums, mayTellCuts } from '../../../platform/achievements/cuts.ts';
import type { Context } from '../../../platform/context/context.ts';
import { dayOf } from '../../../platform/context/day.ts';
import type { Link, WireRecord } from '../../../platform/entity/meta.shared.ts';
import { readRecord } from '../../../platform/entity/records.ts';
import { forbidden } from '../../../platform/errors/problem.ts';
import { Exact } from '../../../platform/money/money.shared.ts';
import { workdaysBetween } from '../../../platform/time/business-calendar.ts';
import { lastDay, partsOf } from '../../../platform/time/period.shared.ts';
import type { Cut } from '../plan/cut.shared.ts';
import { monthsFrom, NO_MONTHS } from '../plan/months.shared.ts';
import type { Basis } from './basis.shared.ts';
import { closestOf, keyOfCut, seenBy } from './closest.shared.ts';
import { namedBy } from './places.ts';
import type { Figures, Progress, ProgressLine } from './progress.shared.ts';
import { sourceOf, tellsProduct } from './sources.ts';

/** A line of a plan with what it is for. */
export interface PlanLine {
  cut: Cut;
  names: ProgressLine['names'];
  amounts: string[];
  quantities: string[];
}

/** The lines of a plan the caller may read. */
export async function planLines(ctx: Context, id: string): Promise<{ plan: WireRecord; lines: PlanLine[] }> {
  const plan = await readRecord(ctx, 'salesPlan', id);
  const lines = (plan.lines as WireRecord[]).map((line): PlanLine => {
    const link = (name: string) => (line[name] as Link | null | undefined) ?? null;
    const text = (name: string) => (line[name] as string | null | undefined) ?? null;
    return {
      cut: {
        product: link('product')?.id ?? null,
        category: link('category')?.id ?? null,
        area: text('area'),
        channel: text('channel'),
        partner: link('partner')?.id ?? null,
      },
      names: {
        product: link('product')?.title ?? null,
        category: link('category')?.title ?? null,
        partner: link('partner')?.title ?? null,
      },
      amounts: monthsFrom(line.amounts) ?? [...NO_MONTHS],
      quantities: monthsFrom(line.quantities) ?? [...NO_MONTHS],
    };
  });
  return { plan, lines };
}

/** A plan beside what came, of the records the caller may see, and beside what open business is expected to bring. */
export async function progressOf(ctx: Context, id: string, basis: Basis): Promise<Progress> {
  const { plan, lines } = await planLines(ctx, id);
  const startsOn = plan.startsOn as string;
  const source = sourceOf(ctx, basis);
  const whole = tellsProduct(source);
  const merged = mergedLines(lines, whole);
  const came = await sumsFor(ctx, merged, startsOn, basis);
  if (!came) throw forbidden('achievement_hidden');
  const open = await sumsFor(ctx, merged, startsOn, 'forecast', whole);
  const nothing = () => figures();
  return {
    id,
    title: plan.title,
    basis,
    startsOn,
    months: partsOf('year', startsOn, 'month'),
    today: dayOf(ctx),
    currency: ctx.currency,
    tellsProduct: whole,
    tellsQuantity: source.quantity !== undefined,
    part: ctx.policies.for(source.entity).scope('read').kind !== 'all',
    elapsed: elapsedOf(ctx, startsOn),
    lines: [...merged].map(
      ([key, line]): ProgressLine => ({
        key,
        cut: line.cut,
        names: line.names,
        plan: { amounts: line.amounts, quantities: line.quantities },
        actual: came.get(key) ?? nothing(),
        forecast: open ? (open.get(key) ?? nothing()) : null,
      }),
    ),
    rest: { actual: came.get('') ?? nothing(), forecast: open ? (open.get('') ?? nothing()) : null },
    at: ctx.now,
  };
}

/** Lines as far as a source tells them apart. */
export function mergedLines(lines: readonly PlanLine[], whole: boolean): Map<string, PlanLine> {
  const merged = new Map<string, PlanLine>();
  for (const line of lines) {
    const key = keyOfCut(line.cut, whole);
    const before = merged.get(key);
    merged.set(key, {
      cut: seenBy(line.cut, whole),
      names: whole ? line.names : { ...line.names, product: null, category: null },
      amounts: added(line.amounts, before?.amounts),
      quantities: added(line.quantities, before?.quantities),
    });
  }
  return merged;
}

const added = (one: readonly string[], other: readonly string[] = []): string[] =>
  one.map((amount, at) => new Exact(amount).plus(other[at] ?? 0).toFixed());

const figures = (): Figures => ({ amounts: [...NO_MONTHS], quantities: [...NO_MONTHS], records: 0 });

/**
 * What a year came to for each line; under an empty key what no line is for. Null where the caller may not know of it.
 * @param whole whether lines are told apart by product
 */
export async function sumsFor(
  ctx: Context,
  lines: ReadonlyMap<string, Pick<PlanLine, 'cut'>>,
  startsOn: string,
  basis: Basis | 'forecast',
  whole = tellsProduct(sourceOf(ctx, basis)),
): Promise<Map<string, Figures> | null> {
  const source = sourceOf(ctx, basis);
  const named = await namedBy(
    ctx,
    [...lines.values()].map(({ cut }) => cut),
    whole,
  );
  if (!mayTellCuts(ctx, source, named.apart)) return null;
  const months = partsOf('year', startsOn, 'month');
  const closest = closestOf(new Set(lines.keys()));
  const sums = new Map<string, Figures>();
  const put = (sum: CutSum) => {
    const at = months.indexOf(sum.month);
    if (at < 0) return;
    const key = closest(named.soldAs(sum)) ?? '';
    const into = sums.get(key) ?? figures();
    sums.set(key, into);
    into.amounts[at] = new Exact(into.amounts[at] ?? 0).plus(sum.amount).toFixed();
    into.quantities[at] = new Exact(into.quantities[at] ?? 0).plus(sum.quantity ?? 0).toFixed();
    into.records += sum.records;
  };
  for (const sum of await cutSums(
    ctx,
    source,
    { from: startsOn, to: lastDay('year', startsOn) },
    named.apart,
  ))
    put(sum);
  return sums;
}

/** How much of each month has gone by, in working days: a plan is behind by these. */
function elapsedOf(ctx: Context, startsOn: string): number[] {
  const today = dayOf(ctx);
  return partsOf('year', startsOn, 'month').map((month) => {
    const last = lastDay('month', month);
    if (last < today) return 1;
    if (month > today) return 0;
    const eve = Temporal.PlainDate.from(month).subtract({ days: 1 }).toString();
    const all = workdaysBetween(ctx.businessDays, eve, last);
    return all === 0 ? 1 : workdaysBetween(ctx.businessDays, eve, today) / all;
  });
}
