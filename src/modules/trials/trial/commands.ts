import { z } from 'zod';
import { chosen } from '../../../platform/approvals/input.ts';
import { startApproval } from '../../../platform/approvals/start.ts';
import { type CommandSpec, defineCommand } from '../../../platform/command/command.ts';
import type { Context } from '../../../platform/context/context.ts';
import { dayOf } from '../../../platform/context/day.ts';
import type { Row } from '../../../platform/entity/behaviour.ts';
import { withoutStrangers } from '../../../platform/entity/belongs.ts';
import { createRecord } from '../../../platform/entity/records.ts';
import { invalid } from '../../../platform/errors/problem.ts';
import { Exact } from '../../../platform/money/money.shared.ts';
import { trialSetting } from './settings.ts';
import { handOut, settleTrial } from './states.ts';

const only = (rows: Row[]): Row => rows[0] as Row;
const base = { entity: 'trial', on: 'one', action: 'update' } as const;
const day = z.iso.date().nullish();

const out = defineCommand({
  ...base,
  name: 'trialOut',
  summary: 'Hand something out for trial; over the company’s limit an approval begins',
  input: z.strictObject({ on: day, comment: z.string().max(2000).optional(), chosen }),
  async run(ctx, { rows, input }) {
    const row = only(rows);
    if (input.on && input.on > dayOf(ctx)) throw invalid([{ path: 'on', code: 'trial_out_later' }]);
    const { limit } = await trialSetting.read(ctx.db);
    const worth = row.value_base as string | null;
    // Of what is worth something in a currency without a rate nobody knows how much: that is asked too.
    const small = worth === null ? row.value === null : new Exact(worth).lte(limit ?? 0);
    if (limit === null || small) {
      await handOut(ctx, row, input.on ?? null);
      return { status: 'out' };
    }
    await settleTrial(ctx, row, 'approving', { action: 'trialSubmit' });
    const begun = await startApproval(ctx, {
      subject: 'trial.out',
      recordId: row.id as string,
      comment: input.comment,
      chosen: input.chosen,
    });
    return { status: begun.automatic ? 'out' : 'approving', approval: begun.id };
  },
});

const ending = {
  on: day,
  result: z.enum(['good', 'partly', 'bad', 'none']).nullish(),
  evaluation: z.string().trim().max(4000).nullish(),
};

/** What came of it, as far as it was said. */
const resultOf = ({ result, evaluation }: { result?: unknown; evaluation?: unknown }) => ({
  ...(result ? { result } : {}),
  ...(evaluation ? { evaluation } : {}),
});

function closedOn(ctx: Context, row: Row, on: string | null | undefined): string {
  const closed = on ?? dayOf(ctx);
  if (closed > dayOf(ctx)) throw invalid([{ path: 'on', code: 'trial_out_later' }]);
  if (row.out_on && closed < (row.out_on as string))
    throw invalid([{ path: 'on', code: 'trial_due_before' }]);
  return closed;
}

const end = (name: string, to: 'returned' | 'kept', summary: string) =>
  defineCommand({
    ...base,
    name,
    summary,
    input: z.strictObject(ending),
    async run(ctx, { rows, input }) {
      const row = only(rows);
      await settleTrial(ctx, row, to, {
        action: name,
        set: { closedOn: closedOn(ctx, row, input.on) },
        values: resultOf(input),
      });
      return { status: to };
    },
  });

const takeBack = defineCommand({
  ...base,
  name: 'trialAgain',
  summary: 'Say that it is with the customer after all',
  input: z.strictObject({}),
  async run(ctx, { rows }) {
    await settleTrial(ctx, only(rows), 'out', { action: 'trialAgain', set: { closedOn: null } });
    return { status: 'out' };
  },
});

/** The customer buys it: an order with the goods as its line, in draft, for whoever may make orders. */
const toOrder = defineCommand({
  ...base,
  name: 'trialOrder',
  summary: 'Make an order of what was tried',
  allowed: (ctx) => ctx.policies.for('order').can('create'),
  input: z.strictObject({
    price: z
      .string()
      .regex(/^\d{1,12}(\.\d{1,4})?$/)
      .nullish(),
    evaluation: z.string().trim().max(4000).nullish(),
  }),
  async run(ctx, { rows, input }) {
    const row = only(rows);
    const quantity = String(row.quantity);
    const worth = ctx.policies.for('trial').sees('value') ? (row.value as string | null) : null;
    const price =
      input.price ?? (worth && Number(quantity) > 0 ? new Exact(worth).div(quantity).toFixed(4) : null);
    const about = { customer: row.customer_id, contact: row.contact_id, opportunity: row.opportunity_id };
    const order = await createRecord(ctx, 'order', {
      ...(await withoutStrangers(ctx, 'order', about)),
      currency: (row.value_currency as string | null) ?? ctx.currency,
      lines: [{ product: row.product_id, name: row.name, quantity, ...(price === null ? {} : { price }) }],
    });
    await settleTrial(ctx, row, 'converted', {
      action: 'trialOrder',
      set: { order: order.id, closedOn: dayOf(ctx) },
      values: { result: 'good', ...resultOf({ evaluation: input.evaluation }) },
    });
    return { id: order.id, status: 'converted' };
  },
});

/** Verbs of a trial. */
export const trialCommands: readonly CommandSpec[] = [
  out,
  end('trialReturn', 'returned', 'Say that it came back, and what came of it'),
  end('trialKeep', 'kept', 'Leave it with the customer; the relation bears its cost'),
  takeBack,
  toOrder,
];
