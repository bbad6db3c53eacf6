import type { Context } from '../context/context.ts';
import { formatMoney } from '../money/format.shared.ts';
import type { Money } from '../money/money.shared.ts';
import { formatDate, formatInstant } from '../time/format.shared.ts';
import type { WireRecord } from './meta.shared.ts';
import type { Entity, Field } from './types.ts';

/** A field's wire value as words for the caller: his language, his time zone. Empty values give empty text. */
export function fieldText(ctx: Context, field: Pick<Field, 'kind' | 'options'>, value: unknown): string {
  const { language, timeZone } = ctx.principal;
  if (value === null || value === undefined || value === '') return '';
  if (Array.isArray(value)) {
    return value.map((each) => fieldText(ctx, field, each)).join(language === 'zh' ? '、' : ', ');
  }
  const option = field.options.find((each) => each.value === value);
  if (option) return option[language];
  if (typeof value === 'boolean')
    return ctx.registry.words[language][value ? 'value.yes' : 'value.no'] ?? String(value);
  if (typeof value === 'object') {
    if ('amount' in value) return formatMoney(value as Money);
    if ('title' in value) return String(value.title ?? '—');
    return JSON.stringify(value);
  }
  if (value === MASK) return MASK;
  if (field.kind === 'instant') return formatInstant(String(value), language, timeZone);
  if (field.kind === 'date') return formatDate(String(value), language);
  return String(value);
}

const MASK = '****';

/** The second line under a record's title, as far as the record holds it for the caller. */
export function subtitleOf(ctx: Context, entity: Entity, record: WireRecord): string {
  const fields = (entity.subtitle ?? []).flatMap((name) => entity.fields[name] ?? []);
  const words = fields.map((field) => fieldText(ctx, field, record[field.name]));
  return words.filter(Boolean).join(' · ');
}
