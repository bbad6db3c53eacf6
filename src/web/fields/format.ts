import { currencySign } from '../../platform/money/sign.shared.ts';
import type { Birthday } from '../../platform/time/birthday.shared.ts';
import { formatBirthday } from '../../platform/time/birthday-words.shared.ts';
import type { MetaField, MoneyValue } from '../api/types.ts';
import { currentLanguage, say } from '../i18n/index.ts';

const locale = () => (currentLanguage() === 'zh' ? 'zh-CN' : 'en-GB');

let zone: string | undefined;
/** Instants are shown in the user's zone (UTC is what the server sends). */
export function setZone(name: string): void {
  zone = name;
}
export const currentZone = () => zone ?? Intl.DateTimeFormat().resolvedOptions().timeZone;

const made = new Map<string, Intl.DateTimeFormat>();
function formatter(options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = `${locale()}${zone}${JSON.stringify(options)}`;
  let found = made.get(key);
  if (!found) {
    found = new Intl.DateTimeFormat(locale(), { timeZone: currentZone(), ...options });
    made.set(key, found);
  }
  return found;
}

const DAY: Intl.DateTimeFormatOptions = { year: 'numeric', month: '2-digit', day: '2-digit' };
const CLOCK: Intl.DateTimeFormatOptions = { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' };

/** `2026-11-22` in the user's zone. */
export function dayOf(instant: string): string {
  const parts = Object.fromEntries(
    formatter(DAY)
      .formatToParts(Date.parse(instant))
      .map((p) => [p.type, p.value]),
  );
  return `${parts.year}-${parts.month}-${parts.day}`;
}

/** `14:30` in the user's zone. */
export const clockOf = (instant: string): string => formatter(CLOCK).format(Date.parse(instant));

/** `2026-11-22 14:30` in the user's zone. */
export const instantText = (instant: string): string => `${dayOf(instant)} ${clockOf(instant)}`;

/** An instant by another clock than the viewer's, which is named where it shows another time than his. */
export function instantTextIn(timeZone: string, instant: string): string {
  const text = (zone: string, more: Intl.DateTimeFormatOptions = {}) => {
    const parts = new Intl.DateTimeFormat(locale(), { timeZone: zone, ...DAY, ...CLOCK, ...more });
    return Object.fromEntries(
      parts.formatToParts(Date.parse(instant)).map(({ type, value }) => [type, value]),
    );
  };
  const there = text(timeZone, { timeZoneName: 'long' });
  const here = text(currentZone());
  const same = (['day', 'hour', 'minute'] as const).every((part) => there[part] === here[part]);
  const written = `${there.year}-${there.month}-${there.day} ${there.hour}:${there.minute}`;
  return same ? written : `${written} ${there.timeZoneName}`;
}

const today = () => dayOf(new Date().toISOString());

/** Whole days from today to a day; negative in the past. */
export function daysFromToday(day: string, now = today()): number {
  return Math.round((Date.parse(`${day}T00:00:00Z`) - Date.parse(`${now}T00:00:00Z`)) / 86_400_000);
}

/** Today's instants by their clock, this year's without the year, others in full. */
export function shortInstant(instant: string, now = today()): string {
  const day = dayOf(instant);
  if (day === now) return clockOf(instant);
  return day.slice(0, 4) === now.slice(0, 4) ? `${day.slice(5)} ${clockOf(instant)}` : day;
}

/** A decimal string with thousands marks, exact: never through a float. */
export function groupDigits(decimal: string): string {
  const match = /^(-?)(\d+)(\.\d+)?$/.exec(decimal);
  if (!match) return decimal;
  const [, sign = '', whole = '', fraction = ''] = match;
  return `${sign}${whole.replace(/\B(?=(\d{3})+$)/g, ',')}${fraction}`;
}

export function moneyText(value: MoneyValue): string {
  const sign = currencySign(value.currency);
  const amount = groupDigits(value.amount);
  return amount.startsWith('-') ? `-${sign}${amount.slice(1)}` : `${sign}${amount}`;
}

/** A birthday's parts from its travelling form (`--03-05`, `lunar:1990-06L-01`); null for a masked one. */
export function birthdayParts(text: string): Birthday | null {
  const match = /^(lunar:)?(\d{4}|-)-(\d{2})(L)?-(\d{2})$/.exec(text);
  if (!match) return null;
  return {
    calendar: match[1] ? 'lunar' : 'solar',
    year: match[2] === '-' ? null : Number(match[2]),
    month: Number(match[3]),
    leap: match[4] !== undefined,
    day: Number(match[5]),
  };
}

function birthdayWords(text: string): string {
  const parts = birthdayParts(text);
  return parts ? formatBirthday(parts, currentLanguage()) : text;
}

export function sizeText(bytes: number): string {
  if (bytes < 1024) return `${bytes} B`;
  if (bytes < 1024 * 1024) return `${(bytes / 1024).toFixed(0)} KB`;
  return `${(bytes / 1024 / 1024).toFixed(1)} MB`;
}

export const isEmpty = (value: unknown): boolean =>
  value === null || value === undefined || value === '' || (Array.isArray(value) && value.length === 0);

const linkTitle = (value: unknown): string => {
  const title = (value as { title?: string | null } | null)?.title;
  return title ?? say('record.outOfSight');
};

const optionLabel = (field: MetaField, value: unknown): string =>
  field.options?.find((option) => option.value === value)?.label ?? String(value);

/** Any field's value as one line of text: for tooltips, comparison, cards. */
export function valueText(field: MetaField, value: unknown): string {
  if (isEmpty(value)) return '';
  switch (field.kind) {
    case 'choice':
      return optionLabel(field, value);
    case 'multiChoice':
      return (value as unknown[]).map((item) => optionLabel(field, item)).join(say('list.comma'));
    case 'reference':
      return linkTitle(value);
    case 'references':
      return (value as unknown[]).map(linkTitle).join(say('list.comma'));
    case 'money':
      return typeof value === 'object' ? moneyText(value as MoneyValue) : String(value);
    case 'integer':
    case 'decimal':
      return groupDigits(String(value));
    case 'boolean':
      return say(value ? 'yes' : 'no');
    case 'instant':
      return instantText(String(value));
    case 'phones':
      return Array.isArray(value) ? value.map(phoneText).join(say('list.comma')) : String(value);
    case 'birthday':
      return birthdayWords(String(value));
    case 'json':
      return JSON.stringify(value);
    default:
      return String(value);
  }
}

/** A phone on the wire is text, or an object with a number. */
export const phoneText = (value: unknown): string =>
  typeof value === 'object' && value
    ? String((value as { number?: unknown }).number ?? '')
    : String(value ?? '');

export const isNumeric = (field: MetaField): boolean =>
  field.kind === 'integer' || field.kind === 'decimal' || field.kind === 'money';
