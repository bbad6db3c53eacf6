import { type Services, systemContext } from '../../../platform/context/services.ts';
import { defineSubscriber } from '../../../platform/events/subscriber.ts';
import { addJob } from '../../../platform/jobs/job.ts';
import { togetherJob } from './count.ts';

/**
 * Who bought what is another count once customers or products have become one, or two again. However many are merged at
 * once, one count waits.
 */
export const togetherAfterMerge = defineSubscriber({
  name: 'orders.together',
  events: ['customer.merged', 'customer.unmerged', 'product.merged', 'product.unmerged'],
  async handle(services: Services) {
    const ctx = await systemContext(services, { kind: 'system', reason: 'merged' });
    await addJob(ctx, togetherJob.name, {}, { key: 'merged' });
  },
});
