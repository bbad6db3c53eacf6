import type { MoneyValue } from '../entity/meta.shared.ts';
import type { Field } from '../entity/types.ts';
import type { Language, Translations } from '../i18n/translations.ts';
import type { CellValue, Column } from '../tabular/write-types.ts';
import { instantToLocal } from '../time/instant.shared.ts';
import { splitList } from '../values/choice.ts';
import { tidyLine } from '../values/text.shared.ts';

/** How one person's files are written: his language, his time zone, the company's currency. */
export interface CellStyle {
  language: Language;
  words: Translations;
  timeZone: string;
  currency: string;
}

/** The kind of spreadsheet column a field becomes. Masked values are no numbers any more. */
export function columnKind(field: Pick<Field, 'kind'>, masked: boolean): Column['kind'] {
  if (masked) return 'text';
  switch (field.kind) {
    case 'integer':
    case 'decimal':
    case 'money':
      return 'number';
    case 'date':
      return 'date';
    case 'instant':
      return 'datetime';
    default:
      return 'text';
  }
}

/** A wire value as it stands in a file, so that importing the file gives the same value again. */
export function cellOf(field: Pick<Field, 'kind' | 'options'>, value: unknown, style: CellStyle): CellValue {
  if (value === null || value === undefined || value === '') return null;
  if (Array.isArray(value)) {
    const parts = value.flatMap((each) => part(field, each, style) ?? []);
    return parts.length ? parts.join('、') : null;
  }
  return part(field, value, style, true);
}

function part(
  field: Pick<Field, 'kind' | 'options'>,
  value: unknown,
  style: CellStyle,
  alone = false,
): string | null {
  if (typeof value === 'boolean')
    return style.words[style.language][value ? 'value.yes' : 'value.no'] ?? String(value);
  if (typeof value === 'object' && value !== null) {
    if ('amount' in value) return moneyText(value as MoneyValue, style.currency);
    if ('id' in value) return linkText(value as { id: string; title?: string | null }, alone);
    return JSON.stringify(value);
  }
  const text = String(value);
  if (field.kind === 'json') return JSON.stringify(value);
  const option = field.options.find((each) => each.value === text);
  if (option) return option[style.language];
  if (field.kind === 'instant') return instantToLocal(text, style.timeZone).slice(0, 19);
  return text;
}

/** An amount in another currency than the company's says so. */
const moneyText = ({ amount, currency }: MoneyValue, base: string) =>
  currency === base ? amount : `${currency} ${amount}`;

/** A name that a file would spoil, or that would fall apart among others, is written as its id. What the caller may not see is not there. */
function linkText({ id, title }: { id: string; title?: string | null }, alone: boolean): string | null {
  if (title === null || title === undefined || title === '') return null;
  const whole = alone || splitList(title)[0] === title;
  return whole && tidyLine(title) === title ? title : id;
}
