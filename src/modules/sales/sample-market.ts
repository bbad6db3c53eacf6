import type { Context } from '../../platform/context/context.ts';
import { dayOf } from '../../platform/context/day.ts';
import { changeRows, lockRows } from '../../platform/entity/records.ts';
import { entityNamed } from '../../platform/entity/registry.ts';
import { by, daysAgo, type SampleCompany, sampleIds, sampleRecords } from '../../platform/sample/sample.ts';

const COMPETITORS = [
  {
    name: '恒测科技',
    website: 'https://hengce.example.com',
    strengths: '价格低两成，现货多；代理商遍布二线城市。',
    weaknesses: '售后靠代理商，响应慢；没有软件。',
  },
  {
    name: '北辰自控',
    website: 'https://beichen.example.com',
    strengths: '温控柜成套能力强，招标经验多。',
    weaknesses: '交期六周以上，小单不接。',
  },
  {
    name: 'Nordtherm',
    website: 'https://nordtherm.example.com',
    strengths: '进口品牌，精度高，外资客户认。',
    weaknesses: '价格贵一倍，备件要等海运。',
  },
];

/** Competitor, what it is called there, ours that it stands against, price, source, days ago. */
const PRICES: readonly (readonly [
  who: number,
  theirs: string,
  ours: string,
  price: string,
  source: string,
  ago: number,
])[] = [
  [0, 'HC-T10 温控器', 'T1-100', '1020.00', 'customer', 12],
  [0, 'HC-P1 压力变送器', 'P-10', '368.00', 'dealer', 40],
  [1, 'BC-8 温控柜', 'TC-800', '17900.00', 'tender', 26],
  [2, 'NT-Pro 4', 'T2-200', '5200.00', 'exhibition', 75],
];

const NOTES = [
  {
    subject: '恒测在长三角降价清库存',
    kind: 'price',
    content:
      '两家老客户拿到恒测 T10 的报价，比三个月前低 8%，只限现货、款到发货。我方以交期和质保应对，不跟价。',
    who: [0],
    products: ['T1-100'],
    region: '江苏省',
    source: '客户采购转述',
    ago: 11,
  },
  {
    subject: '锂电设备厂扩产，温控柜需求转旺',
    kind: 'demand',
    content: '展会上三家锂电设备厂说明年一季度扩线，每条线 4–6 台温控柜，要求 6 周内交货。',
    who: [1],
    products: ['TC-800'],
    region: '广东省',
    source: '深圳工业展',
    ago: 33,
  },
  {
    subject: '计量检定新规明年七月实施',
    kind: 'policy',
    content: '在线温度仪表检定周期由两年改为一年，年度校准的需求会翻倍，可提前与老客户谈年度服务。',
    who: [],
    products: ['V-CA'],
    region: '上海市',
    source: '行业协会通知',
    ago: 48,
  },
  {
    subject: 'Nordtherm 推出带边缘计算的控制器',
    kind: 'technology',
    content: '价格在两万以上，主打预测维护。国内客户多在观望，我方网关加软件的组合更便宜。',
    who: [2],
    products: ['G-8', 'S-1Y'],
    region: '北京市',
    source: '官网发布',
    ago: 70,
  },
];

/** What the house says is to be done in each stage, by code. */
const PLAYBOOKS: Readonly<Record<string, string>> = {
  Prospecting: '问清三件事：谁在用、为什么现在要、谁出钱。\n当天把资料发过去，约下一次见面。',
  Engaging: '带技术同事到现场看工况。\n写下客户自己的说法：停机一小时损失多少。',
  Proposal: '报价前先确认预算和竞争对手。\n给两个方案，差别写清楚；报价有效期不超过 30 天。',
  Negotiation: '让价要换条件：付款、数量或年度框架。\n签约人、付款流程、交货日期三项都确认后再发合同。',
};

/** Competitors with their prices, notes on the market and the stages' playbooks. @returns the competitors, the first the one met most */
export async function fillMarket(ctx: Context, { administrator, people }: SampleCompany): Promise<string[]> {
  const products = await sampleIds(ctx, 'product', 'code');
  const made = await sampleRecords(by(daysAgo(ctx, 150), administrator), 'competitor', COMPETITORS);
  const ids = made.map(({ id }) => id);
  const writers = [
    administrator,
    people.市场部?.[0] ?? administrator,
    people.华东销售部?.[1] ?? administrator,
  ];
  const dayAgo = (days: number) => dayOf(daysAgo(ctx, days));
  for (const [at, [who, theirProduct, ours, amount, source, ago]] of PRICES.entries())
    await sampleRecords(by(daysAgo(ctx, ago), writers[at % writers.length] as string), 'competitorPrice', [
      {
        ...{ theirProduct, source, competitor: ids[who], product: products.get(ours), unit: '台' },
        ...{ price: { amount, currency: ctx.currency }, day: dayAgo(ago) },
      },
    ]);
  for (const [at, { who, products: codes, ago, ...note }] of NOTES.entries())
    await sampleRecords(by(daysAgo(ctx, ago), writers[at % writers.length] as string), 'marketNote', [
      {
        ...{ ...note, day: dayAgo(ago) },
        competitors: who.map((each) => ids[each]),
        products: codes.flatMap((code) => products.get(code) ?? []),
      },
    ]);
  const stages = await sampleIds(ctx, 'stage', 'code');
  const entity = entityNamed(ctx.registry, 'stage');
  const rows = await lockRows(ctx, entity, [...stages.values()]);
  const changes = rows.flatMap((row) => {
    const playbook = PLAYBOOKS[row.code as string];
    return playbook && !row.playbook ? [{ row, values: { playbook } }] : [];
  });
  if (changes.length) await changeRows(ctx, entity, changes);
  return ids;
}
