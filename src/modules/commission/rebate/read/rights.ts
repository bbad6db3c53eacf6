import type { RawBuilder } from 'kysely';
import { scopeCondition } from '../../../../platform/access/where.ts';
import type { Context } from '../../../../platform/context/context.ts';
import { entityNamed } from '../../../../platform/entity/registry.ts';
import { forbidden } from '../../../../platform/errors/problem.ts';

/** What was reached and accrued is told to whoever sees what credit there is. */
export function requireFigures(ctx: Context): void {
  const policy = ctx.policies.for('rebateAgreement');
  if (!policy.can('read') || !policy.sees('credit')) throw forbidden();
}

/** The agreements the caller may read, as a condition on `a`. */
export const inScope = (ctx: Context): RawBuilder<unknown> =>
  scopeCondition(
    entityNamed(ctx.registry, 'rebateAgreement'),
    ctx.policies.for('rebateAgreement').scope('read'),
    ctx.principal,
    { alias: 'a' },
  );
