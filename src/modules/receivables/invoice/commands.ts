import { sql } from 'kysely';
import { z } from 'zod';
import { defineCommand } from '../../../platform/command/command.ts';
import { asSystem, type Context } from '../../../platform/context/context.ts';
import { dayOf } from '../../../platform/context/day.ts';
import type { Row } from '../../../platform/entity/behaviour.ts';
import { decide, makeDecided } from '../../../platform/entity/decided.ts';
import { invalid, problem } from '../../../platform/errors/problem.ts';
import type { Move } from '../../../platform/ledger/book.ts';
import { post } from '../../../platform/ledger/post.ts';
import { balancesOf } from '../../../platform/ledger/read.ts';
import { Exact, roundMoney } from '../../../platform/money/money.shared.ts';
import { decimal } from '../allocate.ts';
import { heldBelow } from '../below.ts';
import { type Account, receivable } from '../book.ts';
import { mayConfirm } from '../receipt/rights.ts';
import { currencyOf, inForce, lockTargets, wholeOf } from '../targets.ts';
import { blueLines, leftOf } from './red.ts';

const only = (rows: Row[]): Row => rows[0] as Row;
const reason = z.string().trim().min(1).max(500);

function requireStatus(row: Row, status: string): void {
  if (row.status !== status) throw problem('invoice_state', { status: 409, params: { status: row.status } });
}

/** 开票: the invoice exists, under its number. It counts from now on, and cannot be edited any more. */
const issue = defineCommand({
  name: 'issue',
  entity: 'invoice',
  on: 'one',
  action: 'read',
  allowed: mayConfirm,
  summary: 'Say that the invoice was issued, with its 20-digit number',
  input: z.strictObject({
    invoiceNumber: z.string().regex(/^\d{20}$/),
    issuedOn: z.iso.date().optional(),
  }),
  async run(ctx, { rows, input }) {
    const row = only(rows);
    requireStatus(row, 'applied');
    if (row.total === null || new Exact(row.total as string).isZero())
      throw problem('invoice_empty', { status: 409 });
    await refuseNumber(ctx, input.invoiceNumber);
    const day = input.issuedOn ?? dayOf(ctx);
    const system = asSystem(ctx, 'issue');
    const blue = row.red_of_id
      ? (await lockTargets(system, 'invoice', [row.red_of_id as string])).get(row.red_of_id as string)
      : row;
    await post(ctx, receivable, [
      { kind: 'invoice', source: row.id as string, day, moves: await movesOf(system, row, blue as Row) },
    ]);
    const issued = {
      status: 'issued',
      invoiceNumber: input.invoiceNumber,
      issuedOn: day,
      issuedBy: ctx.principal.userId,
    };
    if (row.red_of_id) {
      await decide(system, 'invoice', [row], issued, { action: 'issue' });
      await decide(
        system,
        'invoice',
        [blue as Row],
        { left: await leftAt(ctx, blue as Row) },
        { action: 'flush' },
      );
    } else
      await decide(
        system,
        'invoice',
        [row],
        { ...issued, left: await leftAt(ctx, row) },
        { action: 'issue' },
      );
    return { status: 'issued' };
  },
});

async function leftAt(ctx: Context, row: Row) {
  const id = row.id as string;
  const currency = row.total_currency as string;
  const left = (await balancesOf(ctx, receivable, 'invoice', [id])).get(id)?.[0]?.balance ?? '0';
  return { amount: roundMoney(left, currency), currency };
}

async function refuseNumber(ctx: Context, number: string): Promise<void> {
  const { rows } =
    await sql`select from invoice where invoice_number = ${number} and deleted_at is null`.execute(ctx.db);
  if (rows.length) throw invalid([{ path: 'invoiceNumber', code: 'invoice_number_taken' }]);
}

/** What it adds to the blue invoice, and to the contract or order it is for, never more than those come to. */
async function movesOf(ctx: Context, row: Row, blue: Row): Promise<Move<Account>[]> {
  const unit = row.total_currency as string;
  const amount = String(row.total);
  const moves: Move<Account>[] = [{ account: 'invoice', id: blue.id as string, unit, amount }];
  for (const type of ['order', 'contract'] as const) {
    const id = blue[`${type}_id`] as string | null;
    if (!id) continue;
    const target = (await lockTargets(ctx, type, [id])).get(id) as Row;
    if (!row.red_of_id && !inForce(type, target)) throw invalid([{ path: type, code: 'not_in_force' }]);
    if (currencyOf(target) !== unit) throw invalid([{ path: type, code: 'other_currency' }]);
    const whole = wholeOf(type, target);
    const below = type === 'contract' ? ((await heldBelow(ctx, 'orderInvoiced', [id])).get(id) ?? 0) : 0;
    const most = whole === null ? null : new Exact(whole).minus(below).toFixed();
    moves.push({ account: `${type}Invoiced`, id, unit, amount, most });
    // One of them holds it: an order's counts towards its contract by itself.
    break;
  }
  return moves;
}

