import { sql } from 'kysely';
import type { Context } from '../../../platform/context/context.ts';
import type { Row } from '../../../platform/entity/behaviour.ts';
import { decide } from '../../../platform/entity/decided.ts';
import { lockRows } from '../../../platform/entity/records.ts';
import { entityNamed } from '../../../platform/entity/registry.ts';
import { problem } from '../../../platform/errors/problem.ts';

type PlanStatus = 'draft' | 'approving' | 'approved' | 'superseded';

const STATES: Readonly<Record<PlanStatus, readonly PlanStatus[]>> = {
  draft: ['approving'],
  approving: ['approved', 'draft'],
  approved: ['superseded'],
  superseded: [],
};

/** Carries a locked plan into another state, or throws `plan_state`. */
export async function settlePlan(
  ctx: Context,
  row: Row,
  to: PlanStatus,
  step: { action: string; set?: Record<string, unknown>; holder?: string },
): Promise<void> {
  const from = row.status as PlanStatus;
  const { set, ...options } = step;
  if (!STATES[from].includes(to))
    throw problem('plan_state', { status: 409, params: { state: stateName(ctx, from) } });
  await decide(ctx, 'salesPlan', [row], { ...set, status: to }, options);
}

export const stateName = (ctx: Context, status: unknown): string =>
  entityNamed(ctx.registry, 'salesPlan').fields.status?.options.find(({ value }) => value === status)?.[
    ctx.principal.language
  ] ?? String(status);

/** From now on it holds; what it revises does no longer. */
export async function putInForce(ctx: Context, row: Row, holder: string): Promise<void> {
  await settlePlan(ctx, row, 'approved', { action: 'approved', set: { approvedAt: ctx.now }, holder });
  const entity = entityNamed(ctx.registry, 'salesPlan');
  if (!row.previous_id) return;
  const { rows } = await sql<{ id: string }>`select id from sales_plan
    where id = ${row.previous_id} and status = 'approved' and deleted_at is null`.execute(ctx.db);
  for (const previous of await lockRows(
    ctx,
    entity,
    rows.map(({ id }) => id),
  ))
    await settlePlan(ctx, previous, 'superseded', { action: 'planRevised' });
}
