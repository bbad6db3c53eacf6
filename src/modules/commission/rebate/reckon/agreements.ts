import { sql } from 'kysely';
import type { Context } from '../../../../platform/context/context.ts';
import type { Holder } from '../../reckon/deal.ts';
import type { Terms } from '../agreement/terms.shared.ts';

/** An agreement as reckoning reads it. */
export interface Agreement extends Terms {
  id: string;
  validFrom: string;
  validTo: string | null;
  /** Whether the deal is of whom it was made with; else only what was counted before is taken back. */
  theirs: boolean;
}

export const TERMS = sql`a.id, a.counted, a.measure, a.taxed, a.mode, a.period, a.currency, a.tiers, a.cap::text,
  coalesce(a.product_ids, '{}') as products, coalesce(a.categorie_ids, '{}') as categories,
  a.valid_from::text as "validFrom", a.valid_to::text as "validTo"`;

/** Agreements that were put into force. */
export const IN_FORCE = sql`a.deleted_at is null and a.status in ('inForce', 'ended')`;

/** Whether there are any at all; companies without them are asked once a batch of events. */
export async function anyAgreements(ctx: Context): Promise<boolean> {
  const { rows } = await sql`select from rebate_agreement a where ${IN_FORCE} limit 1`.execute(ctx.db);
  return rows.length > 0;
}

/** Those a deal counts for: made with its customer, or with the partner on whose side he is; and those it has counted for. */
export async function agreementsOf(ctx: Context, holder: Holder, deal: string): Promise<Agreement[]> {
  const { rows } = await sql<Agreement>`
    with recursive head as (
      select d.customer_id as customer, c.department_id as department from ${sql.table(holder)} d
        join customer c on c.id = d.customer_id where d.id = ${deal}
    ), up as (
      select department as id, 1 as level from head
      union all select d.parent_id, up.level + 1 from department d join up on d.id = up.id where up.level < 30
    ), theirs as (
      select a.id from rebate_agreement a join head h on h.customer = a.customer_id
      union select a.id from rebate_agreement a join partner p on p.id = a.partner_id join up on up.id = p.unit_id
        where a.with_side
    ), counted as (select s.agreement_id as id from rebate_source s where s.deal_id = ${deal})
    select ${TERMS}, a.id in (select id from theirs) as theirs from rebate_agreement a
    where a.id in (select id from theirs union select id from counted) and ${IN_FORCE} order by a.id`.execute(
    ctx.db,
  );
  return rows;
}
