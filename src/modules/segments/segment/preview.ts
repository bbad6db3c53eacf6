import { z } from 'zod';
import type { Context } from '../../../platform/context/context.ts';
import { compileFilter } from '../../../platform/entity/filter.ts';
import { listRecords } from '../../../platform/entity/list.ts';
import { entityNamed } from '../../../platform/entity/registry.ts';
import { forbidden, invalid } from '../../../platform/errors/problem.ts';

export const previewInput = z.strictObject({
  entity: z.string().max(100),
  definition: z.unknown(),
  /** How many members to show. */
  sample: z.int().min(0).max(20).default(5),
});

export interface Preview {
  total: number;
  totalIsExact: boolean;
  sample: { id: string; title: string }[];
  ms: number;
  /** Every condition has an index; otherwise large bases may answer slowly. */
  indexed: boolean;
}

/** How many a definition would take in, and some of them. The count stops at 10,000. */
export async function preview(ctx: Context, input: z.output<typeof previewInput>): Promise<Preview> {
  const began = performance.now();
  entityNamed(ctx.registry, input.entity);
  const policy = ctx.policies.for(input.entity);
  if (!policy.can('read')) throw forbidden();
  if (input.definition === undefined) throw invalid([{ path: 'definition', code: 'required' }]);
  const { indexed } = await compileFilter(input.definition, { ctx, policy });
  const list = await listRecords(ctx, input.entity, {
    filter: input.definition,
    limit: Math.max(1, input.sample),
    count: true,
  });
  return {
    total: list.total ?? 0,
    totalIsExact: list.totalIsExact ?? true,
    sample: input.sample ? list.items.map(({ id, title }) => ({ id, title })) : [],
    ms: Math.round(performance.now() - began),
    indexed,
  };
}
