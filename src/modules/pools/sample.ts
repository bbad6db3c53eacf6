import type { Context } from '../../platform/context/context.ts';
import { daysAgo, type SampleCompany, sampleRecords } from '../../platform/sample/sample.ts';
import { release } from './claim/claim.ts';

/** A year of work. */
const RECYCLE_DAYS = 250;
/** Calendar days in which no `RECYCLE_DAYS` lie yet, with any year's holidays. */
const NOT_DUE = 350;

/** A pool of each sales region, and in it the customers nobody spoke with for so long that the first night would take them. */
export async function fillPools(
  ctx: Context,
  { administrator, customers, departments }: SampleCompany,
): Promise<void> {
  const regions = ['华东', '华南', '华北'].filter((region) => departments[`${region}销售部`]);
  await sampleRecords(
    ctx,
    'pool',
    regions.map((region, order) => ({
      name: `${region}公海`,
      description: `${RECYCLE_DAYS} 个工作日没有联系的客户回到这里，由本区同事认领。`,
      order: order + 1,
      condition: { field: 'department', op: 'eq', value: departments[`${region}销售部`] },
      members: [administrator],
      memberDepartments: [departments[`${region}销售部`]],
      claimLimit: 50,
      dailyClaimLimit: 5,
      recycleNoContactDays: RECYCLE_DAYS,
    })),
  );
  const idle = customers.filter(({ owner, idleDays }) => owner !== administrator && idleDays > NOT_DUE);
  const ids = idle.map(({ id }) => id);
  await release(daysAgo(ctx, 6), ids, { reason: '一年没有联系' });
}
