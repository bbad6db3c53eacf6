import { sql } from 'kysely';
import { z } from 'zod';
import { defineCommand } from '../../../platform/command/command.ts';
import { asSystem, type Context } from '../../../platform/context/context.ts';
import type { Row } from '../../../platform/entity/behaviour.ts';
import { decide } from '../../../platform/entity/decided.ts';
import { forbidden, invalid, problem } from '../../../platform/errors/problem.ts';
import { post } from '../../../platform/ledger/post.ts';
import { Exact, isTooPrecise, roundMoney } from '../../../platform/money/money.shared.ts';
import { decimal } from '../allocate.ts';
import { receivable } from '../book.ts';
import { enterReceipt } from '../receipt/enter.ts';
import { mayConfirm } from '../receipt/rights.ts';
import { keepLeft } from './entries.ts';

const only = (rows: Row[]): Row => rows[0] as Row;

/** Who has an entry that somebody else asks for; his name is the company's directory. */
async function taken(ctx: Context, entry: Row) {
  const { rows } = await sql<{
    name: string;
  }>`select name from "user" where id = ${entry.claimed_by_id}`.execute(ctx.db);
  return problem('bank_entry_claimed', { status: 409, params: { by: rows[0]?.name ?? '' } });
}

/** 认领: this money is from my customer. Of two who say so at once, one is told that it is taken. */
const claim = defineCommand({
  name: 'claim',
  entity: 'bankEntry',
  on: 'one',
  action: 'read',
  summary: 'Claim money of the bank statement for a customer; finance confirms it',
  input: z.strictObject({
    customer: z.uuid(),
    contract: z.uuid().nullish(),
    order: z.uuid().nullish(),
    invoice: z.uuid().nullish(),
    /** Without it all that is left. */
    amount: decimal.nullish(),
    performer: z.uuid().nullish(),
    remark: z.string().max(2000).nullish(),
  }),
  async run(ctx, { rows, input }) {
    const entry = only(rows);
    if (!ctx.policies.for('receipt').can('create')) throw forbidden();
    if (entry.status === 'claimed') throw await taken(ctx, entry);
    if (entry.status === 'put_aside') throw problem('bank_entry_aside', { status: 409 });
    const currency = entry.amount_currency as string;
    const amount = roundMoney(input.amount ?? (entry.left as string), currency);
    if (input.amount && (isTooPrecise(input.amount, currency) || new Exact(input.amount).isZero()))
      throw invalid([{ path: 'amount', code: 'amount_above_zero' }]);
    const { amount: _all, ...named } = input;
    const given = Object.fromEntries(Object.entries(named).filter(([, value]) => value != null));
    const receipt = await enterReceipt(
      ctx,
      {
        ...given,
        payer: entry.payer,
        date: entry.date,
        amount: { amount, currency },
        way: 'transfer',
        ...(entry.account_id ? { account: entry.account_id } : {}),
        ...(entry.serial ? { serial: entry.serial } : {}),
      },
      { bankEntry: entry.id, status: 'pending' },
    );
    await post(ctx, receivable, [
      {
        kind: 'claim',
        source: receipt,
        day: entry.date as string,
        moves: [{ account: 'bankEntry', id: entry.id as string, unit: currency, amount: `-${amount}` }],
      },
    ]);
    await keepLeft(ctx, entry, ctx.principal.userId, 'claim');
    return { receipt };
  },
});

const aside = (name: 'putAside' | 'putForward', from: string, to: string) =>
  defineCommand({
    name,
    entity: 'bankEntry',
    on: 'many',
    action: 'update',
    allowed: mayConfirm,
    summary:
      name === 'putAside' ? 'Say that this money is not from a customer' : 'Let it be claimed after all',
    input: z.strictObject({}),
    async run(ctx, { rows }) {
      for (const row of rows)
        if (row.status !== from) throw problem('bank_entry_claimed_part', { status: 409 });
      await decide(asSystem(ctx, name), 'bankEntry', rows, { status: to }, { action: name });
      return { done: rows.length };
    },
  });

export const bankCommands = [
  claim,
  aside('putAside', 'open', 'put_aside'),
  aside('putForward', 'put_aside', 'open'),
];
