import { sql } from 'kysely';
import { dayOf } from '../../../platform/context/day.ts';
import { type Behaviour, draftValue } from '../../../platform/entity/behaviour.ts';

/** Terms are called after their customer, and hold from the day somebody sets them. */
export const creditBehaviour: Behaviour = {
  async prepare(ctx, drafts) {
    const fresh = drafts.filter(({ before }) => before === null);
    const ids = fresh.flatMap(({ values }) => (values.customer as string | undefined) ?? []);
    const { rows } = ids.length
      ? await sql<{
          id: string;
          name: string;
        }>`select id, name from customer where id = any(${ids}::uuid[])`.execute(ctx.db)
      : { rows: [] };
    const names = new Map(rows.map(({ id, name }) => [id, name]));
    for (const draft of drafts) {
      if (!draftValue(draft, 'name')) draft.values.name = names.get(draft.values.customer as string) ?? null;
      if (!draft.before) draft.values.validFrom ??= dayOf(ctx);
    }
  },
};
