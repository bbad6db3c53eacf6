import { z } from 'zod';
import { dayOf } from '../../platform/context/day.ts';
import { type Services, systemContext } from '../../platform/context/services.ts';
import { defineJob } from '../../platform/jobs/job.ts';
import { type NotificationItem, notify } from '../../platform/notifications/notify.ts';
import { waiting } from './plan/open.ts';

/** Reminds managers every day while somebody's open work waits to be handed over. */
export const remindJob = defineJob({
  name: 'handover.remind',
  input: z.object({}),
  nightly: true,
  run: (services) => remind(services),
});

export async function remind(services: Services): Promise<{ reminded: number }> {
  const ctx = await systemContext(services, { kind: 'job' });
  const { directory } = ctx.approvals;
  const items: NotificationItem[] = [];
  for (const { id, name, open } of await waiting(ctx)) {
    const [manager] = await directory.managersAbove(ctx, id);
    items.push({
      to: manager ? [manager] : await directory.administrators(ctx),
      kind: 'handover.waiting',
      params: { name, count: Object.values(open).reduce((all, n) => all + n, 0) },
      key: `handover.waiting:${id}:${dayOf(ctx)}`,
    });
  }
  await notify(ctx, items);
  return { reminded: items.length };
}
