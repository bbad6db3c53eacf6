import type { Context } from '../context/context.ts';
import { titlesOf } from '../entity/titles.ts';
import { UNRATED } from '../rates/unrated.ts';
import { mappedField } from './questions.ts';
import type { RowRelations } from './relations.ts';
import { LISTED, type StageState } from './stage-state.ts';
import type { MatchedName, Reason } from './types.ts';

/** Names of a field that are counted where they were taken for a record written otherwise. */
const MOST_MATCHED = 5_000;

/** Counts names that were taken for a record written otherwise; of very many different ones those that came first. */
export function noteMatched({ matched }: StageState, names: RowRelations['matched']): void {
  for (const { path, text, id } of names) {
    const known = matched.get(path) ?? new Map<string, { id: string; rows: number }>();
    matched.set(path, known);
    const entry = known.get(text);
    if (entry) entry.rows += 1;
    else if (known.size < MOST_MATCHED) known.set(text, { id, rows: 1 });
  }
}

/** What holds for every row alike is told once of the file: takes currencies without a rate out of a row's warnings. */
export function takeUnrated(
  { unrated }: StageState,
  warnings: readonly Reason[],
  { counts }: { counts: boolean },
): Reason[] {
  for (const { code, params } of warnings) {
    if (code !== UNRATED || !counts) continue;
    const [currency, day] = [String(params?.currency), String(params?.day)];
    const entry = unrated.get(currency) ?? { currency, rows: 0, from: day };
    entry.rows += 1;
    if (day < entry.from) entry.from = day;
    unrated.set(currency, entry);
  }
  return warnings.filter(({ code }) => code !== UNRATED);
}

/** What was counted, in the form people read; titles as far as the caller may read them. */
export async function tellMatched(
  ctx: Context,
  { plan, matched }: StageState,
): Promise<Record<string, MatchedName[]>> {
  const told: [string, MatchedName[]][] = [];
  for (const [path, names] of matched) {
    const to = mappedField(ctx, plan.entity, path)?.to as string;
    const most = [...names].sort(([, a], [, b]) => b.rows - a.rows).slice(0, LISTED);
    const titles = await titlesOf(ctx, new Map([[to, new Set(most.map(([, { id }]) => id))]]));
    told.push([path, most.map(([text, { id, rows }]) => ({ text, title: titles.get(id) ?? '', rows }))]);
  }
  return Object.fromEntries(told);
}
