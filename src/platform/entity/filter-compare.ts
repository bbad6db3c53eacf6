import { type RawBuilder, type SqlBool, sql } from 'kysely';
import { z } from 'zod';
import type { EntityPolicy } from '../access/policy.ts';
import type { Condition } from '../access/where.ts';
import type { Context } from '../context/context.ts';
import { type FieldProblem, type ProblemError, problem } from '../errors/problem.ts';
import { cityAliases } from '../place/names.ts';
import { containsCondition } from '../search/condition.ts';
import type { SearchClass } from '../search/types.ts';
import { startOfDay } from '../time/instant.shared.ts';
import { type DateRange, isRelative, resolveRelative } from '../time/relative.shared.ts';
import { comparedColumn } from './columns.ts';
import type { FilterOperator, FilterTerm } from './meta.shared.ts';
import { valueSchema } from './schema.ts';
import type { Field } from './types.ts';

/** Where a filter is being compiled: whose question, on which rows. */
export interface FilterScope {
  ctx: Context;
  policy: EntityPolicy;
  /** Table alias of the filtered rows; `t` unless told. */
  alias: string;
  /** There is one such row, or few: its related records are looked up by it instead of being gathered for all rows. */
  single?: boolean | undefined;
}

/** The alias of rows within those of another: never the same on a way inwards, and short however deep that goes. */
export const innerAlias = (outer: string): string => `t${Number(/^t(\d+)$/.exec(outer)?.[1] ?? 0) + 1}`;

/** What a filter adds up to while it is compiled. */
export interface FilterState {
  terms: number;
  indexed: boolean;
}

const MAX_VALUES = 1000;

const EQUALITY: FilterOperator[] = ['eq', 'ne', 'in', 'nin', 'empty'];
const ORDERED: FilterOperator[] = [...EQUALITY, 'lt', 'lte', 'gt', 'gte', 'between'];
const TEXTUAL: FilterOperator[] = [...EQUALITY, 'contains', 'startsWith'];
const LISTED: FilterOperator[] = ['eq', 'in', 'nin', 'contains', 'empty'];

/** The operators a kind of field understands. */
export function operatorsOf(kind: Field['kind']): readonly FilterOperator[] {
  switch (kind) {
    case 'date':
    case 'instant':
      return [...ORDERED, 'within'];
    case 'integer':
    case 'decimal':
    case 'money':
      return ORDERED;
    case 'boolean':
      return ['eq', 'ne', 'empty'];
    case 'reference':
      return EQUALITY;
    case 'references':
    case 'multiChoice':
    case 'phones':
      return LISTED;
    case 'json':
      return ['empty'];
    default:
      return TEXTUAL;
  }
}

/** A filter that cannot be understood, with the place in it. */
export const badFilter = (path: string, code: string, params?: Record<string, unknown>): ProblemError =>
  problem('bad_filter', {
    status: 400,
    errors: [{ path, code, ...(params ? { params } : {}) } as FieldProblem],
  });
const bad = badFilter;

const column = (name: string, scope: FilterScope) => sql.ref(`${scope.alias}.${name}`);

/** The field of a term, if the caller may compare with it. */
export function filteredField(name: unknown, path: string, { policy }: FilterScope): Field {
  const field = typeof name === 'string' ? policy.entity.fields[name] : undefined;
  if (!field || policy.right(field.name) === 'hidden') {
    throw badFilter(`${path}.field`, 'unknown_field', { field: String(name).slice(0, 100) });
  }
  if (!policy.sees(field.name)) {
    throw problem('field_not_filterable', {
      status: 403,
      errors: [{ path: `${path}.field`, code: 'field_not_filterable' }],
    });
  }
  return field;
}

/** Records by their ids. */
export function idTerm(input: FilterTerm, path: string, options: FilterScope): Condition {
  const ids = input.op === 'eq' ? [input.value] : input.op === 'in' ? input.value : null;
  if (!Array.isArray(ids)) throw bad(`${path}.op`, 'bad_operator', { options: 'eq, in' });
  if (ids.length > MAX_VALUES) throw bad(`${path}.value`, 'too_large', { max: MAX_VALUES });
  if (!ids.every((id) => z.guid().safeParse(id).success)) throw bad(`${path}.value`, 'bad_uuid');
  return sql<SqlBool>`${column('id', options)} = any(${ids}::uuid[])`;
}

