import { z } from 'zod';
import { defineCommand } from '../../../platform/command/command.ts';
import { asSystem, type Context } from '../../../platform/context/context.ts';
import { dayOf } from '../../../platform/context/day.ts';
import type { Row } from '../../../platform/entity/behaviour.ts';
import { decide } from '../../../platform/entity/decided.ts';
import { invalid, problem } from '../../../platform/errors/problem.ts';
import { post, reverse } from '../../../platform/ledger/post.ts';
import { balancesOf, postingsOf } from '../../../platform/ledger/read.ts';
import { Exact, isTooPrecise, roundMoney } from '../../../platform/money/money.shared.ts';
import { allocate, allocationInput, decimal, purseOf } from '../allocate.ts';
import { giveBack } from '../bank/entries.ts';
import { receivable } from '../book.ts';
import { inForce, lockTargets } from '../targets.ts';
import { mayConfirm } from './rights.ts';

const only = (rows: Row[]): Row => rows[0] as Row;
const reason = z.string().trim().min(1).max(500);
const currencyOf = (row: Row) => row.amount_currency as string;

function requireStatus(row: Row, ...states: string[]): void {
  if (!states.includes(row.status as string))
    throw problem('receipt_state', { status: 409, params: { status: row.status } });
}

/** Writes what is free and what was given back onto the receipt, as the ledger says it. */
async function keepFree(ctx: Context, row: Row, set: Record<string, unknown>, action: string): Promise<void> {
  const id = row.id as string;
  const free = (await balancesOf(ctx, receivable, 'receipt', [id])).get(id)?.[0]?.balance ?? '0';
  const currency = currencyOf(row);
  // Rights are those of the command, which has been asked for them.
  const system = asSystem(ctx, action);
  await decide(
    system,
    'receipt',
    [row],
    { ...set, free: { amount: roundMoney(free, currency), currency } },
    { action },
  );
}

/** What a receipt names as its purpose, where that is in force by now. */
async function purposeOf(ctx: Context, row: Row) {
  const system = asSystem(ctx, 'confirm');
  const [contract, order, invoice] = [row.contract_id, row.order_id, row.invoice_id] as (string | null)[];
  if (!contract && !order && !invoice) return null;
  if (invoice) {
    const found = (await lockTargets(system, 'invoice', [invoice])).get(invoice);
    if (found?.status !== 'issued' || (!found.order_id && !found.contract_id && !order && !contract))
      return null;
  }
  for (const [type, id] of [
    ['order', order],
    ['contract', contract],
  ] as const) {
    const found = id ? (await lockTargets(system, type, [id])).get(id) : undefined;
    if (found && !inForce(type, found)) return null;
  }
  return { contract, order, invoice };
}

/** 确认到账: the money is there; it goes to what it is meant for as far as that is open, the rest is 预收. */
const confirm = defineCommand({
  name: 'confirm',
  entity: 'receipt',
  on: 'many',
  action: 'read',
  allowed: mayConfirm,
  summary: 'Confirm that money has come in; it is booked and cannot be edited any more',
  input: z.strictObject({ allocations: z.array(allocationInput).max(100).optional() }),
  async run(ctx, { rows, input }) {
    if (input.allocations && rows.length > 1) throw invalid([{ path: 'allocations', code: 'one_receipt' }]);
    for (const row of rows) {
      requireStatus(row, 'pending');
      if (new Exact(row.amount as string).isZero())
        throw invalid([{ path: 'amount', code: 'amount_above_zero' }]);
      await post(ctx, receivable, [
        {
          kind: 'receipt',
          source: row.id as string,
          day: row.date as string,
          moves: [
            { account: 'receipt', id: row.id as string, unit: currencyOf(row), amount: String(row.amount) },
          ],
        },
      ]);
      const purpose = input.allocations ? null : await purposeOf(ctx, row);
      const lines = input.allocations ?? (purpose ? [purpose] : []);
      // What the receipt names was its writer's to name; what is named here has to be the caller's.
      if (lines.length)
        await allocateOpen(
          input.allocations ? ctx : asSystem(ctx, 'confirm'),
          row,
          lines,
          !input.allocations,
        );
      const confirmed = { status: 'confirmed', confirmedAt: ctx.now, confirmedBy: ctx.principal.userId };
      await keepFree(ctx, row, confirmed, 'confirm');
    }
    return { done: rows.length };
  },
});

/** What is paid already leaves the money free; named by finance itself it is refused. */
async function allocateOpen(
  ctx: Context,
  row: Row,
  lines: z.infer<typeof allocationInput>[],
  lenient: boolean,
) {
  try {
    await allocate(ctx, purseOf(row), lines);
  } catch (error) {
    if (!lenient || (error as { code?: string }).code !== 'allocation_nothing_open') throw error;
  }
}

const settleUnconfirmed = (name: 'reject' | 'takeBack', to: string) =>
  defineCommand({
    name,
    entity: 'receipt',
    on: 'one',
    action: name === 'reject' ? 'read' : 'update',
    ...(name === 'reject' ? { allowed: mayConfirm } : {}),
    summary:
      name === 'reject'
        ? 'Say that this money has not come in, and why'
        : 'Take back a receipt not yet confirmed',
    input: z.strictObject({ reason }),
    async run(ctx, { rows, input }) {
      const row = only(rows);
      requireStatus(row, 'pending');
      await giveBack(ctx, row, input.reason);
      const system = asSystem(ctx, name);
      await decide(system, 'receipt', [row], { status: to, reason: input.reason }, { action: name });
      return { status: to };
    },
  });

