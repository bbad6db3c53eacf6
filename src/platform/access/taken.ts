import { sql } from 'kysely';
import type { Principal } from '../context/context.ts';
import type { EntityPolicy } from './policy.ts';
import { unveiled } from './pool.ts';
import { type Condition, scopeCondition } from './where.ts';

/** Rows `t` that may be taken out: within what may be exported, within what may be read, and shown as they are. */
export function takenOut(policy: EntityPolicy, principal: Principal): Condition {
  const { entity, veiled } = policy;
  const within = (action: 'read' | 'export') => scopeCondition(entity, policy.scope(action), principal);
  return sql`(${within('export')} and ${within('read')} and ${unveiled(veiled)})`;
}
