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
  /** A translation of its own; it may use `{actor}` and `{record}` too. */
  | { text: string; params?: Params }
  /** The name of a record type. */
  | { type: string }
  /** The names of several. */
  | { types: readonly string[] }
  /** Names of fields, as far as the reader knows of them. */
  | { fields: { entity: string; names: readonly string[] } }
  /** An option of a choice field. */
  | { option: { entity: string; field: string; value: string } }
  /** Another record; who may not see it is not told its name. */
  | { record: { entity: string; id: string } }
  /** A record whose name the reader is told whether or not he may open it: he was asked to decide on it. */
  | { told: { entity: string; id: string } };

export interface Params {
  [name: string]: Param;
}

/** Marks the records a notification names, to be looked up together. */
export function wantParams(wanted: Wanted, params: Params): void {
  for (const param of Object.values(params))
    if (typeof param === 'object' && param !== null && 'record' in param)
      want(wanted, param.record.entity, param.record.id);
}

/** Marks the records whose names are told to whoever the notification was sent to. */
export function wantTold(wanted: Wanted, params: Params): void {
  for (const param of Object.values(params))
    if (typeof param === 'object' && param !== null && 'told' in param)
      want(wanted, param.told.entity, param.told.id);
}

/** Under which a told name stands beside those the reader may see by himself. */
export const toldKey = (id: string): string => `told:${id}`;

/** Params as a reader reads them. */
export function spelled(
  ctx: Context,
  params: Params,
  titles: ReadonlyMap<string, string>,
  base: Record<string, string> = {},
): Record<string, string> {
  const words = Object.entries(params).map(([name, param]) => [name, word(ctx, param, titles, base)]);
  return { ...Object.fromEntries(words), ...base };
}

function word(
  ctx: Context,
  param: Param,
  titles: ReadonlyMap<string, string>,
  base: Record<string, string>,
): string {
  const { language, timeZone } = ctx.principal;
  const { words, byName } = ctx.registry;
  if (typeof param !== 'object' || param === null) return String(param ?? '');
  if ('date' in param) return formatDate(param.date, language);
  if ('instant' in param) return formatInstant(param.instant, language, timeZone);
  if ('text' in param)
    return translate(words, language, param.text, spelled(ctx, param.params ?? {}, titles, base));
  if ('type' in param) return byName.get(param.type)?.label[language] ?? param.type;
  if ('types' in param)
    return listed(
      ctx,
      param.types.map((name) => byName.get(name)?.label[language] ?? name),
    );
  if ('record' in param)
    return titles.get(param.record.id) ?? translate(words, language, 'notification.unseen');
  if ('told' in param)
    return titles.get(toldKey(param.told.id)) ?? translate(words, language, 'notification.unseen');
  if ('fields' in param) return fieldNames(ctx, param.fields);
  const { entity, field, value } = param.option;
  const option = byName.get(entity)?.fields[field]?.options.find((each) => each.value === value);
  return option?.[language] ?? value;
}

function fieldNames(ctx: Context, { entity, names }: { entity: string; names: readonly string[] }): string {
  const { language } = ctx.principal;
  const fields = ctx.registry.byName.get(entity)?.fields ?? {};
  const known = names.filter((name) => fields[name] && ctx.policies.for(entity).right(name) !== 'hidden');
  return listed(
    ctx,
    known.map((name) => fields[name]?.label[language] ?? name),
  );
}

const listed = ({ principal }: Context, words: readonly string[]) =>
  words.join(principal.language === 'zh' ? '、' : ', ');
