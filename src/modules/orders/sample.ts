import type { Context } from '../../platform/context/context.ts';
import { dayOf } from '../../platform/context/day.ts';
import { lockRows } from '../../platform/entity/records.ts';
import { entityNamed } from '../../platform/entity/registry.ts';
import { chance } from '../../platform/sample/random.ts';
import {
  daysAgo,
  performNamed,
  type SampleCompany,
  type SampleFile,
  sampleIds,
  sampleRecords,
} from '../../platform/sample/sample.ts';
import { putInForce } from './contract/approval.ts';
import { deliveryCommands } from './delivery/commands.ts';
import { orderCommands } from './order/commands.ts';

/** What is ordered together, by product code, and how much of it at most. */
const GOODS: readonly (readonly (readonly [code: string, most: number])[])[] = [
  [
    ['T1-100', 12],
    ['P-10', 20],
  ],
  [
    ['G-4', 3],
    ['S-1Y', 1],
  ],
  [
    ['V-SP', 12],
    ['SSR-40', 60],
  ],
  [
    ['T2-200', 6],
    ['V-IN', 16],
  ],
  [
    ['P-20', 15],
    ['V-CA', 2],
  ],
];

/** Whose orders of the months behind us these are, the earlier in the sample the oftener; some come back for more. */
const PAST = [
  ...Array.from({ length: 26 }, (_, at) => (at < 6 ? at : at * 9)),
  ...[0, 3, 54, 54, 63, 72, 0, 3],
];

/** Our own company; contracts in force and to sign; orders of the past months, most delivered and arrived, and some to confirm by whoever tries it. */
export async function fillOrders(ctx: Context, { customers }: SampleCompany): Promise<void> {
  await sampleRecords(ctx, 'legalEntity', [
    {
      name: '上海云河机电有限公司',
      taxNumber: '91310115MA1K4XXX1T',
      bank: '工商银行上海张江支行',
      bankAccount: '1001 2345 0920 0012 345',
      address: '上海市浦东新区张江路 88 号',
      phone: '021-5080 0000',
      usual: true,
    },
  ]);
  const random = chance(20_261_123);
  const today = Temporal.PlainDate.from(dayOf(ctx));
  const products = await sampleIds(ctx, 'product', 'code');
  const lines = () =>
    random
      .pick(GOODS)
      .map(([code, most]) => ({ product: products.get(code), quantity: String(1 + random.below(most)) }));
  const head = (at: number) => ({
    customer: customers[at]?.id,
    contact: customers[at]?.contacts[0]?.id ?? null,
    owner: customers[at]?.owner,
  });
  const past = daysAgo(ctx, 20);
  const contracts = await sampleRecords(
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
  const agreed = contracts.slice(0, 3).map(({ id }) => id);
  for (const row of await lockRows(past, entityNamed(ctx.registry, 'contract'), agreed))
    await putInForce(past, row);
  for (const [at, whose] of PAST.entries()) {
    const customer = customers[whose];
    if (!customer) continue;
    await pastOrder(daysAgo(ctx, 4 + ((at * 29) % 130)), at, { customer, lines: lines() });
  }
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

/** An order as it was confirmed then, shipped some days after, and arrived unless it is on its way. */
async function pastOrder(
  then: Context,
  at: number,
  { customer, lines }: { customer: SampleFile; lines: Record<string, unknown>[] },
): Promise<void> {
  const [order] = await sampleRecords(then, 'order', [
    {
      ...{ customer: customer.id, contact: customer.contacts[0]?.id ?? null, owner: customer.owner, lines },
      deliverBy: Temporal.PlainDate.from(dayOf(then)).add({ days: 5 }).toString(),
    },
  ]);
  const id = order?.id as string;
  await performNamed(then, orderCommands, 'confirm', id);
  if (at % 6 === 5) return;
  const [delivery] = await sampleRecords(then, 'delivery', [{ order: id }]);
  const shipped = Temporal.PlainDate.from(dayOf(then)).add({ days: 2 }).toString();
  const goods = delivery?.id as string;
  const carrier = { on: shipped, carrier: '德邦物流', trackingNumber: `DPK${20_260_000 + at}` };
  await performNamed(then, deliveryCommands, 'ship', goods, carrier, 'delivery');
  if (at % 6 === 4) return;
  const arrived = Temporal.PlainDate.from(shipped).add({ days: 1 }).toString();
  await performNamed(then, deliveryCommands, 'receive', goods, { on: arrived }, 'delivery');
}
