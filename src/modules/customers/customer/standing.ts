import { sql } from 'kysely';
import { z } from 'zod';
import { chosen } from '../../../platform/approvals/input.ts';
import { startApproval } from '../../../platform/approvals/start.ts';
import { type ApprovalSubject, defineApproval } from '../../../platform/approvals/subject.ts';
import { defineCommand } from '../../../platform/command/command.ts';
import type { Behaviour, Draft } from '../../../platform/entity/behaviour.ts';
import { decide } from '../../../platform/entity/decided.ts';
import { lockRows, readRecord } from '../../../platform/entity/records.ts';
import { entityNamed } from '../../../platform/entity/registry.ts';
import { notFound, problem } from '../../../platform/errors/problem.ts';

const reason = z.string().trim().min(1).max(500);
const input = z.strictObject({ reason });

/** Where a decision leads (放弃客户, 拉黑; CUS-15). */
const LEADS = { abandon: 'abandoned', block: 'blocked' } as const;
type Verb = keyof typeof LEADS;
const VERBS = Object.keys(LEADS) as Verb[];

/** The company may want both decided; without a flow they hold at once. */
export const standingApprovals: readonly ApprovalSubject[] = VERBS.map((verb) =>
  defineApproval({
    name: `customer.${verb}`,
    entity: 'customer',
    input,
    async describe(ctx, { recordId, input: { reason: why } }) {
      const { title } = await readRecord(ctx, 'customer', recordId as string);
      return { title, lines: [{ label: 'approval.customer.reason', value: why }] };
    },
    async onApproved(ctx, approval) {
      const rows = await lockRows(ctx, entityNamed(ctx.registry, 'customer'), [approval.recordId as string]);
      if (rows.length === 0) throw notFound('customer');
      await decide(ctx, 'customer', rows, { status: LEADS[verb] }, { action: verb, holder: approval.id });
    },
  }),
);

const refuseSame = (status: unknown, next: string) => {
  if ((status ?? 'active') === next) throw problem('standing_same', { status: 409 });
};

const leaving = (verb: Verb, summary: string) =>
  defineCommand({
    name: verb,
    entity: 'customer',
    on: 'one',
    action: 'update',
    summary,
    input: z.strictObject({ reason, chosen }),
    async run(ctx, { rows: [row], input: { reason: why, chosen: named } }) {
      refuseSame(row?.status, LEADS[verb]);
      const begun = await startApproval(ctx, {
        subject: `customer.${verb}`,
        recordId: row?.id as string,
        input: { reason: why },
        chosen: named,
      });
      return { status: begun.automatic ? LEADS[verb] : (row?.status ?? 'active'), approval: begun.id };
    },
  });

const reinstate = defineCommand({
  name: 'reinstate',
  entity: 'customer',
  on: 'one',
  action: 'update',
  summary: 'Take up a customer again that was let go or blocked',
  input,
  async run(ctx, { rows }) {
    refuseSame(rows[0]?.status, 'active');
    await decide(ctx, 'customer', rows, { status: 'active' }, { action: 'reinstate' });
    return { status: 'active' };
  },
});

export const standingCommands = [
  leaving('abandon', 'Let a customer go, with the reason; by approval where the company wants one'),
  leaving('block', 'Block a customer, with the reason; by approval where the company wants one'),
  reinstate,
];

/** What nobody begins with a blocked customer. */
const NOT_BEGUN = ['task', 'promise', 'visit', 'meeting', 'callBack', 'careItem', 'hospitality'];

/** New work for a blocked customer is refused; what there is can be brought to an end. */
const guard: Behaviour = {
  async prepare(ctx, drafts) {
    const wanted = new Map<string, Draft[]>();
    for (const draft of drafts) {
      const id = draft.values.customer;
      if (typeof id !== 'string' || (draft.before && draft.before.customer_id === id)) continue;
      wanted.set(id, [...(wanted.get(id) ?? []), draft]);
    }
    if (wanted.size === 0) return;
    const { rows } = await sql<{ id: string }>`select id from customer
      where id = any(${[...wanted.keys()]}::uuid[]) and status = 'blocked'`.execute(ctx.db);
    for (const { id } of rows)
      for (const draft of wanted.get(id) ?? [])
        draft.problems.push({ path: 'customer', code: 'customer_blocked' });
  },
};

export const blockedGuards = NOT_BEGUN.map((name) => [name, guard] as const);
