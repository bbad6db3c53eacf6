import { sql } from 'kysely';
import type { Context } from '../../../platform/context/context.ts';
import { type Behaviour, type Draft, draftValue } from '../../../platform/entity/behaviour.ts';
import { fromColumns } from '../../../platform/entity/columns.ts';
import { entityNamed } from '../../../platform/entity/registry.ts';
import { checkTaxNumber } from '../../../platform/text/tax-number.ts';
import { warnPhones } from '../phones.ts';
import { completeness } from './completeness.ts';

/** What the customer's file checks beyond its declaration: numbers are warned about, circles of parents refused. */
export const customerBehaviour: Behaviour = {
  async prepare(ctx, drafts) {
    const entity = entityNamed(ctx.registry, 'customer');
    for (const draft of drafts) {
      warnPhones(draft);
      const taxNumber = draft.values.taxNumber;
      if (typeof taxNumber === 'string') {
        const { note } = checkTaxNumber(taxNumber);
        if (note) draft.warnings.push({ path: 'taxNumber', code: note });
      }
      draft.values.completeness = completeness((name) => {
        const field = entity.fields[name];
        if (name in draft.values) return draft.values[name];
        return field && draft.before ? fromColumns(field, draft.before) : null;
      });
    }
    await refuseCircles(ctx, drafts);
  },
};

/** A company cannot belong to itself, directly or through others. */
async function refuseCircles(ctx: Context, drafts: Draft[]): Promise<void> {
  for (const draft of drafts) {
    const parent = draftValue(draft, 'parent', 'parent_id') as string | null;
    if (!draft.before || !parent || !('parent' in draft.values)) continue;
    const { rows } = await sql`
      with recursive up(id, depth) as (
        select ${parent}::uuid, 0
        union select c.parent_id, up.depth + 1 from up join customer c on c.id = up.id where c.parent_id is not null and up.depth < 50
      ) select 1 from up where id = ${draft.id} limit 1`.execute(ctx.db);
    if (rows.length) draft.problems.push({ path: 'parent', code: 'parent_circle' });
  }
}
