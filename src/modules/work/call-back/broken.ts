import { sql } from 'kysely';
import { scopeCondition } from '../../../platform/access/where.ts';
import type { Context } from '../../../platform/context/context.ts';
import type { Services } from '../../../platform/context/services.ts';
import { entityNamed } from '../../../platform/entity/registry.ts';
import { ProblemError } from '../../../platform/errors/problem.ts';
import { type Route, route } from '../../../platform/http/route.ts';
import { personContext } from '../../organisation/public.ts';
import { requireSegment } from '../../segments/public.ts';

/** A plan in use by which nothing is made, and why: it has no owner at work, or its owner cannot tell whom it is for. */
export interface BrokenPlan {
  plan: string;
  reason: 'owner' | 'segment';
}

/** Looked at one by one, with the sight of each owner; a company has a handful. */
const MOST = 200;

/** Which of the plans one sees make nothing until they are mended. */
export const brokenPlansRoute: Route = route({
  method: 'GET',
  path: '/call-back-plans/broken',
  summary:
    'Call-back plans that make nothing: without an owner at work, or with a segment that he cannot use',
  tag: 'work',
  handle: async ({ ctx, services }) => ({ items: await brokenPlans(ctx, services) }),
});

async function brokenPlans(ctx: Context, services: Services): Promise<BrokenPlan[]> {
  const policy = ctx.policies.for('callBackPlan');
  if (!policy.can('read')) return [];
  const scope = scopeCondition(
    entityNamed(ctx.registry, 'callBackPlan'),
    policy.scope('read'),
    ctx.principal,
  );
  const { rows } = await sql<{ id: string; owner: string | null; segment: string | null }>`
    select t.id, u.id as owner, t.segment_id as segment from call_back_plan t
    left join "user" u on u.id = t.owner_id and u.status = 'active' and u.deleted_at is null
    where t.deleted_at is null and t.active and ${scope} order by t.id limit ${MOST}`.execute(ctx.db);
  const broken: BrokenPlan[] = [];
  for (const { id, owner, segment } of rows) {
    if (!owner) broken.push({ plan: id, reason: 'owner' });
    else if (segment && !(await usable(services, owner, segment)))
      broken.push({ plan: id, reason: 'segment' });
  }
  return broken;
}

async function usable(services: Services, owner: string, segment: string): Promise<boolean> {
  try {
    const cause = { kind: 'system', reason: 'call-back plan' } as const;
    await requireSegment(await personContext(services, { id: owner }, cause), 'customer', segment);
    return true;
  } catch (error) {
    if (error instanceof ProblemError) return false;
    throw error;
  }
}
