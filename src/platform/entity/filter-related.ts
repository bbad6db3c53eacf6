import { type RawBuilder, type SqlBool, sql } from 'kysely';
import { z } from 'zod';
import { unveiled } from '../access/pool.ts';
import { type Condition, scopeCondition } from '../access/where.ts';
import {
  badFilter,
  compareField,
  type FilterScope,
  type FilterState,
  filteredField,
  innerAlias,
  operatorsOf,
} from './filter-compare.ts';
import type { FilterTerm } from './meta.shared.ts';
import type { Entity, Field } from './types.ts';

type Compile = (part: unknown, path: string, scope: FilterScope) => Promise<Condition | null>;

const AGGREGATES = ['count', 'sum', 'avg', 'min', 'max'] as const;
const COUNT: Pick<Field, 'kind'> = { kind: 'integer' };

/**
 * What the records that refer to a row amount to: `{"related":"activity","via":"customer","where":{…},"aggregate":{"fn":"count"},
 * "op":"gte","value":2}`. Without `op` at least one must exist. Only records the caller may see count, and a row without any
 * counts as zero of them, but has neither sum, average, least nor greatest.
 */
export async function relatedTerm(
  input: Record<string, unknown>,
  path: string,
  scope: FilterScope,
  state: FilterState,
  compile: Compile,
): Promise<Condition> {
  const { rows, where } = await relatedRows(input, path, scope, compile);
  const aggregate = aggregateOf(input.aggregate, path, rows);
  if (aggregate.fn === 'count') {
    const bounds = countBounds(input, path);
    if (bounds.least === 1 && bounds.most === null) return anyOf(rows);
    if (bounds.least <= 0 && bounds.most === 0) return sql<SqlBool>`not ${anyOf(rows)}`;
    if (!where) state.indexed = false;
    return countBetween(rows, bounds);
  }
  if (!where) state.indexed = false;
  return await aggregateBetween(rows, aggregate, input, path, state);
}

/** What the related records of one row amount to, for telling why a condition holds. */
export async function relatedValue(
  input: Record<string, unknown>,
  path: string,
  scope: FilterScope,
  compile: Compile,
): Promise<RawBuilder<unknown>> {
  const { rows } = await relatedRows(input, path, scope, compile);
  const { fn, field } = aggregateOf(input.aggregate, path, rows);
  const value = field ? sql`${sql.raw(fn)}(${valueColumn(rows, field)})` : sql`count(*)::int`;
  return sql`(select ${value} from ${table(rows)} where ${ownRows(rows)})`;
}

async function relatedRows(
  input: Record<string, unknown>,
  path: string,
  scope: FilterScope,
  compile: Compile,
): Promise<{ rows: Rows; where: Condition | null }> {
  const { ctx } = scope;
  for (const key of Object.keys(input))
    if (!['related', 'via', 'where', 'aggregate', 'op', 'value'].includes(key))
      throw badFilter(`${path}.${key}`, 'unknown_field');
  const entity = ctx.registry.byName.get(String(input.related));
  const policy = entity && ctx.policies.for(entity.name);
  if (!entity || !policy?.can('read'))
    throw badFilter(`${path}.related`, 'unknown_entity', { name: String(input.related).slice(0, 100) });
  const inner: FilterScope = { ctx, policy, alias: innerAlias(scope.alias) };
  const via = filteredField(input.via, `${path}.via`, inner);
  if (via.to !== scope.policy.entity.name || via.fact)
    throw badFilter(`${path}.via`, 'unknown_field', { field: String(input.via).slice(0, 100) });
  const conditions: Condition[] = [
    sql<SqlBool>`${sql.ref(`${inner.alias}.deleted_at`)} is null`,
    scopeCondition(entity, policy.scope('read'), ctx.principal, { alias: inner.alias }),
  ];
  const where = input.where === undefined ? null : await compile(input.where, `${path}.where`, inner);
  if (where) conditions.push(where);
  return { rows: { entity, via, inner, outer: scope, conditions }, where };
}

interface Rows {
  entity: Entity;
  via: Field;
  inner: FilterScope;
  outer: FilterScope;
  conditions: Condition[];
}

interface Aggregate {
  fn: (typeof AGGREGATES)[number];
  field: Field | null;
}

