import type { Context } from '../context/context.ts';
import { countRecords } from '../entity/list.ts';
import type { Filter } from '../entity/meta.shared.ts';
import { ProblemError } from '../errors/problem.ts';
import { translate } from '../i18n/translations.ts';
import { startOfDay } from '../time/instant.shared.ts';
import type { FigurePeriod, ReportFigure } from './figure.ts';

/** A figure of one person and period, with the list it counts. */
export interface CountedFigure {
  name: string;
  label: string;
  value: number;
  plural: string;
  filter: Filter;
}

/**
 * All figures the caller may know of a person's work. What the company has no module for is left out, and what would be counted
 * by a field he may not see.
 */
export async function countFigures(
  ctx: Context,
  person: string,
  period: FigurePeriod,
): Promise<CountedFigure[]> {
  const known = ctx.reportFigures.flatMap((figure) => {
    const entity = ctx.registry.byName.get(figure.entity);
    const policy = entity && ctx.policies.for(entity.name);
    return policy?.can('read') && policy.sees(figure.at) && policy.sees('owner') ? [{ figure, entity }] : [];
  });
  const counted = await Promise.all(
    known.map(async ({ figure, entity }): Promise<CountedFigure[]> => {
      const filter = filterOf(ctx, figure, entity?.fields[figure.at]?.kind === 'date', person, period);
      const value = await countRecords(ctx, figure.entity, { filter }).catch(unlessHidden);
      if (value === null) return [];
      const { name } = figure;
      return [{ name, label: figureLabel(ctx, name), value, plural: entity?.plural ?? '', filter }];
    }),
  );
  return counted.flat();
}

function unlessHidden(error: unknown): null {
  if (error instanceof ProblemError && error.code === 'bad_filter') return null;
  throw error;
}

export const figureLabel = (ctx: Context, name: string): string =>
  translate(ctx.registry.words, ctx.principal.language, `figure.${name}`, {});

function filterOf(
  ctx: Context,
  { at, filter }: ReportFigure,
  byDay: boolean,
  person: string,
  period: FigurePeriod,
): Filter {
  const after = Temporal.PlainDate.from(period.to).add({ days: 1 }).toString();
  const begin = byDay ? period.from : startOfDay(period.from, ctx.timeZone);
  const end = byDay ? after : startOfDay(after, ctx.timeZone);
  return {
    and: [
      { field: 'owner', op: 'eq', value: person },
      { field: at, op: 'gte', value: begin },
      { field: at, op: 'lt', value: end },
      ...(filter ? [filter(period)] : []),
    ],
  };
}
