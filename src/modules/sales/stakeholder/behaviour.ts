import { sql } from 'kysely';
import type { Behaviour } from '../../../platform/entity/behaviour.ts';

/** Whoever takes part in business is a person of its customer; what its writer sees of him in general is what begins here. */
export const stakeholderBehaviour: Behaviour = {
  async prepare(ctx, drafts) {
    const fresh = drafts.filter(({ before }) => before === null);
    if (fresh.length === 0) return;
    const { rows } = await sql<{
      at: number;
      customer: string | null;
      role: string | null;
      stance: string | null;
    }>`
      select g.at::int - 1 as at, coalesce(o.customer_id, k.customer_id) as customer, k.decision_role as role, k.attitude as stance
      from unnest(${fresh.map(({ values }) => values.opportunity ?? null)}::uuid[],
        ${fresh.map(({ values }) => values.contact ?? null)}::uuid[]) with ordinality as g(opportunity, contact, at)
      left join opportunity o on o.id = g.opportunity left join contact k on k.id = g.contact`.execute(
      ctx.db,
    );
    const person = ctx.policies.for('contact');
    const known = (field: string) => person.can('read') && person.sees(field);
    for (const { at, customer, role, stance } of rows) {
      const values = fresh[at]?.values;
      if (!values) continue;
      values.customer ??= customer;
      if (values.role === undefined && known('decisionRole')) values.role = role;
      if (values.stance === undefined && known('attitude')) values.stance = stance;
    }
  },
};
