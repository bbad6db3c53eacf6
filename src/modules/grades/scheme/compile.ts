import { type RawBuilder, type SqlBool, sql } from 'kysely';
import type { Condition } from '../../../platform/access/where.ts';
import { asSystem, type Context } from '../../../platform/context/context.ts';
import { comparedColumn, factTable } from '../../../platform/entity/columns.ts';
import { compileFilter, relatedAmount } from '../../../platform/entity/filter.ts';
import { badFilter } from '../../../platform/entity/filter-compare.ts';
import type { FilterTerm, RelatedTerm } from '../../../platform/entity/meta.shared.ts';
import { entityNamed } from '../../../platform/entity/registry.ts';
import { ProblemError } from '../../../platform/errors/problem.ts';
import type { MeasureTerm, Scale, SchemeDefinition, SchemeKind, ScoreSource } from './definition.shared.ts';
import { measureValue, withMeasures } from './measure-term.ts';

/** A scheme's rules as expressions over customer rows `t`. */
export interface CompiledRules {
  kind: SchemeKind;
  /** Numbers a row is scored by, named v0, v1 …; empty of conditions. */
  values: RawBuilder<unknown>[];
  /** What each of them earns, named p0, p1 …: worked out once for the score and its reason. */
  points: RawBuilder<unknown>[];
  /** Over those points. */
  score: RawBuilder<unknown>;
  /** Over the row, or over its score `score`. */
  grade: RawBuilder<unknown>;
  /** What decided, as jsonb, given the grade the row gets: asked only of rows whose grade changes. */
  reason(grade: RawBuilder<unknown>): RawBuilder<unknown>;
}

const NUMERIC = new Set(['integer', 'decimal', 'money']);

/** Compiles rules over everything there is; throws a problem that says where they cannot be understood. */
export async function compileRules(
  caller: Context,
  kind: SchemeKind,
  definition: SchemeDefinition,
): Promise<CompiledRules> {
  const ctx = withMeasures(asSystem(caller, 'grades'));
  return kind === 'score' ? byScore(ctx, definition) : byConditions(ctx, definition);
}

const optionsOf = (ctx: Context) => ({ ctx, policy: ctx.policies.for('customer'), alias: 't', single: true });

async function byConditions(ctx: Context, { grades }: SchemeDefinition): Promise<CompiledRules> {
  const cases: RawBuilder<unknown>[] = [];
  const reasons: RawBuilder<unknown>[] = [];
  let rest: string | null = null;
  for (const [at, { value, filter }] of grades.entries()) {
    if (!filter) {
      if (rest !== null) throw badFilter(`grades.${at}.filter`, 'two_rests');
      rest = value;
      continue;
    }
    const condition = await located(`grades.${at}.filter`, () => conditionOf(ctx, filter));
    cases.push(sql`when ${condition} then ${value}::text`);
    reasons.push(sql`when ${value}::text then ${await readingsOf(ctx, filter)}`);
  }
  if (cases.length === 0) throw badFilter('grades', 'no_rule');
  return {
    kind: 'conditions',
    values: [],
    points: [],
    score: sql`null::numeric`,
    grade: sql`case ${sql.join(cases, sql` `)} else ${rest}::text end`,
    reason: (grade) => sql`case ${grade} ${sql.join(reasons, sql` `)} else '[]'::jsonb end`,
  };
}

async function byScore(ctx: Context, { grades, terms = [] }: SchemeDefinition): Promise<CompiledRules> {
  if (terms.length === 0) throw badFilter('terms', 'no_rule');
  const values: RawBuilder<unknown>[] = [];
  for (const [at, { source }] of terms.entries())
    values.push(await located(`terms.${at}.source`, () => sourceValue(ctx, source)));
  for (const [at, { min }] of grades.entries()) {
    const above = at === 0 ? Number.POSITIVE_INFINITY : (grades[at - 1]?.min ?? 0);
    if ((min ?? 0) >= above) throw badFilter(`grades.${at}.min`, 'thresholds_not_descending');
  }
  const total = terms.reduce((sum, { weight }) => sum + weight, 0);
  const points = terms.map(({ scale }, at) => pointsSql(scale, sql.ref(`v${at}`)));
  const weighted = terms.map(({ weight }, at) => sql`${weight}::numeric * ${sql.ref(`p${at}`)}`);
  const cases = grades.map(({ value, min }) => sql`when score >= ${min ?? 0}::numeric then ${value}::text`);
  const readings = terms.map(
    (_, at) =>
      sql`jsonb_build_object('value', ${sql.ref(`v${at}`)}, 'points', round(${sql.ref(`p${at}`)}, 1))`,
  );
  return {
    kind: 'score',
    values,
    points,
    score: sql`round((${sql.join(weighted, sql` + `)}) / ${total}::numeric, 1)`,
    grade: sql`case ${sql.join(cases, sql` `)} end`,
    reason: () => sql`jsonb_build_array(${sql.join(readings)})`,
  };
}

