import type { Context } from '../../platform/context/context.ts';
import { chance } from '../../platform/sample/random.ts';
import { type SampleCompany, sampleRecords } from '../../platform/sample/sample.ts';

const MEMORIES = [
  '女儿今年上大学',
  '喜欢喝岩茶，不喝酒',
  '周末带孩子学游泳',
  '老家在绍兴，爱听越剧',
  '正在考 MBA',
  '膝盖做过手术，别约爬山',
];

/** What is remembered of people, and the plans by which they are greeted. */
export async function fillCare(ctx: Context, { customers }: SampleCompany): Promise<void> {
  const random = chance(20_260_402);
  const files = [...customers.slice(0, 20), ...Array.from({ length: 120 }, () => random.pick(customers))];
  await sampleRecords(
    ctx,
    'rememberedFact',
    files.map((file) => ({
      text: random.pick(MEMORIES),
      customer: file.id,
      contact: file.contacts[0]?.id ?? null,
    })),
  );
  await sampleRecords(ctx, 'carePlan', [
    { name: 'VIP 生日', occasion: 'birthday', action: 'call', grades: 'VIP', leadDays: 3 },
    {
      name: '生日问候',
      occasion: 'birthday',
      action: 'message',
      grades: 'regular',
      text: '{name}，祝您生日快乐，万事顺意！',
    },
    { name: '春节拜年', occasion: 'festival', festival: 'springFestival', action: 'message', leadDays: 7 },
  ]);
}
