import { type RawBuilder, type SqlBool, sql } from 'kysely';
import { z } from 'zod';
import type { EntityPolicy } from '../access/policy.ts';
import type { Condition } from '../access/where.ts';
import type { Db } from '../context/context.ts';
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

export interface FilterOptions {
  db: Db;
  policy: EntityPolicy;
  timeZone: string;
  now: string;
  /** Table alias of the filtered rows. */
  alias?: string;
}

export interface CompiledFilter {
  condition: Condition | null;
  /** Every term has an index path; otherwise the query runs under a cost limit. */
  indexed: boolean;
}

const MAX_TERMS = 100;
const MAX_DEPTH = 6;
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

const bad = (path: string, code: string, params?: Record<string, unknown>): ProblemError =>
  problem('bad_filter', {
    status: 400,
    errors: [{ path, code, ...(params ? { params } : {}) } as FieldProblem],
  });

/** Checks and compiles a filter. A field the caller may not see cannot be filtered on: that would be guessing. */
export async function compileFilter(filter: unknown, options: FilterOptions): Promise<CompiledFilter> {
  if (filter === undefined || filter === null) return { condition: null, indexed: true };
  const state = { terms: 0, indexed: true };
  const condition = await node(filter, 'filter', 0, options, state);
  return { condition, indexed: state.indexed };
}

interface State {
  terms: number;
  indexed: boolean;
}

async function node(
  input: unknown,
  path: string,
  depth: number,
  options: FilterOptions,
  state: State,
): Promise<Condition | null> {
  if (typeof input !== 'object' || input === null || Array.isArray(input))
    throw bad(path, 'wrong_type', { expected: 'object' });
  if (depth > MAX_DEPTH) throw bad(path, 'filter_too_deep', { max: MAX_DEPTH });
  const keys = Object.keys(input);
  const value = input as Record<string, unknown>;
  if (keys.length === 1 && ('and' in value || 'or' in value)) {
    const name = keys[0] as 'and' | 'or';
    const parts = value[name];
    if (!Array.isArray(parts)) throw bad(`${path}.${name}`, 'wrong_type', { expected: 'array' });
    const compiled: Condition[] = [];
    for (const [index, part] of parts.entries()) {
      const condition = await node(part, `${path}.${name}.${index}`, depth + 1, options, state);
      if (condition) compiled.push(condition);
    }
    if (compiled.length === 0) return null;
    return sql<SqlBool>`(${sql.join(compiled, name === 'and' ? sql` and ` : sql` or `)})`;
  }
  if (keys.length === 1 && 'not' in value) {
    const inner = await node(value.not, `${path}.not`, depth + 1, options, state);
    return inner && sql<SqlBool>`not coalesce(${inner}, false)`;
  }
  state.terms += 1;
  if (state.terms > MAX_TERMS) throw bad(path, 'filter_too_long', { max: MAX_TERMS });
  return term(value as unknown as FilterTerm, path, options, state);
}

function term(
  input: FilterTerm,
  path: string,
  options: FilterOptions,
  state: State,
): Promise<Condition> | Condition {
  for (const key of Object.keys(input)) {
    if (key !== 'field' && key !== 'op' && key !== 'value') throw bad(`${path}.${key}`, 'unknown_field');
  }
  const { entity } = options.policy;
  const field = typeof input.field === 'string' ? entity.fields[input.field] : undefined;
  if (input.field === 'id') return idTerm(input, path, options);
  if (!field || options.policy.right(field.name) === 'hidden') {
    throw bad(`${path}.field`, 'unknown_field', { field: String(input.field).slice(0, 100) });
  }
  if (!options.policy.sees(field.name)) {
    throw problem('field_not_filterable', {
      status: 403,
      errors: [{ path: `${path}.field`, code: 'field_not_filterable' }],
    });
  }
  if (!operatorsOf(field.kind).includes(input.op)) {
    throw bad(`${path}.op`, 'bad_operator', { options: operatorsOf(field.kind).join(', ') });
  }
  if ((!field.filterable && !field.search) || field.preparing) state.indexed = false;
  return compare(field, input, path, options, state);
}

const column = (name: string, options: FilterOptions) => sql.ref(`${options.alias ?? 't'}.${name}`);

function idTerm(input: FilterTerm, path: string, options: FilterOptions): Condition {
  const ids = input.op === 'eq' ? [input.value] : input.op === 'in' ? input.value : null;
  if (!Array.isArray(ids)) throw bad(`${path}.op`, 'bad_operator', { options: 'eq, in' });
  if (ids.length > MAX_VALUES) throw bad(`${path}.value`, 'too_large', { max: MAX_VALUES });
  if (!ids.every((id) => z.guid().safeParse(id).success)) throw bad(`${path}.value`, 'bad_uuid');
  return sql<SqlBool>`${column('id', options)} = any(${ids}::uuid[])`;
}

function compare(
  field: Field,
  input: FilterTerm,
  path: string,
  options: FilterOptions,
  state: State,
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
    const overlap = sql<SqlBool>`${name} && ${values}::${type}`;
    return input.op === 'nin' ? sql<SqlBool>`not (${overlap})` : overlap;
  }
  if (field.kind === 'date' || field.kind === 'instant') {
    const range = dateRange(field, input, path, options);
    if (range) return rangeCondition(name, range, field.kind, options.timeZone);
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
  options: FilterOptions,
  state: State,
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
  const found = searched ? await containsCondition(options.db, value, target) : undefined;
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
function dateRange(field: Field, input: FilterTerm, path: string, options: FilterOptions): DateRange | null {
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
    ? resolveRelative(value, options.timeZone, options.now)
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
