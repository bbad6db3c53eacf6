import type { Language } from '../i18n/translations.ts';
import { minorUnits } from './currencies.shared.ts';
import { Exact, type Money, roundMoney } from './money.shared.ts';
import { currencySign } from './sign.shared.ts';

const LOCALES: Record<Language, string> = { zh: 'zh-CN', en: 'en-US' };

function grouped(amount: string): string {
  const [whole = '0', cents] = amount.split('.');
  const groups = whole.replace(/\B(?=(\d{3})+$)/g, ',');
  return cents === undefined ? groups : `${groups}.${cents}`;
}

/** Exact, for tables and documents: `¥412,000.00`, `-US$1,200.50`, `JP¥1,200`. */
export function formatMoney({ amount, currency }: Money): string {
  const rounded = roundMoney(amount, currency);
  const sign = rounded.startsWith('-') ? '-' : '';
  return `${sign}${currencySign(currency)}${grouped(rounded.replace('-', ''))}`;
}

/** From which size a unit is used: where the next smaller one would round up to it (9,999.95万 is 1亿). */
const STEPS: Record<Language, readonly { from: number; power: number; unit: string }[]> = {
  zh: [
    { from: 99_999_500, power: 8, unit: '亿' },
    { from: 10_000, power: 4, unit: '万' },
  ],
  en: [
    { from: 999_500_000, power: 9, unit: 'B' },
    { from: 999_500, power: 6, unit: 'M' },
    { from: 1_000, power: 3, unit: 'K' },
  ],
};

/** Short, for summaries and charts: `¥41.2万`, `¥3.5亿`, in English `¥412K`. Below the first unit: exact. */
export function formatMoneyShort({ amount, currency }: Money, language: Language): string {
  const value = new Exact(roundMoney(amount, currency));
  const size = value.abs();
  const start = `${value.isNegative() ? '-' : ''}${currencySign(currency)}`;
  const step = STEPS[language].find(({ from }) => size.greaterThanOrEqualTo(from));
  if (!step) return start + grouped(size.toFixed(size.isInteger() ? 0 : minorUnits(currency)));
  const scaled = size.dividedBy(new Exact(10).pow(step.power));
  const digits = language === 'en' && scaled.greaterThanOrEqualTo(100) ? 0 : 1;
  return start + grouped(trimZero(scaled.toFixed(digits))) + step.unit;
}

const trimZero = (text: string) => text.replace(/\.0$/, '');

/** A plain decimal with grouping, as written: `1234567.50` → `1,234,567.50`. */
export function formatDecimal(value: string, language: Language, digits?: number): string {
  const options =
    digits === undefined
      ? { maximumFractionDigits: 20 }
      : { minimumFractionDigits: digits, maximumFractionDigits: digits };
  const shown = new Intl.NumberFormat(LOCALES[language], options);
  return shown.format(value as Intl.StringNumericLiteral);
}
