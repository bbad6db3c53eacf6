import { sql } from 'kysely';
import type { Context } from '../../../platform/context/context.ts';
import type { Behaviour, Draft } from '../../../platform/entity/behaviour.ts';
import { checkUnit } from '../unit/behaviour.ts';

/** Parts are products that are no bundles themselves: what is in a bundle is found in one look. */
export const bundleBehaviour: Behaviour = {
  async prepare(ctx, drafts) {
    await refuseNested(
      ctx,
      drafts.filter(({ before, values }) => before === null || values.alternatives),
    );
    await checkUnit(ctx, drafts, 'part');
  },
};

async function refuseNested(ctx: Context, touched: readonly Draft[]): Promise<void> {
  const ids = touched
    .flatMap(({ values }) => [values.bundle, values.part, ...othersOf(values)])
    .filter((id) => typeof id === 'string');
  if (ids.length === 0) return;
  const { rows } = await sql<{ id: string; bundle: string }>`select id, bundle from product
    where id = any(${[...new Set(ids)].sort()}::uuid[]) order by id for share`.execute(ctx.db);
  const kind = new Map(rows.map(({ id, bundle }) => [id, bundle]));
  const isBundle = (id: unknown) => (kind.get(id as string) ?? 'none') !== 'none';
  for (const { before, values, problems, warnings } of touched) {
    if (othersOf(values).some(isBundle)) problems.push({ path: 'alternatives', code: 'bundle_in_bundle' });
    if (before) continue;
    // Parts may be there before, and stay while it is sold as one thing.
    if (kind.has(values.bundle as string) && !isBundle(values.bundle))
      warnings.push({ path: 'bundle', code: 'not_a_bundle' });
    if (isBundle(values.part) || values.part === values.bundle)
      problems.push({ path: 'part', code: 'bundle_in_bundle' });
  }
}

const othersOf = ({ alternatives }: Draft['values']) => (alternatives as string[] | null | undefined) ?? [];
