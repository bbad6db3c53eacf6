import { z } from 'zod';
import type { Context } from '../../../platform/context/context.ts';
import { countWithSome } from '../../../platform/entity/list.ts';
import { entityNamed } from '../../../platform/entity/registry.ts';
import { invalid } from '../../../platform/errors/problem.ts';

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
  if (input.definition === undefined) throw invalid([{ path: 'definition', code: 'required' }]);
  const found = await countWithSome(ctx, input.entity, { filter: input.definition }, input.sample);
  return {
    total: found.total,
    totalIsExact: found.totalIsExact,
    sample: found.items.map(({ id, title }) => ({ id, title })),
    ms: Math.round(performance.now() - began),
    indexed: found.indexed,
  };
}
