import type {
  AnswerLine,
  AnswerValue,
  ReportAnswer,
  ValueKind,
} from '../../../platform/analysis/query.shared.ts';
import type { Context } from '../../../platform/context/context.ts';
import { filteredField } from '../../../platform/entity/filter-compare.ts';
import type { Filter } from '../../../platform/entity/meta.shared.ts';
import { entityNamed } from '../../../platform/entity/registry.ts';
import { translate } from '../../../platform/i18n/translations.ts';

export const say = (ctx: Context, key: string): string =>
  translate(ctx.registry.words, ctx.principal.language, `shipped.${key}`);

export const numbered = (ctx: Context, label: string, kind: ValueKind, additive = false): AnswerValue => ({
  label: say(ctx, label),
  kind,
  filter: null,
  additive,
});

/** More records than these are not named one by one. */
export const MOST_NAMED = 500;

/** Records by their ids, as a list is asked for them; undefined where there are too many. */
export const idFilter = (ids: readonly string[] | null): Filter | null =>
  ids && ids.length > 0 && ids.length <= MOST_NAMED ? { field: 'id', op: 'in', value: ids } : null;

/** A report of opportunities that was worked out by hand. */
export function answerOf(
  ctx: Context,
  begin: number,
  told: {
    head: ReportAnswer['rows'][number];
    values: AnswerValue[];
    lines: AnswerLine[];
    all: (string | null)[];
  },
): ReportAnswer {
  const { name, plural } = entityNamed(ctx.registry, 'opportunity');
  return {
    entity: name,
    plural,
    filter: null,
    rows: [told.head],
    columns: [],
    values: told.values,
    columnKeys: [{ keys: [], filter: null }],
    lines: told.lines,
    totals: { columns: [told.all], all: told.all },
    found: told.lines.length,
    at: ctx.now,
    ms: Math.round(performance.now() - begin),
  };
}

/** What a report tells of steps is what its reader may see on the record. */
export function mustSee(ctx: Context, ...fields: string[]): void {
  const policy = ctx.policies.for('opportunity');
  for (const name of fields) filteredField(name, 'report', { ctx, policy, alias: 't' });
}
