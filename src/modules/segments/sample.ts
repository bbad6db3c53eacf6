import type { Context } from '../../platform/context/context.ts';
import { type SampleCompany, sampleRecords } from '../../platform/sample/sample.ts';

/** Two segments that show what a condition can say. */
export async function fillSegments(ctx: Context, { administrator }: SampleCompany): Promise<void> {
  const quiet = {
    related: 'activity',
    via: 'customer',
    where: { field: 'occurredAt', op: 'within', value: { within: { days: 180 } } },
    aggregate: { fn: 'count' },
    op: 'eq',
    value: 0,
  };
  await sampleRecords(ctx, 'segment', [
    {
      name: '半年没有联系的大客户',
      owner: administrator,
      definition: { and: [{ field: 'annualRevenue', op: 'gte', value: 50_000_000 }, quiet] },
    },
    {
      name: '杭州制造业',
      owner: administrator,
      definition: {
        and: [
          { field: 'city', op: 'eq', value: '杭州市' },
          { field: 'industry', op: 'eq', value: 'manufacturing' },
        ],
      },
    },
  ]);
}
