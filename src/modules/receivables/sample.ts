import { sql } from 'kysely';
import type { Context } from '../../platform/context/context.ts';
import { dayOf } from '../../platform/context/day.ts';
import { Exact, roundMoney } from '../../platform/money/money.shared.ts';
import { daysAgo, performNamed, type SampleCompany, sampleRecords } from '../../platform/sample/sample.ts';
import { dunningCommands } from './dunning/commands.ts';
import { remindDue } from './dunning/run.ts';
import { invoiceCommands } from './invoice/commands.ts';
import { receiptCommands } from './receipt/commands.ts';

interface Sold {
  id: string;
  customer: string;
  name: string;
  owner: string;
  date: string;
  total: string;
  currency: string;
}

/** Of each three orders one is paid, one in part, and one still owed. */
const PAID = ['1', '0.4', null] as const;
const TERM_DAYS = 30;

const STEPS = [
  {
    name: '到期前提醒',
    days: -3,
    way: 'message',
    text: '{customer}您好，{document} 的 {amount} 将于 {dueDate} 到期，请安排付款。',
  },
  {
    name: '电话催款',
    days: 3,
    way: 'call',
    text: '{document} 还有 {amount} 未付，已逾期 {days} 天：问清付款流程走到哪一步。',
  },
  {
    name: '催款函',
    days: 20,
    way: 'letter',
    text: '{customer}：{document} 的 {amount} 已于 {dueDate} 到期，至今逾期 {days} 天，请于五日内付清。',
  },
  {
    name: '上门拜访',
    days: 60,
    way: 'visit',
    text: '{document} 逾期 {days} 天，与对方财务当面对账，商定付款计划。',
  },
];
const ANSWERS = ['月底前付清', '老板出差，下周二签字', '先付一半，余款下月'];

/** Invoices, money in whole and in part, what is overdue and whom we remind of it, and money of the bank that waits to be claimed. */
export async function fillMoney(ctx: Context, { customers }: SampleCompany): Promise<void> {
  const [account] = await sampleRecords(ctx, 'bankAccount', [
    { name: '工行基本户', bank: '工商银行上海张江支行', accountNumber: '1001 2345 0920 0012 345' },
  ]);
  const { rows } =
    await sql<Sold>`select o.id, o.customer_id as customer, c.name, o.owner_id as owner, o.date::text,
      o.effective_total::text as total, o.effective_total_currency as currency
    from "order" o join customer c on c.id = o.customer_id
    where o.status in ('confirmed', 'delivered') and o.deleted_at is null order by o.date, o.id`.execute(
      ctx.db,
    );
  const buyers = [...new Set(rows.map(({ customer }) => customer))];
  await sampleRecords(
    ctx,
    'creditTerm',
    buyers.map((customer, at) => ({
      ...{ customer, days: TERM_DAYS },
      ...(at % 4 === 0 ? { limit: { amount: '200000', currency: ctx.currency } } : {}),
    })),
  );
  const today = dayOf(ctx);
  for (const [at, order] of rows.entries()) {
    const age = Temporal.PlainDate.from(order.date).until(today, { largestUnit: 'days' }).days;
    if (at % 5 !== 4) await invoiced(daysAgo(ctx, Math.max(1, age - 3)), order, at);
    const part = PAID[at % PAID.length];
    if (!part || age < 8) continue;
    const amount = shareOf(order, part);
    await paid(daysAgo(ctx, Math.max(1, age - 5 - ((at * 7) % 25))), order, {
      amount,
      account: account?.id as string,
    });
  }
  await waiting(
    ctx,
    rows.filter((_, at) => at % 3 === 2),
    account?.id as string,
    customers[0]?.id as string,
  );
  await reminders(ctx);
}

/** The steps by which we remind, the reminders due by them, and what the first customers said to theirs. */
async function reminders(ctx: Context): Promise<void> {
  await sampleRecords(ctx, 'dunningStep', STEPS);
  await remindDue(ctx);
  const { rows } = await sql<{ id: string }>`select id from dunning where status = 'open' and way <> 'message'
    order by due_date, item limit ${ANSWERS.length}`.execute(ctx.db);
  const promised = Temporal.PlainDate.from(dayOf(ctx));
  for (const [at, { id }] of rows.entries())
    await performNamed(ctx, dunningCommands, 'reminded', id, {
      result: ANSWERS[at],
      promisedOn: promised.add({ days: 3 + at * 4 }).toString(),
    });
}

const shareOf = ({ total, currency }: Pick<Sold, 'total' | 'currency'>, part: string) =>
  roundMoney(new Exact(total).times(part), currency);

async function invoiced(then: Context, { id, customer, owner }: Sold, at: number): Promise<void> {
  const [invoice] = await sampleRecords(then, 'invoice', [{ customer, order: id, owner }]);
  const invoiceNumber = `2631${String(at).padStart(16, '0')}`;
  await performNamed(then, invoiceCommands, 'issue', invoice?.id as string, {
    invoiceNumber,
    issuedOn: dayOf(then),
  });
}

async function paid(
  then: Context,
  { id, customer, owner, currency }: Sold,
  { amount, account }: { amount: string; account: string },
): Promise<void> {
  const [receipt] = await sampleRecords(then, 'receipt', [
    { customer, owner, order: id, account, date: dayOf(then), amount: { amount, currency } },
  ]);
  await performNamed(then, receiptCommands, 'confirm', receipt?.id as string);
}

/** Money nobody has claimed yet, and a receipt finance has to confirm: what people try first. */
async function waiting(ctx: Context, owed: readonly Sold[], account: string, own: string): Promise<void> {
  const day = dayOf(daysAgo(ctx, 1));
  const entries = owed.slice(0, 3).map(({ name, total, currency }, at) => ({
    ...{ payer: name, account, date: day, summary: '货款', serial: `ICBC2026${1000 + at}` },
    amount: { amount: at === 1 ? shareOf({ total, currency }, '0.5') : total, currency },
  }));
  const stranger = { payer: '王建国', account, date: day, summary: '定金', serial: 'ICBC20261009' };
  await sampleRecords(ctx, 'bankEntry', [
    ...entries,
    { ...stranger, amount: { amount: '5000.00', currency: ctx.currency } },
  ]);
  await sampleRecords(ctx, 'receipt', [
    {
      customer: own,
      account,
      date: day,
      amount: { amount: '12000.00', currency: ctx.currency },
      remark: '客户说昨天已付',
    },
  ]);
}
