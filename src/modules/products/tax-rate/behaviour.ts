import { sql } from 'kysely';
import type { Context } from '../../../platform/context/context.ts';
import type { Behaviour, Draft } from '../../../platform/entity/behaviour.ts';
import { refuseCircles } from '../../../platform/entity/circles.ts';
import { changeRows, lockRows } from '../../../platform/entity/records.ts';
import { entityNamed } from '../../../platform/entity/registry.ts';
import { problem } from '../../../platform/errors/problem.ts';
import { checkPeriod } from '../book/behaviour.ts';

/** Rates follow each other without a circle; one is the standard; what products name stays. */
export const taxRateBehaviour: Behaviour = {
  async prepare(ctx, drafts) {
    for (const draft of drafts) checkPeriod(draft);
    const followed = drafts.filter(({ values }) => values.successor);
    if (followed.length)
      await sql`select pg_advisory_xact_lock(hashtextextended('tax_rate.successor', 0))`.execute(ctx.db);
    const entity = entityNamed(ctx.registry, 'taxRate');
    await refuseCircles(ctx, entity, drafts, 'successor', {
      circle: 'tax_rate_circle',
      deep: 'tax_rate_circle',
    });
  },
  beforeSave: keepOneStandard,
  async beforeDelete(ctx, rows) {
    const ids = rows.map(({ id }) => id);
    const { rows: used } =
      await sql`select from product where tax_rate_id = any(${ids}::uuid[]) and deleted_at is null
      union all select from tax_rate where successor_id = any(${ids}::uuid[]) and deleted_at is null
        and not id = any(${ids}::uuid[]) limit 1`.execute(ctx.db);
    if (used.length) throw problem('tax_rate_in_use', { status: 409 });
  },
};

/** Choosing another standard takes it from the one before. */
async function keepOneStandard(ctx: Context, drafts: readonly Draft[]): Promise<void> {
  const chosen = drafts.filter(({ values }) => values.standard === true).at(-1);
  if (!chosen) return;
  for (const draft of drafts) if (draft !== chosen && draft.values.standard) draft.values.standard = false;
  const { rows } = await sql<{ id: string }>`select id from tax_rate
    where standard and deleted_at is null and not id = any(${drafts.map(({ id }) => id)}::uuid[])`.execute(
    ctx.db,
  );
  const entity = entityNamed(ctx.registry, 'taxRate');
  const former = await lockRows(
    ctx,
    entity,
    rows.map(({ id }) => id),
  );
  await changeRows(
    ctx,
    entity,
    former.map((row) => ({ row, values: { standard: false } })),
  );
}