const reject = defineCommand({
  name: 'reject',
  entity: 'invoice',
  on: 'one',
  action: 'read',
  allowed: mayConfirm,
  summary: 'Send a request for an invoice back, with the reason',
  input: z.strictObject({ reason }),
  async run(ctx, { rows, input }) {
    const row = only(rows);
    requireStatus(row, 'applied');
    await decide(
      asSystem(ctx, 'reject'),
      'invoice',
      [row],
      { status: 'rejected', reason: input.reason },
      { action: 'reject' },
    );
    return { status: 'rejected' };
  },
});

/** 红冲: asks for a red invoice over all that is left of a blue one, or over some of its lines. */
const flush = defineCommand({
  name: 'flush',
  entity: 'invoice',
  on: 'one',
  action: 'update',
  summary: 'Ask for a red invoice that takes this one back, in whole or in part',
  input: z.strictObject({
    reason,
    lines: z
      .array(z.strictObject({ line: z.uuid(), quantity: decimal }))
      .min(1)
      .max(500)
      .optional(),
  }),
  async run(ctx, { rows, input }) {
    const row = only(rows);
    requireStatus(row, 'issued');
    if (row.red_of_id) throw problem('invoice_not_blue', { status: 409 });
    const blue = await blueLines(ctx, row.id as string);
    const wished = input.lines ?? blue.map((line) => ({ line: line.id, quantity: leftOf(line) }));
    const problems = wished.flatMap(({ line, quantity }, at) => {
      const of = blue.find(({ id }) => id === line);
      const path = `lines.${at}.${of ? 'quantity' : 'line'}`;
      if (!of) return [{ path, code: 'unknown_reference' }];
      const left = leftOf(of);
      return new Exact(quantity).gt(left) ? [{ path, code: 'flush_over_left', params: { left } }] : [];
    });
    if (new Set(wished.map(({ line }) => line)).size < wished.length)
      problems.push({ path: 'lines', code: 'flush_line_twice' });
    if (problems.length) throw invalid(problems);
    const some = wished.filter(({ quantity }) => !new Exact(quantity).isZero());
    if (some.length === 0)
      throw problem('invoice_flushed', { status: 409, params: { left: '0', unit: row.total_currency } });
    const system = asSystem(ctx, 'flush');
    const stored = await linesOf(ctx, row.id as string);
    const [red] = await makeDecided(
      system,
      'invoice',
      [
        {
          ...copied(row),
          lines: some.map(({ line, quantity }) => ({ ...stored.get(line), quantity: `-${quantity}` })),
        },
      ],
      [{ redOf: row.id, reason: input.reason, status: 'applied', blueLines: some.map(({ line }) => line) }],
    );
    return { invoice: red };
  },
});

/** What a red invoice has in common with the blue one. */
const copied = (row: Row): Record<string, unknown> => ({
  customer: row.customer_id,
  owner: row.owner_id,
  billingProfile: row.billing_profile_id,
  contract: row.contract_id,
  order: row.order_id,
  legalEntity: row.legal_entity_id,
  kind: row.kind,
  name: row.name,
  taxNumber: row.tax_number,
  bank: row.bank,
  accountNumber: row.account_number,
  address: row.address,
  phone: row.phone,
  email: row.email,
  currency: row.currency,
  pricesIncludeTax: row.prices_include_tax,
});

async function linesOf(ctx: Context, invoice: string): Promise<Map<string, Row>> {
  const { rows } =
    await sql<Row>`select id, product_id as product, name, specification, unit, price::text, discount::text,
    tax_rate::text as "taxRate" from invoice_line where invoice_id = ${invoice} and deleted_at is null`.execute(
      ctx.db,
    );
  return new Map(rows.map(({ id, ...values }) => [id as string, values]));
}

export const invoiceCommands = [issue, reject, flush];
