import { sql } from 'kysely';
import type { Context } from '../../platform/context/context.ts';
import { dayOf } from '../../platform/context/day.ts';
import {
  by,
  daysAgo,
  performNamed,
  type SampleCompany,
  sampleIds,
  sampleRecords,
} from '../../platform/sample/sample.ts';
import { batchCommands } from './batch/commands.ts';
import { planCommands } from './plan/commands.ts';
import type { PlanDefinition } from './plan/definition.shared.ts';
import { agreementCommands } from './rebate/agreement/commands.ts';
import { rebateBatchCommands } from './rebate/batch/commands.ts';
import { reckonRebates } from './rebate/reckon/reckon.ts';
import type { Holder } from './reckon/deal.ts';
import { reckonDeal } from './reckon/reckon.ts';

const OWN: PlanDefinition = {
  base: 'net',
  mode: 'progressive',
  tiers: [
    { from: '0', rate: '1.5' },
    { from: '20000', rate: '2' },
    { from: '60000', rate: '2.5' },
  ],
  newCustomer: { days: 180, factor: '1.2' },
};
const TEAM: PlanDefinition = {
  base: 'net',
  mode: 'whole',
  tiers: [
    { from: '0', rate: '0.3' },
    { from: '200000', rate: '0.5' },
  ],
};

/** By customer; the last is a partner. */
const AGREEMENTS = [
  {
    at: 0,
    name: '季度采购返利',
    period: 'quarter',
    counted: 'ordered',
    mode: 'progressive',
    way: 'credit',
    tiers: [
      { from: '0', rate: '1' },
      { from: '30000', rate: '2' },
      { from: '80000', rate: '3' },
    ],
  },
  {
    at: 3,
    name: '年度回款返利',
    period: 'year',
    counted: 'received',
    mode: 'whole',
    way: 'payout',
    tiers: [
      { from: '0', rate: '0' },
      { from: '50000', rate: '1' },
      { from: '150000', rate: '2' },
    ],
  },
  {
    at: 54,
    name: '经销商季度返利',
    period: 'quarter',
    counted: 'delivered',
    mode: 'whole',
    way: 'credit',
    tiers: [
      { from: '0', rate: '1' },
      { from: '50000', rate: '2' },
      { from: '120000', rate: '3.5' },
    ],
  },
] as const;

interface Deal {
  holder: Holder;
  id: string;
  customer: string;
  owner: string;
  day: string;
}

/** Plans in force with what was earned by them, the last months' paid; rebate agreements with what is accrued. */
export async function fillCommission(ctx: Context, company: SampleCompany): Promise<void> {
  const boss = by(ctx, company.administrator);
  const begins = Temporal.PlainDate.from(dayOf(ctx)).subtract({ months: 6 }).with({ day: 1 });
  await startPlans(daysAgo(boss, 180), begins.toString(), company);
  const { rows: deals } =
    await sql<Deal>`select 'order' as holder, o.id, o.customer_id as customer, o.owner_id as owner,
      max(p.day)::text as day from "order" o
    join ledger_entry e on e.account_id = o.id and e.account = 'order'
    join ledger_posting p on p.id = e.posting_id and p.book = 'receivable' and p.kind = 'allocation'
    group by o.id order by day, o.id`.execute(ctx.db);
  await divide(boss, deals, company);
  for (const { holder, id, day } of deals) await reckonDeal(onDay(ctx, day), holder, id);
  await settle(boss, 'commission');
  await fillRebates(boss, begins.toString(), company);
}

/** The circumstances of an earlier day. */
const onDay = (ctx: Context, day: string): Context =>
  daysAgo(ctx, Temporal.PlainDate.from(day).until(dayOf(ctx), { largestUnit: 'days' }).days);

async function startPlans(
  ctx: Context,
  validFrom: string,
  { administrator, departments }: SampleCompany,
): Promise<void> {
  const who = { departments: [departments.销售中心], people: [administrator] };
  const made = await sampleRecords(ctx, 'commissionPlan', [
    { name: '客户经理回款提成', validFrom, whose: 'own', period: 'month', definition: OWN, ...who },
    { name: '大区经理团队提成', validFrom, whose: 'team', period: 'quarter', definition: TEAM, ...who },
  ]);
  for (const { id } of made) await performNamed(ctx, planCommands, 'commission-start', id);
}

/** One deal two people brought about together. */
async function divide(
  ctx: Context,
  deals: readonly Deal[],
  { administrator, people }: SampleCompany,
): Promise<void> {
  const deal = deals.findLast(({ owner }) => owner !== administrator);
  const helper = people.销售中心?.[1];
  if (!deal || !helper) return;
  await sampleRecords(onDay(ctx, deal.day), 'commissionSplit', [
    {
      ...{ customer: deal.customer, order: deal.id, reason: '售前方案由销售运营完成' },
      shares: [
        { person: deal.owner, percent: '70' },
        { person: helper, percent: '30' },
      ],
    },
  ]);
}

/** What was entered until the end of last month is paid. */
async function settle(ctx: Context, what: 'commission' | 'rebate'): Promise<void> {
  const today = Temporal.PlainDate.from(dayOf(ctx));
  const until = today.with({ day: 1 }).subtract({ days: 1 });
  const commands = what === 'commission' ? batchCommands : rebateBatchCommands;
  const name = what === 'commission' ? '提成结算' : '返利结算';
  const [batch] = await sampleRecords(ctx, `${what}Batch`, [
    {
      name: `${until.toPlainYearMonth()} ${name}`,
      until: until.toString(),
      ...(what === 'rebate' ? { currency: ctx.currency } : {}),
    },
  ]);
  const id = batch?.id as string;
  const { rows } = await sql`select from ${sql.table(`${what}_row`)} where batch_id = ${id} limit 1`.execute(
    ctx.db,
  );
  if (rows.length === 0) return;
  await performNamed(ctx, commands, `${what}-submit`, id);
  await performNamed(ctx, commands, `${what}-pay`, id);
}

async function fillRebates(ctx: Context, validFrom: string, { customers }: SampleCompany): Promise<void> {
  const partners = await sampleIds(ctx, 'partner', 'customer_id');
  const chosen = AGREEMENTS.flatMap(({ at, ...terms }) => {
    const customer = customers[at];
    return customer ? [{ customer, terms }] : [];
  });
  const made = await sampleRecords(
    daysAgo(ctx, 180),
    'rebateAgreement',
    chosen.map(({ customer: { id, owner }, terms }) => ({
      ...terms,
      ...{ validFrom, customer: id, owner, name: `${validFrom.slice(0, 4)} 年${terms.name}` },
      ...(partners.has(id) ? { partner: partners.get(id) } : {}),
    })),
  );
  for (const { id } of made) await performNamed(ctx, agreementCommands, 'rebate-start', id);
  const { rows: orders } = await sql<{ id: string; day: string }>`select id, date::text as day from "order"
    where customer_id = any(${chosen.map(({ customer }) => customer.id)}::uuid[]) and deleted_at is null
      and status in ('confirmed', 'delivered') order by date, id`.execute(ctx.db);
  for (const { id, day } of orders) await reckonRebates(onDay(ctx, day), 'order', id);
  await settle(ctx, 'rebate');
}