/** One comparison of a field of the rows `alias`. */
export function compareField(
  field: Field,
  input: FilterTerm,
  path: string,
  options: FilterScope,
  state: FilterState,
): Promise<Condition> | Condition {
  const name = column(comparedColumn(field), options);
  const list = field.kind === 'references' || field.kind === 'multiChoice' || field.kind === 'phones';
  const one = (value: unknown, at = `${path}.value`) => parseValue(field, value, at);
  const many = () => {
    if (!Array.isArray(input.value)) throw bad(`${path}.value`, 'wrong_type', { expected: 'array' });
    if (input.value.length > MAX_VALUES) throw bad(`${path}.value`, 'too_large', { max: MAX_VALUES });
    return input.value.map((value, index) => one(value, `${path}.value.${index}`));
  };
  if (input.op === 'empty') {
    if (input.value !== undefined && typeof input.value !== 'boolean')
      throw bad(`${path}.value`, 'wrong_type', { expected: 'boolean' });
    // An amount in another currency has no value in the company's, but is not missing.
    const own = column(field.column, options);
    const empty = list ? sql<SqlBool>`${own} = '{}'` : sql<SqlBool>`${own} is null`;
    return input.value === false ? sql<SqlBool>`not (${empty})` : empty;
  }
  if (list) {
    const values = input.op === 'eq' || input.op === 'contains' ? [one(input.value)] : many();
    const type = sql.raw(field.kind === 'references' ? 'uuid[]' : 'text[]');
    const some = sql<SqlBool>`${name} && ${values}::${type}`;
    // The index of a fact knows only lists that hold something.
    const overlap = field.fact ? sql<SqlBool>`(${some} and ${name} <> '{}')` : some;
    return input.op === 'nin' ? sql<SqlBool>`not (${overlap})` : overlap;
  }
  if (field.kind === 'date' || field.kind === 'instant') {
    const range = dateRange(field, input, path, options);
    if (range) return rangeCondition(name, range, field.kind, options.ctx.principal.timeZone);
  }
  switch (input.op) {
    case 'eq':
      return equals(field, name, [one(input.value)]);
    case 'ne':
      return sql<SqlBool>`(${name} is null or not ${equals(field, name, [one(input.value)])})`;
    case 'in':
      return equals(field, name, many());
    case 'nin':
      return sql<SqlBool>`(${name} is null or not ${equals(field, name, many())})`;
    case 'between': {
      const [from, to, ...others] = many();
      if (from === undefined || to === undefined || others.length)
        throw bad(`${path}.value`, 'wrong_type', { expected: '[from, to]' });
      return sql<SqlBool>`${name} between ${cast(field, from)} and ${cast(field, to)}`;
    }
    case 'contains':
    case 'startsWith':
      return textMatch(field, input, path, options, state);
    default: {
      const operators = { lt: sql`<`, lte: sql`<=`, gt: sql`>`, gte: sql`>=` } as Record<
        string,
        RawBuilder<unknown>
      >;
      return sql<SqlBool>`${name} ${operators[input.op] as RawBuilder<unknown>} ${cast(field, one(input.value))}`;
    }
  }
}

const SQL_TYPE: Partial<Record<Field['kind'], string>> = {
  integer: 'integer',
  decimal: 'numeric',
  money: 'numeric',
  date: 'date',
  instant: 'timestamptz',
  reference: 'uuid',
  boolean: 'boolean',
};

const cast = (field: Field, value: unknown) => sql`${value}::${sql.raw(SQL_TYPE[field.kind] ?? 'text')}`;

function equals(field: Field, name: RawBuilder<unknown>, values: unknown[]): Condition {
  // 杭州 and 杭州市 are one place, whichever was written.
  const all = field.kind === 'region' ? values.flatMap((value) => cityAliases(String(value))) : values;
  if (all.length === 1) return sql<SqlBool>`${name} = ${cast(field, all[0])}`;
  return sql<SqlBool>`${name} = any(${all}::${sql.raw(`${SQL_TYPE[field.kind] ?? 'text'}[]`)})`;
}

