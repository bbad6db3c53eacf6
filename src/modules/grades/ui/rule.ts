import type { Filter } from '../../../web/api/types.ts';
import { group, isGroup, partsOf, tidy } from '../../../web/list/filterModel.ts';
import type { MeasureTerm, RuleFilter } from '../scheme/definition.shared.ts';

/** A rule as it is edited: conditions on fields and records, and numbers compared; all must hold. */
export interface Rule {
  filter: Filter;
  measures: MeasureTerm['measure'][];
}

const isMeasure = (part: unknown): part is MeasureTerm =>
  typeof part === 'object' && part !== null && 'measure' in part;

/** Takes a stored rule apart. */
export function ruleOf(filter: RuleFilter | null | undefined): Rule {
  if (!filter) return { filter: group('and', []), measures: [] };
  const parts = 'and' in filter ? (filter.and as RuleFilter[]) : [filter];
  const others = parts.filter((part) => !isMeasure(part)) as Filter[];
  const [only] = others;
  return {
    filter:
      others.length === 1 && only && isGroup(only) && partsOf(only).length ? only : group('and', others),
    measures: parts.filter(isMeasure).map(({ measure }) => measure),
  };
}

/** Puts it together again, without what is not filled in yet; null when nothing is said. */
export function filterOfRule({ filter, measures }: Rule): RuleFilter | null {
  const tidied = tidy(filter);
  const parts: RuleFilter[] = tidied ? ('and' in tidied ? tidied.and : [tidied]) : [];
  const all = [...parts, ...measures.filter(({ name }) => name).map((measure) => ({ measure }))];
  return all.length ? { and: all } : null;
}