/** Points of a number, as `pointsOf` tells them. */
function pointsSql(scale: Scale, value: RawBuilder<unknown>): RawBuilder<unknown> {
  const missing = sql`when ${value} is null then ${scale.missing ?? 0}::numeric`;
  if ('steps' in scale) {
    const steps = scale.steps
      .toReversed()
      .map(({ from, points }) => sql`when ${value} >= ${from}::numeric then ${points}::numeric`);
    return sql`case ${missing} ${sql.join(steps, sql` `)} else 0 end`;
  }
  const { from, to } = scale;
  return sql`case ${missing} else least(100, greatest(0,
    (${value} - ${from}::numeric) * 100 / ${to - from}::numeric)) end`;
}

async function sourceValue(ctx: Context, source: ScoreSource): Promise<RawBuilder<unknown>> {
  if ('measure' in source) return measureValue(ctx, 't', source.measure, source.days);
  if ('when' in source)
    return sql`case when ${await conditionOf(ctx, source.when)} then 1 else 0 end::numeric`;
  if ('related' in source)
    return sql`${await relatedAmount(source.related as RelatedTerm, optionsOf(ctx))}::numeric`;
  const field = entityNamed(ctx.registry, 'customer').fields[source.field];
  if (!field) throw badFilter('field', 'unknown_field', { field: source.field });
  if (!NUMERIC.has(field.kind)) throw badFilter('field', 'not_a_number', { field: source.field });
  return sql`${fieldValue(ctx, source.field)}::numeric`;
}

/** A rule as a condition on customer rows `t`; the context must understand measures. */
export async function conditionOf(ctx: Context, filter: unknown): Promise<Condition> {
  const { condition } = await compileFilter(filter, optionsOf(ctx));
  return condition ?? sql<SqlBool>`true`;
}

/** A customer's own value, wherever it stands. */
function fieldValue(ctx: Context, name: string): RawBuilder<unknown> {
  const entity = entityNamed(ctx.registry, 'customer');
  const field = entity.fields[name];
  if (!field) return sql`null`;
  const column = comparedColumn(field);
  return field.fact
    ? sql`(select x.${sql.ref(column)} from ${sql.table(factTable(entity))} x where x.id = t.id)`
    : sql`${sql.ref(`t.${column}`)}`;
}

/** What each comparison of a rule finds in a row `t`, as a jsonb array. */
export async function readingsOf(ctx: Context, filter: unknown): Promise<RawBuilder<unknown>> {
  const readings = await Promise.all(leavesOf(filter).map((leaf) => readingOf(ctx, leaf)));
  return readings.length ? sql`jsonb_build_array(${sql.join(readings)})` : sql`'[]'::jsonb`;
}

type Leaf = FilterTerm | RelatedTerm | MeasureTerm;

/** The comparisons a rule is made of, in order. */
function leavesOf(node: unknown): Leaf[] {
  if (typeof node !== 'object' || node === null) return [];
  const value = node as Record<string, unknown>;
  if (Array.isArray(value.and)) return value.and.flatMap(leavesOf);
  if (Array.isArray(value.or)) return value.or.flatMap(leavesOf);
  if ('not' in value) return leavesOf(value.not);
  return 'field' in value || 'related' in value || 'measure' in value ? [value as unknown as Leaf] : [];
}

async function readingOf(ctx: Context, leaf: Leaf): Promise<RawBuilder<unknown>> {
  const value =
    'measure' in leaf
      ? measureValue(ctx, 't', leaf.measure.name, leaf.measure.days)
      : 'related' in leaf
        ? await relatedAmount(leaf, optionsOf(ctx))
        : leaf.field.includes('.')
          ? sql`null::text`
          : fieldValue(ctx, leaf.field);
  return sql`jsonb_build_object('term', ${JSON.stringify(leaf)}::jsonb, 'value', to_jsonb(${value}))`;
}

/** Says where in the definition a rule cannot be understood. */
export async function located<T>(place: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof ProblemError) || error.errors.length === 0) throw error;
    throw badFilter(
      `definition.${place}${(error.errors[0]?.path ?? '').replace(/^(filter|field)/, '')}`,
      error.errors[0]?.code ?? error.code,
      error.errors[0]?.params,
    );
  }
}
