import { sql } from 'kysely';
import { z } from 'zod';
import type { Context } from '../../../platform/context/context.ts';
import { addJob, defineJob } from '../../../platform/jobs/job.ts';
import { type Batch, CHUNK, type Found, following, reckonEach } from './following.ts';
import { reckonDeal } from './reckon.ts';

const FROM = 'commission.from';

/** Deals that have received money, among those a batch of events is about. */
async function dealsIn(ctx: Context, batch: Batch): Promise<Found[]> {
  const of = (name: string) => batch.flatMap(({ entity, recordIds }) => (entity === name ? recordIds : []));
  const { rows } = await sql<Found>`with named as (
      select unnest(${of('order')}::uuid[]) as id union select unnest(${of('contract')}::uuid[])
      union select unnest(array[order_id, contract_id]) from invoice where id = any(${of('invoice')}::uuid[])
      union select unnest(array[order_id, contract_id]) from commission_split where id = any(${of('commissionSplit')}::uuid[])
    ), deal as (select id from named where id is not null
      union select o.id from "order" o join named n on n.id = o.contract_id
      union select e.account_id from ledger_posting p join ledger_entry e on e.posting_id = p.id
        where p.source = any(${of('receipt')}::uuid[]) and p.book = 'receivable' and e.account in ('order', 'contract'))
    select distinct b.account as holder, b.account_id as id from deal d join ledger_balance b on b.account_id = d.id
      and b.account in ('order', 'contract') and b.book = 'receivable' order by b.account_id`.execute(ctx.db);
  return rows;
}

const commission = { name: 'commission', reckon: reckonDeal } as const;

/** What is earned follows receipts, and whatever changes what a deal comes to or whose it is. */
const [subscriber, againJob] = following({
  ...commission,
  events: ['receipt.*', 'order.*', 'contract.*', 'invoice.*', 'commissionSplit.*'],
  dealsIn,
});

/** A plan that begins in the past counts what was received since. */
const fromJob = defineJob({
  name: FROM,
  input: z.object({ from: z.iso.date(), to: z.iso.date().nullish() }),
  run: (services, { from, to }, run) =>
    reckonEach(services, commission, (ctx, after) => receivedFrom(ctx, from, to ?? null, after), run),
});

async function receivedFrom(ctx: Context, from: string, to: string | null, after: string): Promise<Found[]> {
  const { rows } = await sql<Found>`select distinct e.account as holder, e.account_id as id
    from ledger_posting p join ledger_entry e on e.posting_id = p.id and e.account in ('order', 'contract')
    where p.book = 'receivable' and p.kind = 'allocation' and p.day >= ${from}::date
      and p.day <= coalesce(${to}::date, 'infinity') and e.account_id > ${after}::uuid
    order by id limit ${CHUNK}`.execute(ctx.db);
  return rows;
}

/** Counts what was received from a day on by plans as they are now. */
export const reckonFrom = (ctx: Context, from: string, to: string | null): Promise<string> =>
  addJob(ctx, FROM, { from, to });

export const followDeals = subscriber;
export const reckonJobs = [againJob, fromJob];
