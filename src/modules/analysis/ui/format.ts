import type { ValueKind } from '../../../platform/analysis/query.shared.ts';
import { currencySign } from '../../../platform/money/sign.shared.ts';
import { groupDigits, instantText } from '../../../web/fields/format.ts';

const rounded = (number: string, digits: number) =>
  groupDigits(Number(number).toFixed(digits).replace(/\.0+$/, ''));

/** A number as a table has it: exact. */
export function numberText(number: string | null | undefined, kind: ValueKind, currency: string): string {
  if (number == null) return '';
  switch (kind) {
    case 'money': {
      const [whole = '', fraction = ''] = number.split('.');
      const text = `${groupDigits(whole.replace('-', ''))}.${fraction.padEnd(2, '0').slice(0, 2)}`;
      return `${number.startsWith('-') ? '-' : ''}${currencySign(currency)}${text}`;
    }
    case 'percent':
      return `${(Number(number) * 100).toFixed(1)}%`;
    case 'days':
      return rounded(number, 1);
    case 'instant':
      return instantText(number.replace(' ', 'T').replace(/\+00$/, 'Z'));
    case 'number':
      return groupDigits(number.replace(/(\.\d*?)0+$/, '$1').replace(/\.$/, ''));
    default:
      return groupDigits(number);
  }
}

/** The same in a word, for charts and large figures. */
export function shortText(
  number: string | null | undefined,
  kind: ValueKind,
  currency: string,
  language: string,
): string {
  if (number == null || kind === 'date' || kind === 'instant' || kind === 'percent')
    return numberText(number, kind, currency);
  const value = Number(number);
  const size = Math.abs(value);
  const text = new Intl.NumberFormat(language, {
    notation: 'compact',
    maximumFractionDigits: kind === 'money' && size < 1000 ? 0 : 1,
  }).format(size);
  return `${value < 0 ? '-' : ''}${kind === 'money' ? currencySign(currency) : ''}${text}`;
}
