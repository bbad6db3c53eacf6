import { z } from 'zod';
import type { Context } from '../../../platform/context/context.ts';
import { type Services, systemContext } from '../../../platform/context/services.ts';
import { defineSubscriber, type StoredEvent, type Subscriber } from '../../../platform/events/subscriber.ts';
import { importWrites } from '../../../platform/imports/running.ts';
import { addJob, defineJob, type JobSpec } from '../../../platform/jobs/job.ts';
import type { Holder } from './deal.ts';

/** An order or contract to be reckoned. */
export interface Found {
  holder: Holder;
  id: string;
}

export type Batch = readonly Pick<StoredEvent, 'entity' | 'recordIds'>[];

/** What is reckoned by deals, whenever something happens to one. */
interface Following {
  name: 'commission' | 'rebate';
  events: readonly string[];
  /** The deals a batch of events is about. */
  dealsIn(ctx: Context, batch: Batch): Promise<Found[]>;
  reckon(ctx: Context, holder: Holder, id: string): Promise<number>;
}

/** Follows deals by events. One that cannot be reckoned holds up no others; it is tried again by itself. */
export function following({ name, events, dealsIn, reckon }: Following): [Subscriber, JobSpec] {
  const again = `${name}.again`;
  const subscriber = defineSubscriber({
    name: `${name}.deals`,
    events,
    rests: importWrites,
    async handle(services, batch) {
      const ctx = await systemContext(services, { kind: 'system', reason: name });
      for (const { holder, id } of await dealsIn(ctx, batch))
        try {
          await reckon(ctx, holder, id);
        } catch (error) {
          services.log.error({ error, holder, id }, `${name} of a deal`);
          await addJob(ctx, again, { holder, id }, { key: id });
        }
    },
  });
  const job = defineJob({
    name: again,
    input: z.object({ holder: z.enum(['order', 'contract']), id: z.uuid() }),
    attempts: 6,
    async run(services, { holder, id }, { job: { id: cause } }) {
      const ctx = await systemContext(services, { kind: 'job', id: cause, reason: name });
      return { rows: await reckon(ctx, holder, id) };
    },
  });
  return [subscriber, job];
}

/** Deals reckoned between two steps of progress. */
export const CHUNK = 200;
const NIL = '00000000-0000-0000-0000-000000000000';

/** Reckons deals one after the other, as a job; `next` gives at most a chunk of those after one, in order of id. */
export async function reckonEach(
  services: Services,
  { name, reckon }: Pick<Following, 'name' | 'reckon'>,
  next: (ctx: Context, after: string) => Promise<Found[]>,
  { job, progress }: { job: { id: string }; progress(done: number): Promise<void> },
): Promise<{ deals: number; rows: number }> {
  const ctx = await systemContext(services, { kind: 'job', id: job.id, reason: name });
  let [deals, rows] = [0, 0];
  for (let after = NIL; ; ) {
    const found = await next(ctx, after);
    for (const { holder, id } of found) rows += await reckon(ctx, holder, id);
    deals += found.length;
    await progress(deals);
    const last = found.at(-1);
    if (!last) return { deals, rows };
    after = last.id;
  }
}
