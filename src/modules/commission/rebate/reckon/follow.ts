import { sql } from 'kysely';
import { z } from 'zod';
import type { Context } from '../../../../platform/context/context.ts';
import { addJob, defineJob } from '../../../../platform/jobs/job.ts';
import type { Holder } from '../../reckon/deal.ts';
import { type Batch, CHUNK, type Found, following, reckonEach } from '../../reckon/following.ts';
import { anyAgreements } from './agreements.ts';
import { reckonRebates } from './reckon.ts';

const FROM = 'rebate.from';

/** The orders and contracts a batch of events is about. */
async function dealsIn(ctx: Context, batch: Batch): Promise<Found[]> {
  if (!(await anyAgreements(ctx))) return [];
  const of = (name: string) => batch.flatMap(({ entity, recordIds }) => (entity === name ? recordIds : []));
  const { rows } = await sql<Found>`
    select 'order' as holder, id from (select unnest(${of('order')}::uuid[]) as id
      union select order_id from delivery where id = any(${of('delivery')}::uuid[])
      union select order_id from return_order where id = any(${of('returnOrder')}::uuid[])
      union select order_id from invoice where id = any(${of('invoice')}::uuid[])
      union select e.account_id from ledger_posting p join ledger_entry e on e.posting_id = p.id and e.account = 'order'
        where p.source = any(${of('receipt')}::uuid[]) and p.book = 'receivable') o where id is not null
    union all
    select 'contract', id from (select unnest(${of('contract')}::uuid[]) as id
      union select contract_id from invoice where id = any(${of('invoice')}::uuid[])
      union select e.account_id from ledger_posting p join ledger_entry e on e.posting_id = p.id and e.account = 'contract'
        where p.source = any(${of('receipt')}::uuid[]) and p.book = 'receivable') c where id is not null
    order by id`.execute(ctx.db);
  return rows;
}

const rebates = { name: 'rebate', reckon: reckonRebates } as const;

/** What is accrued follows what is ordered, shipped and paid, and whatever takes it back. */
const [subscriber, againJob] = following({
  ...rebates,
  events: ['order.*', 'contract.*', 'delivery.*', 'returnOrder.*', 'receipt.*', 'invoice.*'],
  dealsIn,
});

/** An agreement that begins or ends in the past counts anew what there was since. */
const fromJob = defineJob({
  name: FROM,
  input: z.object({ agreement: z.uuid() }),
  run: (services, { agreement }, run) =>
    reckonEach(services, rebates, (ctx, after) => dealsFor(ctx, agreement, after), run),
});

/** Orders and contracts an agreement may count, from one on. */
async function dealsFor(ctx: Context, agreement: string, after: string): Promise<Found[]> {
  const of = (holder: Holder) => sql`(select ${holder} as holder, d.id from ${sql.table(holder)} d
    where d.customer_id in (select id from buyer) and d.id > ${after} order by d.id limit ${CHUNK})`;
  const { rows } =
    await sql<Found>`with recursive a as (select * from rebate_agreement where id = ${agreement}),
    below as (select p.unit_id as id, 1 as level from a join partner p on p.id = a.partner_id where a.with_side
      union all select d.id, b.level + 1 from department d join below b on d.parent_id = b.id where b.level < 30),
    buyer as (select customer_id as id from a union select c.id from customer c where c.department_id in (select id from below))
    select * from (${of('order')} union all ${of('contract')}) f order by id limit ${CHUNK}`.execute(ctx.db);
  return rows;
}

/** Counts by an agreement as it is now what there was before. */
export const reckonAgreement = (ctx: Context, agreement: string): Promise<string> =>
  addJob(ctx, FROM, { agreement });

export const followTrade = subscriber;
export const rebateJobs = [againJob, fromJob];
