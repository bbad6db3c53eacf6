import type { Context } from '../../platform/context/context.ts';
import { dayOf } from '../../platform/context/day.ts';
import { chance } from '../../platform/sample/random.ts';
import { daysAgo, type SampleCompany, sampleRecords } from '../../platform/sample/sample.ts';

const GOODS = [
  { name: '铝合金型材 6063', unit: 'piece', price: '268' },
  { name: '不锈钢法兰 DN80', unit: 'piece', price: '95.5' },
  { name: '输送带托辊', unit: 'piece', price: '132' },
  { name: '安装调试', unit: 'set', price: '1800' },
];

/** Our own company, contracts to sign and orders to confirm: what people try first is taking them on. */
export async function fillOrders(ctx: Context, { customers }: SampleCompany): Promise<void> {
  await sampleRecords(ctx, 'legalEntity', [
    {
      name: '上海云河机电有限公司',
      taxNumber: '91310115MA1K4XXX1T',
      bank: '工商银行上海张江支行',
      usual: true,
    },
  ]);
  const random = chance(20_261_123);
  const today = Temporal.PlainDate.from(dayOf(ctx));
  const lines = () => {
    const first = random.below(GOODS.length);
    const goods = [first, first + 1].map((at) => GOODS[at % GOODS.length]);
    return goods.map((each) => ({ ...each, quantity: String(1 + random.below(20)) }));
  };
  const head = (at: number) => ({
    customer: customers[at]?.id,
    contact: customers[at]?.contacts[0]?.id ?? null,
    owner: customers[at]?.owner,
  });
  const past = daysAgo(ctx, 20);
  await sampleRecords(
    past,
    'contract',
    [0, 3, 7, 12, 18]
      .filter((at) => customers[at])
      .map((at) => ({
        ...head(at),
        name: `${customers[at]?.name} 年度供货合同`,
        signedOn: today.subtract({ days: 20 }).toString(),
        endsOn: today.add({ days: 20 + at * 15 }).toString(),
        lines: lines(),
        instalments: [
          { name: '首付', percent: '30', event: 'signed', days: 7 },
          { name: '到货款', percent: '60', event: 'arrival', days: 15 },
          { name: '质保金', percent: '10', event: 'warrantyEnd' },
        ],
        warrantyMonths: 12,
      })),
  );
  await sampleRecords(
    ctx,
    'order',
    [0, 1, 2, 4, 5, 8, 9, 13]
      .filter((at) => customers[at])
      .map((at) => ({
        ...head(at),
        deliverBy: today.add({ days: 1 + (at % 6) }).toString(),
        promisedHours: at % 3 === 0 ? 24 : null,
        lines: lines(),
      })),
  );
}
