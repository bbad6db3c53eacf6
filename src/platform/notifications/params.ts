import type { Context } from '../context/context.ts';
import type { Wanted } from '../entity/titles.ts';
import { want } from '../entity/titles.ts';
import { translate } from '../i18n/translations.ts';
import { formatDate, formatInstant } from '../time/format.shared.ts';

/** What a text tells, kept so that it can be told in any language: text as it stands, or a value to be put into words. */
export type Param =
  | string
  | number
  | null
  /** A date `YYYY-MM-DD`. */
  | { date: string }
  /** A point in time. */
  | { instant: string }
  /** A translation of its own. */
  | { text: string }
  /** The name of a record type. */
  | { type: string }
  /** An option of a choice field. */
  | { option: { entity: string; field: string; value: string } }
  /** Another record; who may not see it is not told its name. */
  | { record: { entity: string; id: string } };

export type Params = Record<string, Param>;

/** Marks the records a notification names, to be looked up together. */
export function wantParams(wanted: Wanted, params: Params): void {
  for (const param of Object.values(params))
    if (typeof param === 'object' && param !== null && 'record' in param)
      want(wanted, param.record.entity, param.record.id);
}

/** Params as a reader reads them. */
export function spelled(
  ctx: Context,
  params: Params,
  titles: ReadonlyMap<string, string>,
): Record<string, string> {
  return Object.fromEntries(Object.entries(params).map(([name, param]) => [name, word(ctx, param, titles)]));
}

function word(ctx: Context, param: Param, titles: ReadonlyMap<string, string>): string {
  const { language, timeZone } = ctx.principal;
  const { words, byName } = ctx.registry;
  if (typeof param !== 'object' || param === null) return String(param ?? '');
  if ('date' in param) return formatDate(param.date, language);
  if ('instant' in param) return formatInstant(param.instant, language, timeZone);
  if ('text' in param) return translate(words, language, param.text);
  if ('type' in param) return byName.get(param.type)?.label[language] ?? param.type;
  if ('record' in param)
    return titles.get(param.record.id) ?? translate(words, language, 'notification.unseen');
  const { entity, field, value } = param.option;
  const option = byName.get(entity)?.fields[field]?.options.find((each) => each.value === value);
  return option?.[language] ?? value;
}
