import { sql } from 'kysely';
import type { Context } from '../../../platform/context/context.ts';
import type { Behaviour, Draft } from '../../../platform/entity/behaviour.ts';
import { checkUnit } from '../unit/behaviour.ts';

/** Parts are products that are no bundles themselves: what is in a bundle is found in one look. */
export const bundleBehaviour: Behaviour = {
  async prepare(ctx, drafts) {
    const fresh = drafts.filter(({ before }) => before === null);
    await refuseNested(ctx, fresh);
    await checkUnit(ctx, drafts, 'part');
  },
};

async function refuseNested(ctx: Context, fresh: readonly Draft[]): Promise<void> {
  const ids = fresh
    .flatMap(({ values }) => [values.bundle, values.part])
    .filter((id) => typeof id === 'string');
  if (ids.length === 0) return;
  const { rows } = await sql<{ id: string; bundle: string }>`select id, bundle from product
    where id = any(${[...new Set(ids)].sort()}::uuid[]) order by id for share`.execute(ctx.db);
  const kind = new Map(rows.map(({ id, bundle }) => [id, bundle]));
  const isBundle = (id: unknown) => (kind.get(id as string) ?? 'none') !== 'none';
  for (const { values, problems, warnings } of fresh) {
    // Parts may be there before, and stay while it is sold as one thing.
    if (kind.has(values.bundle as string) && !isBundle(values.bundle))
      warnings.push({ path: 'bundle', code: 'not_a_bundle' });
    if (isBundle(values.part) || values.part === values.bundle)
      problems.push({ path: 'part', code: 'bundle_in_bundle' });
  }
}
