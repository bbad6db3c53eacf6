import { sql } from 'kysely';
import { z } from 'zod';
import type { Context } from '../../../platform/context/context.ts';
import { systemContext } from '../../../platform/context/services.ts';
import { defineSubscriber, type StoredEvent } from '../../../platform/events/subscriber.ts';
import { importWrites } from '../../../platform/imports/running.ts';
import { addJob, defineJob } from '../../../platform/jobs/job.ts';
import type { Holder } from './deal.ts';
import { reckonDeal } from './reckon.ts';

interface Found {
  holder: Holder;
  id: string;
}

const AGAIN = 'commission.again';
const FROM = 'commission.from';

/** What is earned follows receipts, and whatever changes what a deal comes to or whose it is. */
export const followDeals = defineSubscriber({
  name: 'commission.deals',
  events: ['receipt.*', 'order.*', 'contract.*', 'invoice.*', 'commissionSplit.*'],
  rests: importWrites,
  async handle(services, batch) {
    const ctx = await systemContext(services, { kind: 'system', reason: 'commission' });
    for (const { holder, id } of await dealsIn(ctx, batch))
      try {
        await reckonDeal(ctx, holder, id);
      } catch (error) {
        // One deal that cannot be reckoned holds up no others; it is tried again by itself.
        services.log.error({ error, holder, id }, 'commission of a deal');
        await addJob(ctx, AGAIN, { holder, id }, { key: id });
      }
  },
});

/** Deals that have received money, among those a batch of events is about. */
export async function dealsIn(
  ctx: Context,
  batch: readonly Pick<StoredEvent, 'entity' | 'recordIds'>[],
): Promise<Found[]> {
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

/** Tries a deal again that could not be reckoned. */
const againJob = defineJob({
  name: AGAIN,
  input: z.object({ holder: z.enum(['order', 'contract']), id: z.uuid() }),
  attempts: 6,
  async run(services, { holder, id }, { job }) {
    const ctx = await systemContext(services, { kind: 'job', id: job.id, reason: 'commission' });
    return { rows: await reckonDeal(ctx, holder, id) };
  },
});

/** Deals reckoned between two steps of progress. */
const CHUNK = 200;
const NIL = '00000000-0000-0000-0000-000000000000';

/** A plan that begins in the past counts what was received since. */
const fromJob = defineJob({
  name: FROM,
  input: z.object({ from: z.iso.date(), to: z.iso.date().nullish() }),
  async run(services, { from, to }, { job, progress }) {
    const ctx = await systemContext(services, { kind: 'job', id: job.id, reason: 'commission' });
    let [deals, written] = [0, 0];
    for (let after = NIL; ; ) {
      const { rows } = await sql<Found>`select distinct e.account as holder, e.account_id as id
        from ledger_posting p join ledger_entry e on e.posting_id = p.id and e.account in ('order', 'contract')
        where p.book = 'receivable' and p.kind = 'allocation' and p.day >= ${from}::date
          and p.day <= coalesce(${to ?? null}::date, 'infinity') and e.account_id > ${after}::uuid
        order by id limit ${CHUNK}`.execute(ctx.db);
      for (const { holder, id } of rows) written += await reckonDeal(ctx, holder, id);
      deals += rows.length;
      await progress(deals);
      const last = rows.at(-1);
      if (!last) return { deals, rows: written };
      after = last.id;
    }
  },
});

/** Counts what was received from a day on by plans as they are now. */
export const reckonFrom = (ctx: Context, from: string, to: string | null): Promise<string> =>
  addJob(ctx, FROM, { from, to });

export const reckonJobs = [againJob, fromJob];
