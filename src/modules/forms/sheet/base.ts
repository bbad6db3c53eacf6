import { type RawBuilder, sql } from 'kysely';
import type { ScopeValue } from '../../../platform/access/policy.ts';
import { unveiled } from '../../../platform/access/pool.ts';
import { scopeCondition } from '../../../platform/access/where.ts';
import type { Context } from '../../../platform/context/context.ts';
import { compileFilter } from '../../../platform/entity/filter.ts';
import { forbidden } from '../../../platform/errors/problem.ts';
import { translate } from '../../../platform/i18n/translations.ts';
import { startOfDay } from '../../../platform/time/instant.shared.ts';
import { inSegment } from '../../segments/public.ts';
import type { ReachKind } from '../form/form.shared.ts';
import type { Period } from './period.ts';

/** Whose customers: all one sees, or those of a department and all below it, of a person, or of a segment. */
export interface Reach {
  kind: ReachKind;
  id: string | null;
}

/** What a form is filled from: whose question, of when, over which customers. */
export interface Base {
  ctx: Context;
  period: Period;
  /** To look at, or to take out. */
  action: 'read' | 'export';
  /** Conditions on `t`, rows of customers. */
  customers: RawBuilder<unknown>;
  /** Customers put in by hand, and those left out. */
  added: readonly string[];
  left: readonly string[];
}

/** Throws unless the caller may take this from records of a type, and see these fields of it. */
export function requireFields(
  ctx: Context,
  entity: string,
  action: Base['action'],
  fields: readonly string[],
): void {
  const policy = ctx.policies.for(entity);
  if (!policy.can('read') || !policy.can(action))
    throw forbidden(action === 'export' ? 'export_forbidden' : 'forbidden');
  if (!fields.every((field) => policy.sees(field))) throw forbidden('form_field_hidden');
}

/** Whether the caller may see all these fields, `customer.grade`. */
export const seesFields = (ctx: Context, needs: readonly string[]): boolean =>
  needs.every((need) => {
    const [entity = '', field = ''] = need.split('.');
    const policy = ctx.policies.for(entity);
    return policy.can('read') && policy.sees(field);
  });

/** A base of one's own: what is shared with one singly is somebody else's to report on. */
const ownScope = (scope: ScopeValue): ScopeValue =>
  scope.kind === 'some' ? { ...scope, shares: false } : scope;

/** The rows of a type, aliased `alias`, that the caller may look at or take out, and that are shown to him as they are. */
export function rowsOf(
  ctx: Context,
  entity: string,
  action: Base['action'],
  alias: string,
): RawBuilder<unknown> {
  const policy = ctx.policies.for(entity);
  const within = (each: Base['action']) =>
    scopeCondition(policy.entity, ownScope(policy.scope(each)), ctx.principal, { alias });
  const exported = action === 'export' ? sql`and ${within('export')}` : sql``;
  return sql`${sql.ref(`${alias}.deleted_at`)} is null and ${within('read')} ${exported}
    and ${unveiled(policy.veiled, alias)}`;
}

/** The customers a form is about. */
export async function baseOf(
  ctx: Context,
  {
    period,
    reach,
    action,
    added = [],
    left = [],
  }: Pick<Base, 'period' | 'action'> & { reach: Reach; added?: readonly string[]; left?: readonly string[] },
): Promise<Base> {
  requireFields(ctx, 'customer', action, ['name', 'owner']);
  const own = rowsOf(ctx, 'customer', action, 't');
  return {
    ctx,
    period,
    action,
    added,
    left,
    customers: sql`${own} and ${await reachCondition(ctx, reach)}`,
  };
}

async function reachCondition(ctx: Context, { kind, id }: Reach): Promise<RawBuilder<unknown>> {
  if (kind === 'person') return sql`t.owner_id = ${id}::uuid`;
  if (kind === 'department')
    return sql`t.department_id in (with recursive below as (
      select id from department where id = ${id}::uuid
      union select d.id from department d join below b on d.parent_id = b.id) select id from below)`;
  if (kind === 'visible' || !id) return sql`true`;
  const { condition } = await compileFilter(inSegment(id), { ctx, policy: ctx.policies.for('customer') });
  return condition ?? sql`true`;
}

/** Instants within a period of the company's days. */
export const within = (
  ctx: Context,
  column: string,
  { from, end }: Pick<Period, 'from' | 'end'>,
): RawBuilder<unknown> =>
  sql`${sql.ref(column)} >= ${startOfDay(from, ctx.timeZone)}::timestamptz
    and ${sql.ref(column)} < ${startOfDay(end, ctx.timeZone)}::timestamptz`;

export const wordOf = (ctx: Context, key: string, params?: Record<string, unknown>): string =>
  translate(ctx.registry.words, ctx.principal.language, key, params);

/** A number of customers `t` told by some module of a period, exact; null where nobody tells it. */
export function measureOf(
  ctx: Context,
  name: string,
  { from, end }: Pick<Period, 'from' | 'end'>,
): RawBuilder<string> | null {
  const measure = ctx.measures.get(name);
  if (measure?.entity !== 'customer') return null;
  const to = Temporal.PlainDate.from(end).subtract({ days: 1 }).toString();
  return sql<string>`coalesce((${measure.value({ ctx, alias: 't' }, { from, to })})::numeric, 0)`;
}
