import { sql } from 'kysely';
import { z } from 'zod';
import type { Context } from '../../platform/context/context.ts';
import { dayOf } from '../../platform/context/day.ts';
import type { Row } from '../../platform/entity/behaviour.ts';
import { invalid, problem } from '../../platform/errors/problem.ts';
import type { Move, Posting } from '../../platform/ledger/book.ts';
import { post } from '../../platform/ledger/post.ts';
import { balancesOf } from '../../platform/ledger/read.ts';
import { Exact, isTooPrecise, roundMoney } from '../../platform/money/money.shared.ts';
import { conversionOn } from '../../platform/rates/convert.ts';
import { heldBelow } from './below.ts';
import { type Account, receivable } from './book.ts';
import { currencyOf, inForce, lockTargets, wholeOf } from './targets.ts';

export const decimal = z.string().regex(/^\d{1,15}(\.\d{1,6})?$/);

/** So much of a receipt pays for a contract, an order, one of their instalments, or an invoice. */
export const allocationInput = z.strictObject({
  contract: z.uuid().nullish(),
  order: z.uuid().nullish(),
  instalment: z.uuid().nullish(),
  invoice: z.uuid().nullish(),
  /** In the purse's currency; without it as much as is free and open. */
  amount: decimal.nullish(),
  /** In the currency of what is paid, where it is another: what both sides agreed. Without it by the rate of the receipt's day. */
  paid: decimal.nullish(),
});
export type AllocationInput = z.infer<typeof allocationInput>;

/** Where the money of an allocation comes from: a receipt, or what else holds money of a customer. */
export interface Purse {
  account: 'receipt' | 'rebate';
  /** What the postings are called. */
  kind: 'allocation' | 'setOff';
  id: string;
  currency: string;
  customer: string;
  /** Whose rates hold where it pays for something in another currency. */
  day: string;
}

/** The purse of a locked receipt. */
export const purseOf = (receipt: Row): Purse => ({
  ...{ account: 'receipt', kind: 'allocation', id: receipt.id as string },
  currency: receipt.amount_currency as string,
  customer: receipt.customer_id as string,
  day: receipt.date as string,
});

type Number_ = InstanceType<typeof Exact>;

/** What an allocation pays for, once looked up. */
interface Aim {
  at: number;
  amount: string | null;
  paid: string | null;
  holder: { type: 'contract' | 'order'; row: Row };
  invoice: Row | null;
  instalment: { id: string; amount: string } | null;
}

/**
 * Allocates free money of a locked purse; all lines or none. What an account may take is looked at with the accounts locked, so
 * two who allocate at once never allocate more than there is, nor more than is owed.
 */
export async function allocate(
  ctx: Context,
  purse: Purse,
  lines: readonly AllocationInput[],
  remark: string | null = null,
): Promise<string[]> {
  const aims = await aimsOf(ctx, purse, lines);
  const { currency } = purse;
  const [free, room] = await Promise.all([freeOf(ctx, purse), roomOf(ctx, aims)]);
  let left = free;
  const postings: Posting<Account>[] = [];
  for (const aim of aims) {
    const target = currencyOf(aim.holder.row);
    const rate = await rateBetween(ctx, purse.day, currency, target);
    const open = room(aim);
    const wanted = aim.amount ?? mostOf(left, open, rate, currency);
    if (new Exact(wanted).isZero())
      throw problem(nothingLeft(purse, left), { status: 409, params: told(left, currency) });
    if (isTooPrecise(wanted, currency)) throw invalid([{ path: `${aim.at}.amount`, code: 'too_precise' }]);
    const paid = aim.paid ?? convert(wanted, rate, target, aim.amount === null ? open : null);
    // Of a currency worth more, less than its smallest coin pays nothing: the money would be gone.
    if (new Exact(paid).isZero())
      throw aim.amount === null
        ? problem('allocation_nothing_open', { status: 409, params: told(left, currency) })
        : invalid([{ path: `${aim.at}.amount`, code: 'amount_above_zero' }]);
    left = left.minus(wanted);
    room.take(aim, paid);
    postings.push({
      kind: purse.kind,
      source: purse.id,
      day: dayOf(ctx),
      remark,
      moves: movesOf(purse, aim, wanted, paid, room.most(aim)),
    });
  }
  return post(ctx, receivable, postings);
}

