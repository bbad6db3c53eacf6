import type { Context } from '../../platform/context/context.ts';
import { chance } from '../../platform/sample/random.ts';
import { daysAgo, type SampleCompany, sampleRecords } from '../../platform/sample/sample.ts';
import { release } from './claim/claim.ts';

/** So many that the first night takes few of the sample's customers, of whom some had no contact for a year. */
const RECYCLE_DAYS = 250;

/** A pool of each sales region, and customers in it whom nobody looks after. */
export async function fillPools(
  ctx: Context,
  { administrator, customers, departments }: SampleCompany,
): Promise<void> {
  const random = chance(20_260_404);
  const regions = ['华东', '华南', '华北'].filter((region) => departments[`${region}销售部`]);
  const pools = await sampleRecords(
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
  const others = customers.filter(({ owner }) => owner !== administrator);
  const then = daysAgo(ctx, 6);
  for (const { id } of pools) {
    const left = new Set(Array.from({ length: 20 }, () => random.pick(others).id));
    await release(then, [...left], { reason: '负责人离职，暂时没有人接手', pool: id });
  }
}