async function textMatch(
  field: Field,
  input: FilterTerm,
  path: string,
  options: FilterScope,
  state: FilterState,
): Promise<Condition> {
  const { value } = input;
  if (typeof value !== 'string' || value.trim() === '' || value.includes('\0'))
    throw bad(`${path}.value`, 'wrong_type', { expected: 'text' });
  if (value.length > 200) throw bad(`${path}.value`, 'too_long', { max: 200 });
  const pattern = value.trim().replace(/[\\%_]/g, (special) => `\\${special}`);
  const name = column(field.column, options);
  const like = sql<SqlBool>`${name} ilike ${input.op === 'startsWith' ? `${pattern}%` : `%${pattern}%`}`;
  const { entity } = options.policy;
  const target = { entity: entity.name, class: field.search as SearchClass, id: column('id', options) };
  const searched = field.search && !field.preparing?.includes('search');
  const found = searched ? await containsCondition(options.ctx.db, value, target) : undefined;
  if (!found) {
    state.indexed = false;
    return like;
  }
  return sql<SqlBool>`(${found} and ${like})`;
}

function parseValue(field: Field, value: unknown, path: string): unknown {
  const list = field.kind === 'references' || field.kind === 'multiChoice';
  const element: Field = list
    ? { ...field, kind: field.kind === 'references' ? 'reference' : 'choice' }
    : field;
  if (field.kind === 'money') {
    const amount =
      typeof value === 'object' && value !== null ? (value as { amount?: unknown }).amount : value;
    return parseValue({ ...field, kind: 'decimal' }, amount, path);
  }
  const lenient = field.kind === 'email' || field.kind === 'url' || field.kind === 'phones';
  const parsed = valueSchema(lenient ? { ...element, kind: 'text' } : element).safeParse(value);
  if (!parsed.success) throw bad(path, 'wrong_type', { expected: field.kind });
  return parsed.data;
}

/** Half-open range of a date or instant term with a relative or day-precise value; null leaves it to plain comparison. */
function dateRange(field: Field, input: FilterTerm, path: string, options: FilterScope): DateRange | null {
  const { op, value } = input;
  if (op === 'between' && field.kind === 'instant' && Array.isArray(value) && value.every(isDay)) {
    const [first, last] = value.map((each) => dayRange(each, path));
    if (value.length !== 2 || !first || !last)
      throw bad(`${path}.value`, 'wrong_type', { expected: '[from, to]' });
    return { ...first, ...(last.to ? { to: last.to } : {}) };
  }
  const relative = isRelative(value);
  const day = field.kind === 'instant' && isDay(value);
  if (op === 'within' && !relative) throw bad(`${path}.value`, 'bad_relative_date');
  if (!relative && !day) return null;
  const range = relative
    ? resolveRelative(value, options.ctx.principal.timeZone, options.ctx.now)
    : dayRange(value as string, path);
  // "Before something older than 3 months" says nothing: a range without end cannot be compared with.
  if (op !== 'eq' && (!range.from || !range.to) && op !== 'within')
    throw bad(`${path}.op`, 'bad_operator', { options: 'eq, within' });
  switch (op) {
    case 'eq':
    case 'within':
      return range;
    case 'lt':
      return { to: range.from };
    case 'lte':
      return { to: range.to };
    case 'gt':
      return { from: range.to };
    case 'gte':
      return { from: range.from };
    default:
      throw bad(`${path}.op`, 'bad_operator', { options: 'eq, within, lt, lte, gt, gte' });
  }
}

const isDay = (value: unknown): value is string =>
  typeof value === 'string' && /^\d{4}-\d{2}-\d{2}$/.test(value);

function dayRange(day: string, path: string): DateRange {
  try {
    const from = Temporal.PlainDate.from(day);
    return { from: from.toString(), to: from.add({ days: 1 }).toString() };
  } catch {
    throw bad(`${path}.value`, 'bad_date');
  }
}

/** Bounds are local days; an instant column compares with their midnights in the caller's zone. */
function rangeCondition(
  name: RawBuilder<unknown>,
  range: DateRange,
  kind: 'date' | 'instant',
  timeZone: string,
): Condition {
  const bound = (day: string) =>
    kind === 'date' ? sql`${day}::date` : sql`${startOfDay(day, timeZone)}::timestamptz`;
  const parts: Condition[] = [];
  if (range.from) parts.push(sql<SqlBool>`${name} >= ${bound(range.from)}`);
  if (range.to) parts.push(sql<SqlBool>`${name} < ${bound(range.to)}`);
  return parts.length ? sql<SqlBool>`(${sql.join(parts, sql` and `)})` : sql<SqlBool>`true`;
}
