import { z } from 'zod';
import { defineCommand } from '../../../../platform/command/command.ts';
import { dayOf } from '../../../../platform/context/day.ts';
import type { Row } from '../../../../platform/entity/behaviour.ts';
import { decide } from '../../../../platform/entity/decided.ts';
import { invalid, problem } from '../../../../platform/errors/problem.ts';
import { reverse } from '../../../../platform/ledger/post.ts';
import { balancesOf, postingsOf } from '../../../../platform/ledger/read.ts';
import { allocate, allocationInput, mayConfirm, openByDue, receivable } from '../../../receivables/public.ts';
import { keepCredit } from '../credit.ts';
import { reckonAgreement } from '../reckon/follow.ts';

const base = { entity: 'rebateAgreement', on: 'one' } as const;
const reason = z.string().trim().min(1).max(500);
const only = (rows: Row[]): Row => rows[0] as Row;

const start = defineCommand({
  ...base,
  action: 'update',
  name: 'rebate-start',
  summary: 'Put a rebate agreement into force; what there was since its first day is counted',
  input: z.strictObject({}),
  async run(ctx, { rows }) {
    const row = only(rows);
    if (row.status !== 'draft') throw problem('rebate_in_force', { status: 409 });
    await decide(ctx, 'rebateAgreement', [row], { status: 'inForce' }, { action: 'rebateStart' });
    return { status: 'inForce', job: await reckonAgreement(ctx, row.id as string) };
  },
});

const end = defineCommand({
  ...base,
  action: 'update',
  name: 'rebate-end',
  summary: 'End a rebate agreement after a day: what was counted until then stays',
  input: z.strictObject({ day: z.iso.date() }),
  async run(ctx, { rows, input }) {
    const row = only(rows);
    if (row.status !== 'inForce') throw problem('rebate_not_in_force', { status: 409 });
    if (input.day < (row.valid_from as string)) throw invalid([{ path: 'day', code: 'ends_before_start' }]);
    const ended = { status: 'ended', validTo: input.day };
    await decide(ctx, 'rebateAgreement', [row], ended, { action: 'rebateEnd' });
    return { status: 'ended', job: await reckonAgreement(ctx, row.id as string) };
  },
});

/** 抵扣: credit pays for orders, contracts, instalments or invoices of the same customer; without any for what is due first. */
const setOff = defineCommand({
  ...base,
  action: 'read',
  allowed: mayConfirm,
  name: 'rebate-set-off',
  summary: 'Set credit off against what the customer owes: what is named, or what is due first',
  input: z.strictObject({
    allocations: z.array(allocationInput).min(1).max(100).optional(),
    remark: z.string().max(500).optional(),
  }),
  async run(ctx, { rows, input }) {
    const row = only(rows);
    const [id, currency] = [row.id as string, row.currency as string];
    const credit = (await balancesOf(ctx, receivable, 'rebate', [id])).get(id)?.[0]?.balance ?? '0';
    const customer = row.customer_id as string;
    const lines = input.allocations ?? (await openByDue(ctx, customer, { amount: credit, currency }));
    if (lines.length === 0) throw problem('rebate_nothing_open', { status: 409 });
    const purse = { account: 'rebate', kind: 'setOff', id, currency, customer, day: dayOf(ctx) } as const;
    const postings = await allocate(ctx, purse, lines, input.remark);
    await keepCredit(ctx, [row], 'rebateSetOff');
    return { postings };
  },
});

const putBack = defineCommand({
  ...base,
  action: 'read',
  allowed: mayConfirm,
  name: 'rebate-put-back',
  summary: 'Take set-offs back, each exactly once: their credit is there again',
  input: z.strictObject({ postings: z.array(z.uuid()).min(1).max(100), reason }),
  async run(ctx, { rows, input }) {
    const row = only(rows);
    const posted = await postingsOf(ctx, receivable, row.id as string);
    const named = posted.filter(({ id, kind }) => input.postings.includes(id) && kind === 'setOff');
    if (named.length < new Set(input.postings).size)
      throw invalid([{ path: 'postings', code: 'unknown_reference' }]);
    await reverse(ctx, receivable, input.postings, { day: dayOf(ctx), remark: input.reason });
    await keepCredit(ctx, [row], 'rebatePutBack');
    return { done: named.length };
  },
});

export const agreementCommands = [start, end, setOff, putBack];