const told = (left: Number_, unit: string) => ({ left: left.toFixed(), unit });
const nothingLeft = ({ account }: Purse, left: Number_) =>
  left.isZero() ? receivable.accounts[account].short : 'allocation_nothing_open';

/** As much as is free, or as is open at the other end. */
function mostOf(free: Number_, open: Number_ | null, rate: Number_, currency: string): string {
  if (open === null) return roundMoney(free, currency);
  return roundMoney(Exact.min(free, open.dividedBy(rate)), currency);
}

function convert(amount: string, rate: Number_, currency: string, atMost: Number_ | null): string {
  const paid = roundMoney(new Exact(amount).times(rate), currency);
  // The last fen of a conversion is not owed.
  return atMost?.lt(paid) ? roundMoney(atMost, currency) : paid;
}

/** How much of the target's currency one unit of the purse's is worth on its day. */
async function rateBetween(ctx: Context, day: string, from: string, to: string): Promise<Number_> {
  if (from === to) return new Exact(1);
  const worth = await conversionOn(ctx, day, [from, to]);
  const [of, into] = [worth(from), worth(to)];
  if (!of || !into) throw problem('currency_without_rate', { params: { currency: of ? to : from, day } });
  return new Exact(of.rate).dividedBy(into.rate);
}

async function freeOf(ctx: Context, { account, id }: Purse): Promise<Number_> {
  return new Exact((await balancesOf(ctx, receivable, account, [id])).get(id)?.[0]?.balance ?? 0);
}

function movesOf(
  purse: Purse,
  { holder, invoice, instalment }: Aim,
  amount: string,
  paid: string,
  most: Most,
): Move<Account>[] {
  const unit = currencyOf(holder.row);
  const id = holder.row.id as string;
  return [
    { account: purse.account, id: purse.id, unit: purse.currency, amount: `-${amount}` },
    { account: holder.type, id, unit, amount: paid, most: most.holder },
    ...(instalment
      ? [{ account: 'instalment' as const, id: instalment.id, unit, amount: paid, most: instalment.amount }]
      : []),
    ...(invoice
      ? [
          {
            account: 'invoicePaid' as const,
            id: invoice.id as string,
            unit,
            amount: paid,
            most: most.invoice,
          },
        ]
      : []),
  ];
}

interface Most {
  holder: string | null;
  invoice: string | null;
}

/** Looks up and locks what the lines pay for, and refuses what cannot be paid. */
async function aimsOf(ctx: Context, purse: Purse, lines: readonly AllocationInput[]): Promise<Aim[]> {
  const named = (name: 'contract' | 'order' | 'invoice') => lines.flatMap((line) => line[name] ?? []);
  const invoices = await lockTargets(ctx, 'invoice', named('invoice'));
  const along = (name: 'contract_id' | 'order_id') =>
    [...invoices.values()].flatMap((row) => (row[name] as string | null) ?? []);
  const orders = await lockTargets(ctx, 'order', [...named('order'), ...along('order_id')]);
  const contracts = await lockTargets(ctx, 'contract', [...named('contract'), ...along('contract_id')]);
  const instalments = await instalmentsOf(
    ctx,
    lines.flatMap(({ instalment }) => instalment ?? []),
  );
  return lines.map((line, at) => {
    const invoice = line.invoice ? (invoices.get(line.invoice) ?? null) : null;
    const instalment = line.instalment ? (instalments.get(line.instalment) ?? null) : null;
    const orderId = line.order ?? (invoice?.order_id as string | null) ?? instalment?.order ?? null;
    const contractId =
      line.contract ?? (invoice?.contract_id as string | null) ?? instalment?.contract ?? null;
    const order = orderId ? orders.get(orderId) : undefined;
    const contract = contractId ? contracts.get(contractId) : undefined;
    const holder = order
      ? { type: 'order' as const, row: order }
      : contract
        ? { type: 'contract' as const, row: contract }
        : null;
    const refuse = (path: string, code: string) => invalid([{ path: `${at}.${path}`, code }]);
    if (!holder) throw refuse('order', 'allocation_without_holder');
    if (line.instalment && ![instalment?.order, instalment?.contract].includes(holder.row.id as string))
      throw refuse('instalment', 'unknown_reference');
    if (holder.row.customer_id !== purse.customer) throw refuse(holder.type, 'other_customer');
    if (!inForce(holder.type, holder.row)) throw refuse(holder.type, 'not_in_force');
    if (invoice && (invoice.status !== 'issued' || invoice.red_of_id))
      throw refuse('invoice', 'invoice_not_blue');
    if (invoice && invoice.total_currency !== currencyOf(holder.row))
      throw refuse('invoice', 'other_currency');
    const { amount = null, paid = null } = line;
    return { at, amount, paid, holder, invoice, instalment };
  });
}