/** 核销: says what free money has paid for. */
const allocateCommand = defineCommand({
  name: 'allocate',
  entity: 'receipt',
  on: 'one',
  action: 'read',
  allowed: mayConfirm,
  summary: 'Say which contracts, orders or invoices this money has paid',
  input: z.strictObject({
    allocations: z.array(allocationInput).min(1).max(100),
    remark: z.string().max(500).optional(),
  }),
  async run(ctx, { rows, input }) {
    const row = only(rows);
    requireStatus(row, 'confirmed');
    const postings = await allocate(ctx, purseOf(row), input.allocations, input.remark);
    await keepFree(ctx, row, {}, 'allocate');
    return { postings };
  },
});

/** Takes allocations or refunds back: their money is free again. */
const unallocate = defineCommand({
  name: 'unallocate',
  entity: 'receipt',
  on: 'one',
  action: 'read',
  allowed: mayConfirm,
  summary: 'Take back allocations or refunds of this receipt, each exactly once',
  input: z.strictObject({ postings: z.array(z.uuid()).min(1).max(100), reason }),
  async run(ctx, { rows, input }) {
    const row = only(rows);
    requireStatus(row, 'confirmed');
    const posted = await postingsOf(ctx, receivable, row.id as string);
    const named = posted.filter(
      ({ id, kind }) => input.postings.includes(id) && ['allocation', 'refund'].includes(kind),
    );
    if (named.length < new Set(input.postings).size)
      throw invalid([{ path: 'postings', code: 'unknown_reference' }]);
    await reverse(ctx, receivable, input.postings, { day: dayOf(ctx), remark: input.reason });
    const back = named.filter(({ kind }) => kind === 'refund').flatMap(({ moves }) => moves);
    const refunded = back.reduce(
      (sum, { amount }) => sum.plus(amount),
      new Exact((row.refunded as string) ?? 0),
    );
    await keepFree(
      ctx,
      row,
      { refunded: { amount: roundMoney(refunded, currencyOf(row)), currency: currencyOf(row) } },
      'unallocate',
    );
    return { done: named.length };
  },
});

/** 退款: free money goes back to the customer. */
const refund = defineCommand({
  name: 'refund',
  entity: 'receipt',
  on: 'one',
  action: 'read',
  allowed: mayConfirm,
  summary: 'Give free money back to the customer',
  input: z.strictObject({ amount: decimal, day: z.iso.date().optional(), reason }),
  async run(ctx, { rows, input }) {
    const row = only(rows);
    requireStatus(row, 'confirmed');
    const currency = currencyOf(row);
    if (isTooPrecise(input.amount, currency) || new Exact(input.amount).isZero())
      throw invalid([{ path: 'amount', code: 'amount_above_zero' }]);
    const id = row.id as string;
    const [posting] = await post(ctx, receivable, [
      {
        kind: 'refund',
        source: id,
        day: input.day ?? dayOf(ctx),
        remark: input.reason,
        moves: [{ account: 'receipt', id, unit: currency, amount: `-${input.amount}` }],
      },
    ]);
    const amount = new Exact((row.refunded as string) ?? 0).plus(input.amount);
    await keepFree(ctx, row, { refunded: { amount: roundMoney(amount, currency), currency } }, 'refund');
    return { posting };
  },
});

/** 冲销: a receipt confirmed by mistake is taken back with all it had paid; what was given back to the customer comes first. */
const reverseReceipt = defineCommand({
  name: 'reverse',
  entity: 'receipt',
  on: 'one',
  action: 'read',
  allowed: mayConfirm,
  summary: 'Take a confirmed receipt back, with everything it had paid for; exactly once',
  input: z.strictObject({ reason }),
  async run(ctx, { rows, input }) {
    const row = only(rows);
    requireStatus(row, 'confirmed');
    const posted = await postingsOf(ctx, receivable, row.id as string);
    const standing = posted.filter(({ reverses, reversedBy }) => !reverses && !reversedBy);
    if (standing.some(({ kind }) => kind === 'refund')) throw problem('receipt_refunded', { status: 409 });
    const how = { day: dayOf(ctx), remark: input.reason };
    const ids = (...kinds: string[]) =>
      standing.filter(({ kind }) => kinds.includes(kind)).map(({ id }) => id);
    await reverse(ctx, receivable, ids('allocation'), how);
    await reverse(ctx, receivable, ids('receipt'), how);
    await giveBack(ctx, row, input.reason);
    await keepFree(ctx, row, { status: 'reversed', reason: input.reason }, 'reverse');
    return { status: 'reversed' };
  },
});

export const receiptCommands = [
  confirm,
  settleUnconfirmed('reject', 'rejected'),
  settleUnconfirmed('takeBack', 'withdrawn'),
  allocateCommand,
  unallocate,
  refund,
  reverseReceipt,
];
