import { sql } from 'kysely';
import { z } from 'zod';
import { type CommandSpec, defineCommand } from '../../../platform/command/command.ts';
import { asSystem, type Context } from '../../../platform/context/context.ts';
import { dayOf } from '../../../platform/context/day.ts';
import type { Row } from '../../../platform/entity/behaviour.ts';
import { decide } from '../../../platform/entity/decided.ts';
import { createRecord, readRecord } from '../../../platform/entity/records.ts';
import { notFound, problem } from '../../../platform/errors/problem.ts';
import { notify } from '../../../platform/notifications/notify.ts';
import { type PartnerRow, partnerById, requireActive } from '../side.ts';
import { oneByOne, sameDeals } from './conflicts.ts';

const common = { entity: 'dealRegistration', on: 'one', action: 'update' } as const;
const days = z.number().int().min(1).max(3650).optional();

function requireState(row: Row | undefined, ...states: string[]): Row {
  if (!row || !states.includes(row.status as string)) throw problem('deal_state', { status: 409 });
  return row;
}

/** What is protected for one partner is given to no other meanwhile. */
async function requireFree(ctx: Context, deal: Row): Promise<void> {
  const {
    id,
    partner_id: partner,
    name,
    phone,
    tax_number: taxNumber,
  } = deal as Row & {
    [column in 'id' | 'partner_id' | 'name' | 'phone' | 'tax_number']: string;
  };
  await oneByOne(ctx);
  const same = await sameDeals(ctx, { name, phone, taxNumber }, id);
  if (same.some((other) => other.status === 'approved' && other.partner !== partner))
    throw problem('deal_taken', { status: 409 });
}

const until = (ctx: Context, count: number): string =>
  Temporal.PlainDate.from(dayOf(ctx)).add({ days: count }).toString();

const approve = defineCommand({
  ...common,
  name: 'approveDeal',
  summary: 'Approve a registered deal: the customer is the partner’s, and protected for some days',
  input: z.strictObject({ days, customer: z.uuid().optional() }),
  async run(ctx, { rows: [row], input }) {
    const deal = requireState(row, 'submitted');
    const partner = await partnerById(ctx, deal.partner_id as string);
    if (!partner) throw notFound('partner');
    requireActive(partner);
    await requireFree(ctx, deal);
    const made = input.customer
      ? { customer: (await readRecord(ctx, 'customer', input.customer)).id, opportunity: null }
      : await makeCustomer(ctx, deal, partner);
    const protectedUntil = until(ctx, input.days ?? partner.protectedDays);
    const set = { status: 'approved', protectedUntil, decidedAt: ctx.now, reason: null, ...made };
    await decide(asSystem(ctx, 'partner'), 'dealRegistration', [deal], set, { action: 'approveDeal' });
    await tell(ctx, deal, 'deal.approved', { date: protectedUntil });
    return { status: 'approved', ...made };
  },
});

/** The customer and the business, on the partner's side; whoever registered them has them. */
async function makeCustomer(ctx: Context, deal: Row, partner: PartnerRow) {
  const system = asSystem(ctx, 'partner');
  const owner = deal.registrant_id as string | null;
  const side = { owner, department: partner.unit };
  const customer = await createRecord(system, 'customer', {
    name: deal.name,
    kind: 'company',
    phone: deal.phone,
    taxNumber: deal.tax_number,
    ...side,
  });
  if (deal.contact_name)
    await createRecord(system, 'contact', {
      name: deal.contact_name,
      phone: deal.phone,
      customer: customer.id,
      owner,
    });
  const opportunity = await createRecord(system, 'opportunity', {
    name: deal.name,
    customer: customer.id,
    closeDate: deal.close_date,
    products: deal.product_ids,
    owner,
    ...(deal.amount ? { amount: { amount: deal.amount, currency: deal.amount_currency } } : {}),
  });
  return { customer: customer.id, opportunity: opportunity.id };
}

const refuse = defineCommand({
  ...common,
  name: 'refuseDeal',
  summary: 'Refuse a registered deal, with the reason the partner is told',
  input: z.strictObject({ reason: z.string().trim().min(1).max(2000) }),
  async run(ctx, { rows: [row], input }) {
    const deal = requireState(row, 'submitted');
    const set = { status: 'refused', decidedAt: ctx.now, reason: input.reason };
    await decide(ctx, 'dealRegistration', [deal], set, { action: 'refuseDeal' });
    await tell(ctx, deal, 'deal.refused', {});
    return { status: 'refused' };
  },
});

const extend = defineCommand({
  ...common,
  name: 'extendDeal',
  summary: 'Protect a registered deal longer, counted from today',
  input: z.strictObject({ days: days.unwrap() }),
  async run(ctx, { rows: [row], input }) {
    const deal = requireState(row, 'approved', 'expired');
    await requireFree(ctx, deal);
    const set = { status: 'approved', protectedUntil: until(ctx, input.days) };
    await decide(ctx, 'dealRegistration', [deal], set, { action: 'extendDeal' });
    return set;
  },
});

const withdraw = defineCommand({
  ...common,
  name: 'withdrawDeal',
  outside: true,
  summary: 'Take a registered deal back',
  input: z.strictObject({}),
  async run(ctx, { rows: [row] }) {
    const deal = requireState(row, 'submitted', 'approved');
    const set = { status: 'withdrawn', protectedUntil: null };
    await decide(asSystem(ctx, 'partner'), 'dealRegistration', [deal], set, { action: 'withdrawDeal' });
    return { status: 'withdrawn' };
  },
});

async function tell(ctx: Context, deal: Row, kind: string, params: { date?: string }): Promise<void> {
  const { rows } = await sql<{ id: string }>`select id from "user" where id = ${deal.registrant_id}
    and status = 'active'`.execute(ctx.db);
  await notify(ctx, [
    {
      to: rows.map(({ id }) => id),
      kind,
      record: { entity: 'dealRegistration', id: deal.id as string },
      params: params.date ? { day: { date: params.date } } : {},
      key: `${kind}:${deal.id}:${ctx.now}`,
    },
  ]);
}

export const dealDecisions: readonly CommandSpec[] = [approve, refuse, extend, withdraw];
