import { sql } from 'kysely';
import { scopeCondition } from '../../../platform/access/where.ts';
import type { Context } from '../../../platform/context/context.ts';
import { entityNamed } from '../../../platform/entity/registry.ts';
import { Exact } from '../../../platform/money/money.shared.ts';
import { lastDay, PERIODS, type PeriodKind, partsOf } from '../../../platform/time/period.shared.ts';

/** What a target is of besides its measure; nothing is all. */
export interface Aspect {
  product?: string | null | undefined;
  category?: string | null | undefined;
  province?: string | null | undefined;
}

export interface StoredTarget {
  id: string;
  version: number;
  measure: string;
  person: string | null;
  team: string | null;
  period: PeriodKind;
  startsOn: string;
  amount: string;
}

/** Targets that begin between two days, of several measures, as far as the caller may see them. */
export async function targetsIn(
  ctx: Context,
  measures: readonly string[],
  { product, category, province }: Aspect,
  from: string,
  to: string,
): Promise<StoredTarget[]> {
  const entity = entityNamed(ctx.registry, 'salesTarget');
  const scope = scopeCondition(entity, ctx.policies.for('salesTarget').scope('read'), ctx.principal);
  const { rows } =
    await sql<StoredTarget>`select t.id, t.version, t.measure, case when t.team_id is null then t.owner_id end as person,
      t.team_id as team,
      t.period, t.starts_on::text as "startsOn", trim_scale(t.amount)::text as amount
    from sales_target t where t.measure = any(${[...measures]}) and t.starts_on between ${from}::date and ${to}::date
      and t.product_id is not distinct from ${product ?? null}::uuid
      and t.category_id is not distinct from ${category ?? null}::uuid
      and t.province is not distinct from ${province ?? null}
      and t.deleted_at is null and ${scope}`.execute(ctx.db);
  return rows;
}

/** Whose target: a person's, a department's, or, without either, the company's. */
export const subjectOf = ({ person, team }: Pick<StoredTarget, 'person' | 'team'>): string =>
  person ?? team ?? '';

/**
 * The target somebody has for a period: the one set for it, or else what those of its parts add up to.
 * @returns null where there is none
 */
export function targetFor(
  targets: readonly Pick<StoredTarget, 'period' | 'startsOn' | 'amount'>[],
  kind: PeriodKind,
  startsOn: string,
): string | null {
  const own = targets.find((each) => each.period === kind && each.startsOn === startsOn);
  if (own) return own.amount;
  const shorter = PERIODS[PERIODS.indexOf(kind) - 1];
  if (!shorter) return null;
  return sumOf(partsOf(kind, startsOn, shorter).map((day) => targetFor(targets, shorter, day)));
}

/** What amounts add up to; null where there is none at all. */
export function sumOf(amounts: readonly (string | null)[]): string | null {
  const known = amounts.filter((amount) => amount !== null);
  if (known.length === 0) return null;
  return known.reduce((sum, amount) => sum.plus(amount), new Exact(0)).toFixed();
}

/** Targets for one period of everybody: by measure and whose they are. */
export async function targetsFor(
  ctx: Context,
  measures: readonly string[],
  aspect: Aspect,
  kind: PeriodKind,
  startsOn: string,
): Promise<(measure: string, subject: string) => string | null> {
  const all = await targetsIn(ctx, measures, aspect, startsOn, lastDay(kind, startsOn));
  const known = Map.groupBy(all, (target) => `${target.measure}/${subjectOf(target)}`);
  return (measure, subject) => targetFor(known.get(`${measure}/${subject}`) ?? [], kind, startsOn);
}
