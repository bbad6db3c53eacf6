import { type RawBuilder, type SqlBool, sql } from 'kysely';
import type { EntityPolicy } from '../access/policy.ts';
import { unveiled } from '../access/pool.ts';
import { type Condition, scopeCondition } from '../access/where.ts';
import type { Context } from '../context/context.ts';
import { factTable } from './columns.ts';
import {
  badFilter,
  compareField,
  type FilterScope,
  type FilterState,
  filteredField,
  idTerm,
  innerAlias,
  operatorsOf,
} from './filter-compare.ts';
import { fewerRelated, relatedTerm, relatedValue } from './filter-related.ts';
import type { FilterTerm, RelatedTerm } from './meta.shared.ts';
import { entityNamed } from './registry.ts';
import type { Field } from './types.ts';

export interface FilterOptions {
  ctx: Context;
  policy: EntityPolicy;
  /** Table alias of the filtered rows. */
  alias?: string;
  /** It is asked of one row, or few. */
  single?: boolean | undefined;
}

export interface CompiledFilter {
  condition: Condition | null;
  /** Every term has an index path; otherwise the query runs under a cost limit. */
  indexed: boolean;
}

/**
 * A term of its own that a module adds, for example `{"segment": id}`: gives the condition on rows `alias` of the record type,
 * within the caller's rights.
 */
export type NamedTerm = (scope: FilterScope, value: unknown, path: string) => Promise<CompiledFilter>;

const MAX_TERMS = 100;
const MAX_DEPTH = 6;

/** Checks and compiles a filter. A field the caller may not see cannot be filtered on: that would be guessing. */
export async function compileFilter(filter: unknown, options: FilterOptions): Promise<CompiledFilter> {
  if (filter === undefined || filter === null) return { condition: null, indexed: true };
  const state = { terms: 0, indexed: true };
  const condition = await compileNode(filter, 'filter', 0, { alias: 't', ...options }, state);
  return { condition, indexed: state.indexed };
}

/** What the related records of a row `alias` amount to: the value that a term over them compares. */
export function relatedAmount(term: RelatedTerm, options: FilterOptions): Promise<RawBuilder<unknown>> {
  const state = { terms: 0, indexed: true };
  return relatedValue({ ...term }, 'filter', { alias: 't', ...options }, (part, at, inner) =>
    compileNode(part, at, 1, inner, state),
  );
}

/** One node of a filter on rows `scope.alias`; null says nothing. */
export async function compileNode(
  input: unknown,
  path: string,
  depth: number,
  scope: FilterScope,
  state: FilterState,
): Promise<Condition | null> {
  if (typeof input !== 'object' || input === null || Array.isArray(input))
    throw badFilter(path, 'wrong_type', { expected: 'object' });
  if (depth > MAX_DEPTH) throw badFilter(path, 'filter_too_deep', { max: MAX_DEPTH });
  const keys = Object.keys(input);
  const value = input as Record<string, unknown>;
  if (keys.length === 1 && ('and' in value || 'or' in value)) {
    const name = keys[0] as 'and' | 'or';
    const parts = value[name];
    if (!Array.isArray(parts)) throw badFilter(`${path}.${name}`, 'wrong_type', { expected: 'array' });
    const compiled: Condition[] = [];
    for (const [index, part] of parts.entries()) {
      const condition = await compileNode(part, `${path}.${name}.${index}`, depth + 1, scope, state);
      if (condition) compiled.push(condition);
    }
    if (compiled.length === 0) return null;
    return sql<SqlBool>`(${sql.join(compiled, name === 'and' ? sql` and ` : sql` or `)})`;
  }
  if (keys.length === 1 && 'not' in value) {
    const opposite = fewerRelated(value.not);
    if (opposite) return compileNode(opposite, `${path}.not`, depth + 1, scope, state);
    const inner = await compileNode(value.not, `${path}.not`, depth + 1, scope, state);
    return inner && sql<SqlBool>`not coalesce(${inner}, false)`;
  }
  state.terms += 1;
  if (state.terms > MAX_TERMS) throw badFilter(path, 'filter_too_long', { max: MAX_TERMS });
  if ('related' in value)
    return relatedTerm(value, path, scope, state, (part, at, inner) =>
      compileNode(part, at, depth + 1, inner, state),
    );
  const named = keys.length === 1 ? scope.ctx.filterTerms.get(keys[0] as string) : undefined;
  if (named) {
    const found = await named(scope, value[keys[0] as string], `${path}.${keys[0]}`);
    if (!found.indexed) state.indexed = false;
    return found.condition;
  }
  return fieldTerm(value as unknown as FilterTerm, path, scope, state);
}

