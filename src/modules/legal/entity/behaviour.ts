import { sql } from 'kysely';
import { type Behaviour, draftValue } from '../../../platform/entity/behaviour.ts';

/** One is usual: the first, until another is said to be. */
export const legalEntityBehaviour: Behaviour = {
  async prepare(ctx, drafts) {
    const open = drafts.filter(({ before, values }) => before === null && values.usual == null);
    for (const { values } of open) values.usual = false;
    const [first] = open;
    if (!first || drafts.some(({ values }) => values.usual)) return;
    const { rows } = await sql`select from legal_entity where usual and deleted_at is null limit 1`.execute(
      ctx.db,
    );
    if (rows.length === 0) first.values.usual = true;
  },
  async afterSave(ctx, drafts) {
    const chosen = drafts.findLast((draft) => draft.values.usual && draftValue(draft, 'usual') === true);
    if (chosen)
      await sql`update legal_entity set usual = false where usual and id <> ${chosen.id}`.execute(ctx.db);
  },
};
