import { sql } from 'kysely';
import type { Context } from '../../../platform/context/context.ts';
import { salutation } from '../../../platform/text/surname.ts';
import type { StepWords } from '../sequence/text.ts';

/** A step that is due, with whom it is for and who of ours does it. */
export interface DueStep {
  sequence: string;
  perDay: number;
  step: string;
  action: 'task' | 'call' | 'visit' | 'mail' | 'message';
  subject: string;
  text: string | null;
  lead: string | null;
  customer: string | null;
  contact: string | null;
  opportunity: string | null;
  /** Whose day a message takes. */
  person: string | null;
  personName: string;
  sex: 'male' | 'female' | null;
  company: string;
  product: string;
  email: string | null;
  owner: string | null;
  ownerName: string;
  ownerMail: string | null;
  /** The step after it. */
  nextWait: number | null;
  nextUnit: string | null;
}

/**
 * The step a run comes to: the first in the order as it is now that lies behind the last one done. Null when there is none left.
 * Nobody does it unless whoever looks after the lead, business or customer is at work here.
 */
export async function dueStep(ctx: Context, run: string): Promise<DueStep | null> {
  const { rows } =
    await sql<DueStep>`select q.id as sequence, q.per_day as "perDay", s.id as step, s.action, s.subject, s.text,
      r.lead_id as lead, r.customer_id as customer, r.contact_id as contact, r.opportunity_id as opportunity,
      coalesce(r.contact_id, r.customer_id, r.lead_id) as person, coalesce(k.name, l.name, c.name, '') as "personName",
      coalesce(k.sex, c.sex) as sex, coalesce(c.name, l.company, '') as company,
      coalesce((select p.name from product p where p.id = any(coalesce(o.product_ids, l.product_ids)) and p.deleted_at is null
        order by p.name limit 1), '') as product,
      coalesce(nullif(k.email, ''), nullif(l.email, ''), nullif(c.email, '')) as email,
      u.id as owner, coalesce(u.name, '') as "ownerName", u.email as "ownerMail", n.wait as "nextWait", n.unit as "nextUnit"
    from sequence_run r join sequence q on q.id = r.sequence_id and q.active and q.deleted_at is null
      left join lead l on l.id = r.lead_id left join opportunity o on o.id = r.opportunity_id
      left join customer c on c.id = r.customer_id left join contact k on k.id = r.contact_id
      left join "user" u on u.id = coalesce(o.owner_id, l.owner_id, c.owner_id, r.owner_id) and u.status = 'active'
      cross join lateral (select coalesce(max(d.position), r.step - 1) as at from sequence_touch t
        join sequence_step d on d.id = t.step_id where t.run_id = r.id) last
      cross join lateral (select * from sequence_step s where s.sequence_id = q.id and s.deleted_at is null
        and s.position > last.at order by s.position limit 1) s
      left join lateral (select n.wait, n.unit from sequence_step n where n.sequence_id = q.id and n.deleted_at is null
        and n.position > s.position order by n.position limit 1) n on true
    where r.id = ${run}`.execute(ctx.db);
  return rows[0] ?? null;
}

/** The words a step's texts are filled in with. */
export const wordsOf = (step: DueStep): StepWords => ({
  name: salutation(step.personName, step.sex ?? undefined),
  company: step.company,
  product: step.product,
  owner: step.ownerName,
});
