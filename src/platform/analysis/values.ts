import { type RawBuilder, type SqlBool, sql } from 'kysely';
import type { EntityPolicy } from '../access/policy.ts';
import type { Condition } from '../access/where.ts';
import type { Context } from '../context/context.ts';
import { compileFilter } from '../entity/filter.ts';
import { badFilter } from '../entity/filter-compare.ts';
import type { Field } from '../entity/types.ts';
import { translate } from '../i18n/translations.ts';
import type { Reach } from './paths.ts';
import {
  type AggregateSpec,
  type AnswerValue,
  functionsOf,
  isDate,
  isList,
  type ValueKind,
  type ValueSpec,
} from './query.shared.ts';

/** What the rows of the report have to give for the numbers: expressions, selected once each under a name. */
export class Inputs {
  private readonly selected = new Map<string, { name: string; expression: RawBuilder<unknown> }>();
  private readonly doubtful = new Map<string, RawBuilder<unknown>>();

  get columns(): { name: string; expression: RawBuilder<unknown> }[] {
    return [...this.selected.values()];
  }

  /** For each amount that is added up, whether it could not be. */
  get unvalued(): RawBuilder<unknown>[] {
    return [...this.doubtful.values()];
  }

  add(expression: RawBuilder<unknown>): RawBuilder<unknown> {
    const known = this.selected.get(textOf(expression));
    const name = known?.name ?? `v${this.selected.size}`;
    if (!known) this.selected.set(textOf(expression), { name, expression });
    return sql.ref(`b.${name}`);
  }

  doubt(unvalued: RawBuilder<unknown>): void {
    this.doubtful.set(textOf(unvalued), unvalued);
  }
}

const textOf = (expression: RawBuilder<unknown>) => JSON.stringify(expression.toOperationNode());

/** A number of the report: how it is worked out over rows `b`, and how it is told. */
export interface Value {
  spec: ValueSpec;
  expression: RawBuilder<unknown>;
  told: AnswerValue;
}

interface Circumstances {
  ctx: Context;
  policy: EntityPolicy;
  reach: Reach;
  inputs: Inputs;
}

export async function measured(given: Circumstances, spec: ValueSpec, at: string): Promise<Value> {
  if (!('ratio' in spec)) {
    const part = await aggregateOf(given, spec, at);
    const additive = spec.fn === 'count' || spec.fn === 'sum';
    if (spec.show && !additive && (spec.show === 'share' || spec.show === 'cumulative'))
      throw badFilter(`${at}.show`, 'not_additive');
    const kind = spec.show && spec.show !== 'cumulative' ? 'percent' : part.kind;
    const label = spec.label || shownLabel(given.ctx, spec.show, part.label);
    return { spec, expression: part.expression, told: { label, kind, filter: spec.where ?? null, additive } };
  }
  const [part, whole] = [
    await aggregateOf(given, spec.ratio[0], `${at}.ratio.0`),
    await aggregateOf(given, spec.ratio[1], `${at}.ratio.1`),
  ];
  if (isMoment(part.kind) || isMoment(whole.kind)) throw badFilter(`${at}.ratio`, 'not_groupable');
  if (spec.show === 'share' || spec.show === 'cumulative') throw badFilter(`${at}.show`, 'not_additive');
  const told: AnswerValue = {
    label: spec.label || `${part.label} / ${whole.label}`,
    // Of the same sort it is a part of the whole; amounts per record are amounts.
    kind: part.kind === whole.kind || spec.show ? 'percent' : part.kind === 'money' ? 'money' : 'number',
    filter: spec.ratio[1].where ?? null,
    additive: false,
  };
  const expression = sql`round(${part.expression}::numeric / nullif(${whole.expression}::numeric, 0), 6)`;
  return { spec, expression, told };
}

const isMoment = (kind: ValueKind) => kind === 'date' || kind === 'instant';

interface Aggregate {
  expression: RawBuilder<unknown>;
  kind: ValueKind;
  label: string;
}

