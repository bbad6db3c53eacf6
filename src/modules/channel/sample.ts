import { sql } from 'kysely';
import type { Context } from '../../platform/context/context.ts';
import { dayOf } from '../../platform/context/day.ts';
import { chance } from '../../platform/sample/random.ts';
import {
  by,
  daysAgo,
  performNamed,
  type SampleCompany,
  sampleIds,
  sampleRecords,
} from '../../platform/sample/sample.ts';
import { introduceSamplePeople } from '../organisation/public.ts';
import { makePerson } from './partner/people.ts';
import { dealDecisions } from './registration/decide.ts';

/** Customers that buy to sell on: their orders are among the sample's. */
const PARTNERS = [
  { at: 54, kind: 'dealer', level: 'first', territory: ['江苏', '浙江'] },
  { at: 63, kind: 'dealer', level: 'first', territory: ['广东'] },
  { at: 72, kind: 'agent', level: 'second', territory: ['山东', '河北'] },
] as const;

/** What the first partner named, and what became of it. */
const DEALS = [
  {
    name: '镇江锦程船舶设备有限公司',
    contactName: '陆建明',
    phone: '19900009801',
    products: ['TC-800', 'G-8'],
    amount: '86000',
    closeIn: 45,
    description: '船厂二期涂装线温控改造，业主已立项，我方跟了三个月。',
    ago: 24,
    decision: { name: 'approveDeal', input: {} },
  },
  {
    name: '湖州南浔木业有限公司',
    contactName: '沈国良',
    phone: '19900009802',
    products: ['T2-200'],
    amount: '32000',
    closeIn: 60,
    description: '干燥窑换温控，先装两台看效果。',
    ago: 5,
    decision: null,
  },
  {
    name: '无锡惠山铸造厂',
    contactName: '钱伟',
    phone: '19900009803',
    products: ['P-90'],
    amount: '18000',
    closeIn: 30,
    description: '检测工位想加位移测量。',
    ago: 15,
    decision: { name: 'refuseDeal', input: { reason: '客户上月已由华东销售部报价，请改为协同跟进。' } },
  },
] as const;

/** Three partners with their terms, what they had in stock in the last months, and of the first one a person and the deals he registered. */
export async function fillChannel(ctx: Context, { customers }: SampleCompany): Promise<void> {
  const today = Temporal.PlainDate.from(dayOf(ctx));
  const chosen = PARTNERS.flatMap(({ at, ...terms }) => {
    const customer = customers[at];
    return customer ? [{ customer, terms }] : [];
  });
  const partners = await sampleRecords(
    ctx,
    'partner',
    chosen.map(({ customer, terms }) => ({
      ...terms,
      name: customer.name,
      customer: customer.id,
      owner: customer.owner,
      contractFrom: today.with({ month: 1, day: 1 }).toString(),
      contractTo: today.with({ month: 12, day: 31 }).toString(),
      creditLimit: { amount: '200000', currency: ctx.currency },
    })),
  );
  const { rows: products } = await sql<{ id: string }>`select id from product
    where deleted_at is null and active is not false order by code nulls last, id limit 3`.execute(ctx.db);
  const random = chance(20_261_127);
  const months = [3, 2, 1].map((back) => today.toPlainYearMonth().subtract({ months: back }).toString());
  await sampleRecords(
    ctx,
    'stockDeclaration',
    partners.flatMap(({ id }, at) =>
      products.flatMap((product) => {
        let opening = 20 + random.below(30);
        return months.map((month) => {
          const inflow = 10 + random.below(40);
          const outflow = random.below(opening + inflow);
          const line = { partner: id, month, product: product.id, opening, inflow, outflow };
          opening += inflow - outflow;
          return {
            ...line,
            owner: chosen[at]?.customer.owner,
            opening: String(line.opening),
            inflow: String(inflow),
            outflow: String(outflow),
          };
        });
      }),
    ),
  );
  if (partners[0]) await fillDeals(ctx, partners[0].id, chosen[0]?.customer.owner as string);
}

async function fillDeals(ctx: Context, partner: string, manager: string): Promise<void> {
  const { rows } = await sql<{
    unit: string;
  }>`select unit_id as unit from partner where id = ${partner}`.execute(ctx.db);
  const unit = rows[0]?.unit as string;
  const person = await makePerson(ctx, unit, {
    name: '唐晓峰',
    jobTitle: '经销商业务经理',
    email: 'partner1@example.cn',
    phone: '19900009800',
  });
  await introduceSamplePeople(ctx, [person]);
  const products = await sampleIds(ctx, 'product', 'code');
  const today = Temporal.PlainDate.from(dayOf(ctx));
  for (const { ago, closeIn, decision, amount, products: codes, ...deal } of DEALS) {
    const [made] = await sampleRecords(by(daysAgo(ctx, ago), person), 'dealRegistration', [
      {
        ...{ ...deal, partner, owner: manager, department: unit },
        products: codes.flatMap((code) => products.get(code) ?? []),
        amount: { amount, currency: ctx.currency },
        closeDate: today.add({ days: closeIn }).toString(),
      },
    ]);
    if (!made || !decision) continue;
    const then = by(daysAgo(ctx, ago - 2), manager);
    await performNamed(then, dealDecisions, decision.name, made.id, decision.input);
  }
}