async function fieldTerm(
  input: FilterTerm,
  path: string,
  scope: FilterScope,
  state: FilterState,
): Promise<Condition> {
  for (const key of Object.keys(input)) {
    if (key !== 'field' && key !== 'op' && key !== 'value')
      throw badFilter(`${path}.${key}`, 'unknown_field');
  }
  if (input.field === 'id') return idTerm(input, path, scope);
  if (typeof input.field === 'string' && input.field.includes('.'))
    return throughReference(input, path, scope, state);
  const field = filteredField(input.field, path, scope);
  if (!operatorsOf(field.kind).includes(input.op)) {
    throw badFilter(`${path}.op`, 'bad_operator', { options: operatorsOf(field.kind).join(', ') });
  }
  if ((!field.filterable && !field.search) || field.preparing) state.indexed = false;
  const condition = await (field.fact
    ? factTerm(field, input, path, scope, state)
    : compareField(field, input, path, scope, state));
  // Comparing with what is shown masked would be guessing it.
  const { veiled } = scope.policy;
  return field.sensitive && veiled.length
    ? sql<SqlBool>`(${condition} and ${unveiled(veiled, scope.alias)})`
    : condition;
}

/** `customer.city`: the record a reference leads to, if the caller may see it. */
async function throughReference(
  input: FilterTerm,
  path: string,
  scope: FilterScope,
  state: FilterState,
): Promise<Condition> {
  const dot = input.field.indexOf('.');
  const field = filteredField(input.field.slice(0, dot), path, scope);
  if (field.kind !== 'reference' || !field.to)
    throw badFilter(`${path}.field`, 'unknown_field', { field: input.field.slice(0, 100) });
  const { ctx } = scope;
  const target = entityNamed(ctx.registry, field.to);
  const policy = ctx.policies.for(target.name);
  if (!policy.can('read'))
    throw badFilter(`${path}.field`, 'unknown_field', { field: input.field.slice(0, 100) });
  const inner = { ctx, policy, alias: innerAlias(scope.alias) };
  const condition = await fieldTerm({ ...input, field: input.field.slice(dot + 1) }, path, inner, state);
  const row = sql.ref(inner.alias);
  // A derived reference stands with the facts, which are then the rows in between.
  const own = field.fact
    ? sql`(select x.${sql.ref(field.column)} from ${sql.table(factTable(scope.policy.entity))} x where x.id = ${sql.ref(`${scope.alias}.id`)})`
    : sql.ref(`${scope.alias}.${field.column}`);
  return sql<SqlBool>`exists (select from ${sql.table(target.table)} ${row} where ${row}.id = ${own}
    and ${row}.deleted_at is null and ${scopeCondition(target, policy.scope('read'), ctx.principal, { alias: inner.alias })}
    and ${condition})`;
}

/** Facts stand in a table of their own, which has no row where nothing was derived yet: what is not so is the negation of what is. */
async function factTerm(
  field: Field,
  input: FilterTerm,
  path: string,
  scope: FilterScope,
  state: FilterState,
): Promise<Condition> {
  const opposite = OPPOSITES[input.op];
  const negative = opposite !== undefined || (input.op === 'empty' && input.value !== false);
  const asked = !negative
    ? input
    : input.op === 'empty'
      ? { ...input, value: false }
      : { ...input, op: opposite as FilterTerm['op'] };
  const alias = `${scope.alias}_f`;
  const condition = await compareField(field, asked, path, { ...scope, alias }, state);
  const found = sql<SqlBool>`exists (select from ${sql.table(factTable(scope.policy.entity))} ${sql.ref(alias)}
    where ${sql.ref(`${alias}.id`)} = ${sql.ref(`${scope.alias}.id`)} and ${condition})`;
  return negative ? sql<SqlBool>`not ${found}` : found;
}

const OPPOSITES: Partial<Record<FilterTerm['op'], FilterTerm['op']>> = { ne: 'eq', nin: 'in' };
