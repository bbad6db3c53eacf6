import type { Context } from '../../platform/context/context.ts';
import { filteredField } from '../../platform/entity/filter-compare.ts';
import { forbidden } from '../../platform/errors/problem.ts';

/** What a forecast tells is what its reader may see on the records: who may not see amounts is told no sum of them. */
export function mustSeeForecast(ctx: Context, ...more: string[]): void {
  const policy = ctx.policies.for('opportunity');
  if (!policy.can('read')) throw forbidden();
  for (const name of ['status', 'amount', 'closeDate', 'stage', 'startedOn', ...more])
    filteredField(name, 'report', { ctx, policy, alias: 't' });
}