async function aggregateOf(given: Circumstances, spec: AggregateSpec, at: string): Promise<Aggregate> {
  const { ctx, inputs } = given;
  const { fn } = spec;
  const where = await condition(given, spec, at);
  const only = where ? sql` filter (where ${inputs.add(where)})` : sql``;
  const say = (name: string) =>
    translate(ctx.registry.words, ctx.principal.language, `analysis.fn.${fn}`, { name });
  if (fn === 'count') {
    if (spec.field || spec.since)
      throw badFilter(`${at}.field`, 'unknown_field', { field: spec.field ?? spec.since });
    return {
      expression: sql`count(*)${only}`,
      kind: 'count',
      label: say(given.policy.entity.label[ctx.principal.language]),
    };
  }
  const { field, labels, value, unvalued } = given.reach.field(spec.field ?? '', at);
  const label = say(labels.join(' › '));
  if (spec.since) return { ...duration(given, spec, at, only), label };
  if (!functionsOf(field.kind).includes(fn))
    throw badFilter(`${at}.fn`, 'bad_operator', { options: functionsOf(field.kind).join(', ') });
  if (isList(field.kind)) throw badFilter(`${at}.fn`, 'bad_operator', { options: 'count' });
  const over = inputs.add(reduced(given, spec, value, at));
  if (unvalued) inputs.doubt(sql`(${unvalued}${where ? sql` and ${where}` : sql``})`);
  if (fn === 'distinct') return { expression: sql`count(distinct ${over})${only}`, kind: 'count', label };
  const number = sql`${sql.raw(fn)}(${over})${only}`;
  const kind = kindOf(field);
  if (fn !== 'avg') return { expression: number, kind, label };
  return { expression: sql`round(${number}::numeric, ${sql.lit(kind === 'money' ? 2 : 4)})`, kind, label };
}

/** An amount of a record after what is taken off it. */
function reduced(
  { reach }: Circumstances,
  { field = '', less, except }: AggregateSpec,
  value: RawBuilder<unknown>,
  at: string,
): RawBuilder<unknown> {
  const { rate } = reach.field(field, at);
  const off = less?.map((path) => reach.field(path, at)) ?? [];
  const factors = off.map((each) => sql`coalesce(${each.value}, 0)`);
  // Money is in the company's currency already; a plain number of a document is in the document's.
  if (rate && off.length && off.every((each) => !each.rate)) factors.push(sql`coalesce(${rate}, 1)`);
  const left = factors.length ? sql`(${value} - ${sql.join(factors, sql` * `)})` : value;
  if (!except) return left;
  const [part, whole] = except.map((path) => reach.field(path, at).value);
  return sql`(${left} * (1 - coalesce(${part}, 0)::numeric / nullif(${whole}, 0)))`;
}

function kindOf({ kind }: Field): ValueKind {
  if (kind === 'money' || kind === 'date' || kind === 'instant') return kind;
  return 'number';
}

/** How many days passed between two days of a record. */
function duration(
  { ctx, reach, inputs }: Circumstances,
  spec: AggregateSpec,
  at: string,
  only: RawBuilder<unknown>,
) {
  const { fn } = spec;
  if (fn === 'distinct') throw badFilter(`${at}.fn`, 'bad_operator', { options: 'avg, min, max, sum' });
  const day = (path: string, part: string) => {
    const { field, value } = reach.field(path, at);
    if (!isDate(field.kind)) throw badFilter(`${at}.${part}`, 'not_groupable');
    return field.kind === 'instant' ? sql`(${value} at time zone ${sql.lit(ctx.timeZone)})::date` : value;
  };
  const days = sql`(${day(spec.field ?? '', 'field')} - ${day(spec.since ?? '', 'since')})`;
  const number = sql`${sql.raw(fn)}(${inputs.add(days)})${only}`;
  return { expression: fn === 'avg' ? sql`round(${number}, 4)` : number, kind: 'days' as const };
}

async function condition(
  { ctx, policy }: Circumstances,
  { where }: AggregateSpec,
  at: string,
): Promise<Condition | null> {
  if (!where) return null;
  const compiled = await compileFilter(where, { ctx, policy }).catch((error: unknown) => {
    throw atPlace(error, `${at}.where`);
  });
  return compiled.condition && sql<SqlBool>`coalesce(${compiled.condition}, false)`;
}

/** A filter inside a report is named by its place in it. */
function atPlace(error: unknown, at: string): unknown {
  const errors = (error as { errors?: { path: string }[] }).errors;
  for (const each of errors ?? []) each.path = each.path.replace(/^filter/, at);
  return error;
}

const shownLabel = (ctx: Context, show: ValueSpec['show'], label: string) =>
  show
    ? translate(ctx.registry.words, ctx.principal.language, `analysis.show.${show}`, { name: label })
    : label;
