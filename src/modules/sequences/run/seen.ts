import { type Condition, scopeCondition } from '../../../platform/access/where.ts';
import type { Context } from '../../../platform/context/context.ts';

/** The runs `t` the caller may read. */
export function runsSeen(ctx: Context): Condition {
  const policy = ctx.policies.for('sequenceRun');
  return scopeCondition(policy.entity, policy.scope('read'), ctx.principal);
}
