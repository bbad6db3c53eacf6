import { sql } from 'kysely';
import type { Principal } from '../context/context.ts';
import type { EntityPolicy } from './policy.ts';
import { unveiled } from './pool.ts';
import { type Condition, scopeCondition } from './where.ts';

/** Rows `t`, or of another alias, that may be taken out: within what may be exported, within what may be read, and shown as they are. */
export function takenOut(policy: EntityPolicy, principal: Principal, alias = 't'): Condition {
  const { entity, veiled } = policy;
  const within = (action: 'read' | 'export') =>
    scopeCondition(entity, policy.scope(action), principal, { alias });
  const shown = veiled.length ? unveiled(veiled, alias) : sql`true`;
  return sql`(${within('export')} and ${within('read')} and ${shown})`;
}
