import { sql } from 'kysely';
import type { Behaviour } from '../../../platform/entity/behaviour.ts';
import { refuseCircles } from '../../../platform/entity/circles.ts';
import { entityNamed } from '../../../platform/entity/registry.ts';
import { problem } from '../../../platform/errors/problem.ts';

const CODES = { circle: 'category_circle', deep: 'category_deep' };

/** A category is in none of its own; what has products or further categories in it stays. */
export const categoryBehaviour: Behaviour = {
  async prepare(ctx, drafts) {
    if (drafts.some(({ before, values }) => before && values.parent))
      await sql`select pg_advisory_xact_lock(hashtextextended('product_category.parent', 0))`.execute(ctx.db);
    await refuseCircles(ctx, entityNamed(ctx.registry, 'productCategory'), drafts, 'parent', CODES);
  },
  async beforeDelete(ctx, rows) {
    const ids = rows.map(({ id }) => id);
    const { rows: used } =
      await sql`select from product where category_id = any(${ids}::uuid[]) and deleted_at is null
      union all select from product_category where parent_id = any(${ids}::uuid[]) and deleted_at is null
        and not id = any(${ids}::uuid[]) limit 1`.execute(ctx.db);
    if (used.length) throw problem('category_not_empty', { status: 409 });
  },
};