const aggregateInput = z.strictObject({ fn: z.enum(AGGREGATES), field: z.string().max(100).optional() });

/** What is told of the related rows. Masked values are left out: their sum or greatest would tell them. */
function aggregateOf(input: unknown, path: string, { inner, conditions }: Rows): Aggregate {
  if (input === undefined) return { fn: 'count', field: null };
  const parsed = aggregateInput.safeParse(input);
  if (!parsed.success)
    throw badFilter(`${path}.aggregate`, 'wrong_type', { expected: AGGREGATES.join(', ') });
  const { fn, field: name } = parsed.data;
  if (fn === 'count') return { fn, field: null };
  const field = filteredField(name, `${path}.aggregate`, inner);
  const { veiled } = inner.policy;
  if (field.sensitive && veiled.length) conditions.push(unveiled(veiled, inner.alias));
  const numeric = field.kind === 'integer' || field.kind === 'decimal' || field.kind === 'money';
  const ordered = numeric || field.kind === 'date' || field.kind === 'instant';
  if (field.fact || !(fn === 'min' || fn === 'max' ? ordered : numeric))
    throw badFilter(`${path}.aggregate.field`, 'bad_operator', { options: AGGREGATES.join(', ') });
  return { fn, field };
}

/** How many there must be, at least and at most; `most` null is any number. Not equal to n is both sides of it. */
interface Bounds {
  least: number;
  most: number | null;
  except?: number;
}

function countBounds({ op, value }: Record<string, unknown>, path: string): Bounds {
  if (op === undefined && value === undefined) return { least: 1, most: null };
  const whole = z.int().min(0).max(1_000_000);
  const number = (part: unknown, at: string): number => {
    const parsed = whole.safeParse(part);
    if (!parsed.success) throw badFilter(at, 'wrong_type', { expected: 'integer' });
    return parsed.data;
  };
  const one = () => number(value, `${path}.value`);
  switch (op) {
    case 'eq':
      return { least: one(), most: one() };
    case 'ne':
      return { least: 0, most: null, except: one() };
    case 'gte':
      return { least: one(), most: null };
    case 'gt':
      return { least: one() + 1, most: null };
    case 'lte':
      return { least: 0, most: one() };
    case 'lt':
      // Fewer than none is never so.
      return { least: one() === 0 ? 1 : 0, most: one() - 1 };
    case 'between': {
      if (!Array.isArray(value) || value.length !== 2)
        throw badFilter(`${path}.value`, 'wrong_type', { expected: '[from, to]' });
      return { least: number(value[0], `${path}.value.0`), most: number(value[1], `${path}.value.1`) };
    }
    default:
      throw badFilter(`${path}.op`, 'bad_operator', {
        options: operatorsOf(COUNT.kind)
          .filter((name) => name !== 'empty')
          .join(', '),
      });
  }
}

/**
 * Not so many: the same as fewer, which is looked for record by record and need not know who has so many. Null for whatever
 * is no plain least number of related records.
 */
export function fewerRelated(input: unknown): Record<string, unknown> | null {
  const term = z
    .looseObject({ related: z.string(), op: z.literal(['gte', 'gt']), value: z.int().min(0) })
    .safeParse(input);
  if (!term.success) return null;
  const { aggregate = { fn: 'count' } } = term.data;
  if ((aggregate as { fn?: unknown } | null)?.fn !== 'count') return null;
  return { ...term.data, op: term.data.op === 'gte' ? 'lt' : 'lte' };
}

const table = ({ entity, inner }: Rows) => sql`${sql.table(entity.table)} ${sql.ref(inner.alias)}`;
/** Money is summed in the company's currency. */
const valueColumn = ({ inner }: Rows, field: Field) =>
  sql.ref(`${inner.alias}.${field.kind === 'money' ? `${field.column}_base` : field.column}`);
const all = (conditions: Condition[]) => sql.join(conditions, sql` and `);

/** The row's own records: by the index on the reference. */
function ownRows({ via, inner, outer, conditions }: Rows): RawBuilder<SqlBool> {
  const refers = sql.ref(`${inner.alias}.${via.column}`);
  const id = sql.ref(`${outer.alias}.id`);
  const match =
    via.kind === 'references' ? sql<SqlBool>`${refers} @> array[${id}]` : sql<SqlBool>`${refers} = ${id}`;
  return sql<SqlBool>`${all([match, ...conditions])}`;
}

