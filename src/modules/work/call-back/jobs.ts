import { z } from 'zod';
import type { Context } from '../../../platform/context/context.ts';
import { type Services, systemContext } from '../../../platform/context/services.ts';
import { ProblemError } from '../../../platform/errors/problem.ts';
import { defineSubscriber } from '../../../platform/events/subscriber.ts';
import { defineJob } from '../../../platform/jobs/job.ts';
import { personContext } from '../../organisation/public.ts';
import { callAfter, callSilent, type Plan, plansOf } from './make.ts';

/** Every night each plan for silent customers finds some more, in the name of its owner and with his sight. */
export const callBackJob = defineJob({
  name: 'work.callBacks',
  input: z.object({}),
  nightly: true,
  async run(services: Services, _input, { progress }) {
    const system = await systemContext(services, { kind: 'job' });
    const plans = await plansOf(system, 'silent');
    let made = 0;
    const refused: string[] = [];
    for (const [at, plan] of plans.entries()) {
      const done = await inNameOfOwner(services, plan, (ctx) => callSilent(ctx, plan));
      if (done === null) refused.push(plan.name);
      else made += done;
      await progress(at + 1, plans.length);
    }
    return { made, refused };
  },
});

/**
 * Works a plan with its owner's sight. Null where that cannot be — its segment lost a field, its owner may not see it or has left:
 * one such plan holds no other up.
 */
async function inNameOfOwner(
  services: Services,
  plan: Plan,
  work: (ctx: Context) => Promise<number>,
): Promise<number | null> {
  try {
    const cause = { kind: 'system', reason: 'call-back plan' } as const;
    return await work(await personContext(services, { id: plan.owner }, cause));
  } catch (error) {
    if (error instanceof ProblemError) return null;
    throw error;
  }
}

/** The events after which customers are called back, with the trigger each is; their payload names the `customers`. */
const TRIGGERS: Readonly<Record<string, string>> = {
  'order.completed': 'sale',
  'repair.completed': 'repair',
  'complaint.settled': 'complaint',
};

const payload = z.object({ customers: z.array(z.uuid()) });

/** Plans a call-back after a sale, a repair or a complaint, whichever module tells of it. */
export const callBackSubscriber = defineSubscriber({
  name: 'work.callBacks',
  events: Object.keys(TRIGGERS),
  async handle(services, batch) {
    const system = await systemContext(services, { kind: 'system' });
    for (const event of batch) {
      const told = payload.safeParse(event.payload);
      if (!told.success) continue;
      for (const plan of await plansOf(system, TRIGGERS[event.name] as string))
        await inNameOfOwner(services, plan, (ctx) => callAfter(ctx, plan, told.data.customers, event.id));
    }
  },
});
