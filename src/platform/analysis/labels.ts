import type { Context } from '../context/context.ts';
import { titlesOf, type Wanted, want } from '../entity/titles.ts';
import { translate } from '../i18n/translations.ts';
import type { Group } from './groups.ts';
import type { AnswerKey, DatePart } from './query.shared.ts';

const say = (ctx: Context, key: string, params: Record<string, string | number> = {}) =>
  translate(ctx.registry.words, ctx.principal.language, key, params);

/** Names keys as people read them; names of records in one question for each record type. */
export async function namesOf(
  ctx: Context,
  groups: readonly Pick<Group, 'spec' | 'field'>[],
  keys: readonly (readonly (string | null)[])[],
): Promise<(group: number, key: string | null) => AnswerKey> {
  const wanted: Wanted = new Map();
  groups.forEach(({ field }, at) => {
    if (!field.to) return;
    for (const each of keys) if (each[at]) want(wanted, field.to, each[at] as string);
  });
  const titles = await titlesOf(ctx, wanted);
  return (at, key) => {
    const group = groups[at] as Group;
    return { key, label: labelOf(ctx, group, key, titles) };
  };
}

function labelOf(
  ctx: Context,
  { spec, field }: Pick<Group, 'spec' | 'field'>,
  key: string | null,
  titles: ReadonlyMap<string, string>,
): string {
  if (key === null) return say(ctx, 'analysis.none');
  if (spec.by) return periodLabel(ctx, key, spec.by);
  if (spec.cuts) return rangeLabel(ctx, spec.cuts, Number(key));
  if (field.to) return titles.get(key) ?? say(ctx, 'analysis.unseen');
  if (field.kind === 'boolean') return say(ctx, key === 'true' ? 'analysis.yes' : 'analysis.no');
  const option = field.options.find(({ value }) => value === key);
  return option?.[ctx.principal.language] ?? key;
}

/** 2026年, 2026年三季度, 2026-11, 2026-11-23 起一周. */
function periodLabel(ctx: Context, day: string, by: DatePart): string {
  const { year, month } = Temporal.PlainDate.from(day);
  if (by === 'year') return say(ctx, 'analysis.year', { year });
  if (by === 'quarter') return say(ctx, 'analysis.quarter', { year, quarter: Math.ceil(month / 3) });
  if (by === 'month') return day.slice(0, 7);
  return by === 'week' ? say(ctx, 'analysis.week', { day }) : day;
}

const written = (ctx: Context, number: number | undefined) =>
  new Intl.NumberFormat(ctx.principal.language).format(number ?? 0);

function rangeLabel(ctx: Context, cuts: readonly number[], at: number): string {
  if (at === 0) return say(ctx, 'analysis.below', { to: written(ctx, cuts[0]) });
  if (at === cuts.length) return say(ctx, 'analysis.from', { from: written(ctx, cuts[at - 1]) });
  return say(ctx, 'analysis.between', { from: written(ctx, cuts[at - 1]), to: written(ctx, cuts[at]) });
}
