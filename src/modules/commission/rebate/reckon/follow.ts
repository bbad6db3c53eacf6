import { sql } from 'kysely';
import { z } from 'zod';
import type { Context } from '../../../../platform/context/context.ts';
import { systemContext } from '../../../../platform/context/services.ts';
import { defineSubscriber, type StoredEvent } from '../../../../platform/events/subscriber.ts';
import { importWrites } from '../../../../platform/imports/running.ts';
import { addJob, defineJob } from '../../../../platform/jobs/job.ts';
import type { Holder } from '../../reckon/deal.ts';
import { anyAgreements } from './agreements.ts';
import { reckonRebates } from './reckon.ts';

interface Found {
  holder: Holder;
  id: string;
}

const AGAIN = 'rebate.again';
const FROM = 'rebate.from';

/** What is accrued follows what is ordered, shipped and paid, and whatever takes it back. */
export const followTrade = defineSubscriber({
  name: 'rebate.deals',
  events: ['order.*', 'contract.*', 'delivery.*', 'returnOrder.*', 'receipt.*', 'invoice.*'],
  rests: importWrites,
  async handle(services, batch) {
    const ctx = await systemContext(services, { kind: 'system', reason: 'rebate' });
    if (!(await anyAgreements(ctx))) return;
    for (const { holder, id } of await dealsIn(ctx, batch))
      try {
        await reckonRebates(ctx, holder, id);
      } catch (error) {
        // One deal that cannot be reckoned holds up no others; it is tried again by itself.
        services.log.error({ error, holder, id }, 'rebate of a deal');
        await addJob(ctx, AGAIN, { holder, id }, { key: id });
      }
  },
});

/** The orders and contracts a batch of events is about. */
async function dealsIn(
  ctx: Context,
  batch: readonly Pick<StoredEvent, 'entity' | 'recordIds'>[],
): Promise<Found[]> {
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

/** Tries a deal again that could not be reckoned. */
const againJob = defineJob({
  name: AGAIN,
  input: z.object({ holder: z.enum(['order', 'contract']), id: z.uuid() }),
  attempts: 6,
  async run(services, { holder, id }, { job }) {
    const ctx = await systemContext(services, { kind: 'job', id: job.id, reason: 'rebate' });
    return { rows: await reckonRebates(ctx, holder, id) };
  },
});

/** Deals reckoned between two steps of progress. */
const CHUNK = 200;
const NIL = '00000000-0000-0000-0000-000000000000';

/** An agreement that begins or ends in the past counts anew what there was since. */
const fromJob = defineJob({
  name: FROM,
  input: z.object({ agreement: z.uuid() }),
  async run(services, { agreement }, { job, progress }) {
    const ctx = await systemContext(services, { kind: 'job', id: job.id, reason: 'rebate' });
    let [deals, written] = [0, 0];
    for (let after = NIL; ; ) {
      const rows = await dealsFor(ctx, agreement, after);
      for (const { holder, id } of rows) written += await reckonRebates(ctx, holder, id);
      deals += rows.length;
      await progress(deals);
      const last = rows.at(-1);
      if (!last) return { deals, rows: written };
      after = last.id;
    }
  },
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

export const rebateJobs = [againJob, fromJob];