async function instalmentsOf(ctx: Context, ids: readonly string[]) {
  type Found = { id: string; amount: string; order: string | null; contract: string | null };
  if (ids.length === 0) return new Map<string, Found>();
  const { rows } = await sql<Found>`
    select id, amount::text, order_id as "order", null::uuid as contract from order_instalment
      where id = any(${[...ids]}::uuid[]) and deleted_at is null
    union all select id, amount::text, null, contract_id from contract_instalment
      where id = any(${[...ids]}::uuid[]) and deleted_at is null`.execute(ctx.db);
  return new Map(rows.map((row) => [row.id, row]));
}

/** How much is still open at the end of each line, counting the lines before it. */
async function roomOf(ctx: Context, aims: readonly Aim[]) {
  const ids = (pick: (aim: Aim) => unknown) => aims.flatMap((aim) => (pick(aim) as string | null) ?? []);
  const contracts = ids(({ holder }) => (holder.type === 'contract' ? holder.row.id : null));
  const [order, contract, instalment, invoicePaid, invoice, below] = [
    await balancesOf(
      ctx,
      receivable,
      'order',
      ids(({ holder }) => holder.row.id),
    ),
    await balancesOf(ctx, receivable, 'contract', contracts),
    await balancesOf(
      ctx,
      receivable,
      'instalment',
      ids((aim) => aim.instalment?.id),
    ),
    await balancesOf(
      ctx,
      receivable,
      'invoicePaid',
      ids((aim) => aim.invoice?.id),
    ),
    await balancesOf(
      ctx,
      receivable,
      'invoice',
      ids((aim) => aim.invoice?.id),
    ),
    await heldBelow(ctx, 'order', contracts),
  ];
  const of = (held: Awaited<ReturnType<typeof balancesOf>>, id: unknown) =>
    new Exact(held.get(id as string)?.[0]?.balance ?? 0);
  const taken = new Map<string, Number_>();
  const takenOf = (id: string) => taken.get(id) ?? new Exact(0);
  const most = ({ holder, invoice: paid }: Aim): Most => {
    const whole = wholeOf(holder.type, holder.row);
    const id = holder.row.id as string;
    return {
      holder: whole === null ? null : new Exact(whole).minus(below.get(id) ?? 0).toFixed(),
      invoice: paid ? of(invoice, paid.id).toFixed() : null,
    };
  };
  const room = (aim: Aim): Number_ | null => {
    const bounds = most(aim);
    const id = aim.holder.row.id as string;
    const ends = [
      bounds.holder === null
        ? null
        : new Exact(bounds.holder)
            .minus(of(aim.holder.type === 'order' ? order : contract, id))
            .minus(takenOf(id)),
      aim.instalment &&
        new Exact(aim.instalment.amount)
          .minus(of(instalment, aim.instalment.id))
          .minus(takenOf(aim.instalment.id)),
      bounds.invoice === null || !aim.invoice
        ? null
        : new Exact(bounds.invoice)
            .minus(of(invoicePaid, aim.invoice.id))
            .minus(takenOf(aim.invoice.id as string)),
    ].filter((end) => end !== null);
    if (ends.length === 0) return null;
    return Exact.max(0, Exact.min(...ends));
  };
  return Object.assign(room, {
    most,
    take(aim: Aim, paid: string) {
      for (const id of [aim.holder.row.id, aim.instalment?.id, aim.invoice?.id] as (string | undefined)[])
        if (id) taken.set(id, takenOf(id).plus(paid));
    },
  });
}
