import type { Context } from '../../platform/context/context.ts';
import { dayOf } from '../../platform/context/day.ts';
import { makeDecided } from '../../platform/entity/decided.ts';
import { daysAgo, type SampleCompany } from '../../platform/sample/sample.ts';
import { yearAt } from '../../platform/time/period.shared.ts';

const LINES = [
  { area: '华东', channel: 'direct', amount: '360000', quantity: '2400' },
  { area: '华南', channel: 'direct', amount: '180000', quantity: '1200' },
  { area: '华北', channel: 'direct', amount: '120000', quantity: '900' },
  { channel: 'dealer', amount: '150000', quantity: '1000' },
  { channel: 'agent', amount: '60000', quantity: '400' },
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
