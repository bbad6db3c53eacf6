import { sql } from 'kysely';
import type { Context } from '../../../platform/context/context.ts';

/** What a run is about, by the id it was begun with. */
export interface Target {
  id: string;
  kind: 'lead' | 'opportunity' | 'contact' | 'customer';
  name: string;
  customer: string | null;
  contact: string | null;
  owner: string | null;
  stage: string | null;
}

/** Leads, business, people and customers by id: whom it is with, and who of ours looks after it. */
export async function targetsOf(ctx: Context, ids: readonly string[]): Promise<Map<string, Target>> {
  if (ids.length === 0) return new Map();
  const given = [...new Set(ids)];
  const { rows } = await sql<Target>`
    select id, 'lead' as kind, name, customer_id as customer, contact_id as contact, owner_id as owner, null::uuid as stage
      from lead where id = any(${given}::uuid[])
    union all select o.id, 'opportunity', o.name, o.customer_id, o.contact_id, coalesce(o.owner_id, c.owner_id), o.stage_id
      from opportunity o left join customer c on c.id = o.customer_id where o.id = any(${given}::uuid[])
    union all select k.id, 'contact', k.name, k.customer_id, k.id, c.owner_id, null
      from contact k left join customer c on c.id = k.customer_id where k.id = any(${given}::uuid[])
    union all select c.id, 'customer', c.name, c.id,
        (select k.id from contact k where k.customer_id = c.id and k.deleted_at is null and k.left is not true
          order by k."primary" desc nulls last, k.id limit 1), c.owner_id, null
      from customer c where c.id = any(${given}::uuid[])`.execute(ctx.db);
  return new Map(rows.map((row) => [row.id, row]));
}
