import type { Context } from '../../platform/context/context.ts';
import { entityNamed } from '../../platform/entity/registry.ts';
import { forbidden } from '../../platform/errors/problem.ts';
import { workAlong } from '../../platform/ownership/along.ts';

/** How much open work of each kind would go along with customers that are given away, for the question that asks. */
export async function countAlong(
  ctx: Context,
  customers: readonly string[],
): Promise<{ entity: string; count: number }[]> {
  if (!ctx.policies.for('customer').can('transfer')) throw forbidden();
  const along = await workAlong(ctx, entityNamed(ctx.registry, 'customer'), customers);
  return along.map(({ entity, items }) => ({ entity: entity.name, count: items.length }));
}
