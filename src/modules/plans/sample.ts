import type { Context } from '../../platform/context/context.ts';
import { dayOf } from '../../platform/context/day.ts';
import { makeDecided } from '../../platform/entity/decided.ts';
import { daysAgo, type SampleCompany } from '../../platform/sample/sample.ts';
import { yearAt } from '../../platform/time/period.shared.ts';

const LINES = [
  { area: '华东', channel: 'direct', amount: '210000', quantity: '900' },
  { area: '华南', channel: 'direct', amount: '96000', quantity: '420' },
  { area: '华北', channel: 'direct', amount: '60000', quantity: '260' },
  { channel: 'dealer', amount: '90000', quantity: '380' },
  { channel: 'agent', amount: '40000', quantity: '170' },
];

/** This year's plan, in force. */
export async function fillPlans(ctx: Context, { administrator }: SampleCompany): Promise<void> {
  const year = yearAt(dayOf(ctx), ctx.yearBegins);
  const then = daysAgo(ctx, 200);
  await makeDecided(
    then,
    'salesPlan',
    [{ year: String(year), owner: administrator, lines: LINES }],
    [{ status: 'approved', approvedAt: then.now }],
  );
}
