import { Exact } from '../money/money.shared.ts';
import { cityAliases } from '../place/names.ts';
import { isRelative, resolveRelative } from '../time/relative.shared.ts';
import type { Condition, ConditionTerm } from './flow.shared.ts';

/** Values as they were submitted: references as ids, amounts in the company's currency, lists as arrays. */
export type Values = Readonly<Record<string, unknown>>;

export interface Sense {
  /** The kind of each value, as in record types. */
  kinds: ReadonlyMap<string, string>;
  timeZone: string;
  now: string;
}

/** Whether a condition in the grammar of list filters holds for values; what is missing meets nothing but `empty` and negations. */
export function holds(condition: Condition, values: Values, sense: Sense): boolean {
  if ('and' in condition) return condition.and.every((each) => holds(each, values, sense));
  if ('or' in condition) return condition.or.some((each) => holds(each, values, sense));
  if ('not' in condition) return !holds(condition.not, values, sense);
  return term(condition, values[condition.field] ?? null, sense.kinds.get(condition.field) ?? 'text', sense);
}

const LISTS = new Set(['references', 'multiChoice', 'phones']);
const NUMBERS = new Set(['integer', 'decimal', 'money']);

function term({ op, value }: ConditionTerm, actual: unknown, kind: string, sense: Sense): boolean {
  const list = LISTS.has(kind);
  const empty = actual === null || actual === '' || (Array.isArray(actual) && actual.length === 0);
  if (op === 'empty') return empty === (value !== false);
  if (op === 'ne') return empty || !same(kind, actual, value);
  if (op === 'nin')
    return list ? !overlap(actual, value) : empty || !many(value).some((each) => same(kind, actual, each));
  if (empty) return false;
  if (list) return overlap(actual, value);
  if (kind === 'date' || kind === 'instant') return dated(op, value, String(actual), kind, sense);
  switch (op) {
    case 'eq':
      return same(kind, actual, value);
    case 'in':
      return many(value).some((each) => same(kind, actual, each));
    case 'between': {
      const [from, to] = many(value);
      return order(kind, actual, from) >= 0 && order(kind, actual, to) <= 0;
    }
    case 'contains':
      return text(actual).includes(text(value));
    case 'startsWith':
      return text(actual).startsWith(text(value));
    default:
      return compares(op, order(kind, actual, value));
  }
}

function compares(op: string, sign: number): boolean {
  switch (op) {
    case 'lt':
      return sign < 0;
    case 'lte':
      return sign <= 0;
    case 'gt':
      return sign > 0;
    case 'gte':
      return sign >= 0;
    default:
      return false;
  }
}

const many = (value: unknown): unknown[] => (Array.isArray(value) ? value : [value]);
const text = (value: unknown) => String(value).toLowerCase();
const overlap = (actual: unknown, wanted: unknown) =>
  many(actual).some((each) => many(wanted).includes(each));

/** An amount is compared by its number, whether written alone or with its currency. */
function number(value: unknown): InstanceType<typeof Exact> | null {
  const plain = typeof value === 'object' && value !== null ? (value as { amount?: unknown }).amount : value;
  if (typeof plain !== 'string' && typeof plain !== 'number') return null;
  try {
    return new Exact(plain);
  } catch {
    return null;
  }
}

function order(kind: string, left: unknown, right: unknown): number {
  if (!NUMBERS.has(kind)) return String(left) < String(right) ? -1 : String(left) > String(right) ? 1 : 0;
  const [a, b] = [number(left), number(right)];
  return a && b ? a.cmp(b) : Number.NaN;
}

function same(kind: string, actual: unknown, wanted: unknown): boolean {
  if (NUMBERS.has(kind)) return order(kind, actual, wanted) === 0;
  if (kind === 'region') return cityAliases(String(wanted)).includes(String(actual));
  return actual === wanted;
}

/** Days and relative dates are ranges of days in the company's zone. */
function dated(op: string, value: unknown, actual: string, kind: string, sense: Sense): boolean {
  const at =
    kind === 'date'
      ? actual
      : Temporal.Instant.from(actual).toZonedDateTimeISO(sense.timeZone).toPlainDate().toString();
  if (op === 'between') {
    const [from, to] = many(value).map(String);
    return from !== undefined && to !== undefined && at >= from && at <= to;
  }
  if (op === 'in') return many(value).includes(at);
  const range = isRelative(value)
    ? resolveRelative(value, sense.timeZone, sense.now)
    : dayRange(String(value));
  const { from, to } = range;
  switch (op) {
    case 'eq':
    case 'within':
      return (!from || at >= from) && (!to || at < to);
    case 'lt':
      return from !== undefined && at < from;
    case 'lte':
      return to !== undefined && at < to;
    case 'gt':
      return to !== undefined && at >= to;
    case 'gte':
      return from !== undefined && at >= from;
    default:
      return false;
  }
}

function dayRange(day: string): { from?: string; to?: string } {
  try {
    const from = Temporal.PlainDate.from(day.slice(0, 10));
    return { from: from.toString(), to: from.add({ days: 1 }).toString() };
  } catch {
    return { from: '9999-12-31', to: '0000-01-01' };
  }
}