const anyOf = (rows: Rows) => sql<SqlBool>`exists (select from ${table(rows)} where ${ownRows(rows)})`;

/** Ids whose records, taken together, meet a condition: read once for all rows, by what `where` says. */
function idsHaving(
  { via, inner, conditions, ...rows }: Rows,
  having: RawBuilder<unknown>,
): RawBuilder<unknown> {
  const refers = sql.ref(`${inner.alias}.${via.column}`);
  const from = table({ via, inner, conditions, ...rows });
  return via.kind === 'references'
    ? sql`(select v.id from ${from}, unnest(${refers}) v(id) where ${all(conditions)} group by v.id having ${having})`
    : sql`(select ${refers} from ${from} where ${refers} is not null and ${all(conditions)} group by ${refers} having ${having})`;
}

function countBetween(rows: Rows, { least, most, except }: Bounds): Condition {
  if (rows.outer.single) {
    const count = sql`(select count(*) from ${table(rows)} where ${ownRows(rows)})`;
    if (except !== undefined) return sql<SqlBool>`${count} <> ${except}`;
    return most === null
      ? sql<SqlBool>`${count} >= ${least}`
      : sql<SqlBool>`${count} between ${least} and ${most}`;
  }
  const id = sql.ref(`${rows.outer.alias}.id`);
  const among = (having: RawBuilder<unknown>) => sql<SqlBool>`${id} in ${idsHaving(rows, having)}`;
  if (except !== undefined)
    return except === 0 ? anyOf(rows) : sql<SqlBool>`not ${among(sql`count(*) = ${except}`)}`;
  if (most !== null && most < least) return sql<SqlBool>`false`;
  if (least > 0)
    return among(most === null ? sql`count(*) >= ${least}` : sql`count(*) between ${least} and ${most}`);
  if (most === null) return sql<SqlBool>`true`;
  // Rows without any record are among those with few, so most rows mostly are: each is looked at, no further than it takes.
  const some = sql`(select from ${table(rows)} where ${ownRows(rows)} limit ${most + 1}) s`;
  return sql<SqlBool>`(select count(*) from ${some}) <= ${most}`;
}

async function aggregateBetween(
  rows: Rows,
  { fn, field }: Aggregate,
  input: Record<string, unknown>,
  path: string,
  state: FilterState,
): Promise<Condition> {
  const own = field as Field;
  // Compared like the field itself, on the column `value` of what was gathered; an average has a fraction.
  const compared: Field = {
    ...own,
    column: 'value',
    kind: fn === 'avg' || own.kind === 'money' ? 'decimal' : own.kind,
  };
  const term = { field: own.name, op: input.op, value: input.value } as FilterTerm;
  if (!['eq', 'ne', 'lt', 'lte', 'gt', 'gte', 'between', 'within'].includes(term.op))
    throw badFilter(`${path}.op`, 'bad_operator', { options: 'eq, ne, lt, lte, gt, gte, between, within' });
  const condition = await compareField(compared, term, path, { ...rows.inner, alias: 'g' }, state);
  const column = valueColumn(rows, own);
  if (rows.outer.single)
    return sql<SqlBool>`exists (select from (select ${sql.raw(fn)}(${column}) as value from ${table(rows)}
      where ${ownRows(rows)} having count(*) > 0) g where ${condition})`;
  const id = sql.ref(`${rows.outer.alias}.id`);
  const refers = sql.ref(`${rows.inner.alias}.${rows.via.column}`);
  const groups =
    rows.via.kind === 'references'
      ? sql`(select v.id, ${sql.raw(fn)}(${column}) as value from ${table(rows)}, unnest(${refers}) v(id) where ${all(rows.conditions)} group by v.id)`
      : sql`(select ${refers} as id, ${sql.raw(fn)}(${column}) as value from ${table(rows)} where ${refers} is not null and ${all(rows.conditions)} group by 1)`;
  return sql<SqlBool>`${id} in (select g.id from ${groups} g where ${condition})`;
}
