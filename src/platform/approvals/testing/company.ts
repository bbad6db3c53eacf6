import { z } from 'zod';
import type { Context } from '../../context/context.ts';
import { changeRows, lockRows } from '../../entity/records.ts';
import { entityNamed } from '../../entity/registry.ts';
import { type Person, startTestApp, type TestApp } from '../../testing/app.ts';
import type { ApproveNode, FlowNode } from '../flow.shared.ts';
import type { ApprovalSheet } from '../sheet.shared.ts';
import { type ApprovalSubject, defineApproval } from '../subject.ts';

/** Something to decide on about a customer: when approved its remark says so. */
const stamp = defineApproval({
  name: 'test.stamp',
  entity: 'customer',
  open: true,
  variables: [{ name: 'amount', kind: 'money' }],
  input: z.strictObject({ amount: z.string().default('0'), fails: z.boolean().optional() }),
  describe: async (_ctx, { input }) => ({
    title: '',
    lines: [{ label: 'approval.test', value: input.amount }],
    values: { amount: input.amount },
  }),
  onApproved: async (ctx, { recordId, input }) => {
    await remark(ctx, recordId as string, '已批准');
    if (input.fails) throw new Error('the effect fails');
  },
  onRejected: (ctx, { recordId }) => remark(ctx, recordId as string, '被拒绝'),
  onWithdrawn: (ctx, { recordId }) => remark(ctx, recordId as string, '已撤回'),
});

async function remark(ctx: Context, id: string, text: string): Promise<void> {
  const entity = entityNamed(ctx.registry, 'customer');
  const rows = await lockRows(ctx, entity, [id]);
  await changeRows(
    ctx,
    entity,
    rows.map((row) => ({ row, values: { remark: text } })),
  );
}

export interface ApprovalHouse extends TestApp {
  starter: Person;
  ann: Person;
  bob: Person;
  cid: Person;
}

/** The whole application with a subject to decide on, somebody who may submit and three who are asked. */
export async function startApprovals(): Promise<ApprovalHouse> {
  const house = await startTestApp();
  (house.services.approvals.subjects as Map<string, ApprovalSubject>).set(stamp.name, stamp);
  const own = {
    customer: { actions: { read: 'self', create: 'self', update: 'self', delete: 'self', import: 'self' } },
  } as const;
  return {
    ...house,
    starter: await house.person({ entities: own }, { name: '小周' }),
    ann: await house.person({}, { name: '安然' }),
    bob: await house.person({}, { name: '包博' }),
    cid: await house.person({}, { name: '陈曦' }),
  };
}

export const step = (id: string, people: Person[], more: Partial<ApproveNode> = {}): ApproveNode => ({
  kind: 'approve',
  id,
  name: id,
  approvers: [{ kind: 'users', users: people.map((person) => person.id) }],
  mode: 'all',
  ...more,
});

/** Puts a flow into use for the test's subject. */
export async function useFlow(
  house: TestApp,
  nodes: FlowNode[],
  subject = stamp.name,
): Promise<{ id: string; version: number }> {
  const made = await house.administrator.post('/approval-flows', {
    subject,
    name: '测试流程',
    active: true,
    definition: { nodes },
  });
  if (made.status !== 201) throw new Error(JSON.stringify(made.body));
  return made.body;
}

/** Submits a new customer and gives its ids. */
export async function submit(
  house: ApprovalHouse,
  input: object = {},
  more: object = {},
): Promise<{ id: string; customer: string; status: string; automatic: boolean }> {
  const customer = await house.starter.create('customers', { name: `云帆${Math.random()}` });
  const answer = await house.starter.post('/approvals', {
    subject: stamp.name,
    record: customer.id,
    input,
    ...more,
  });
  if (answer.status !== 201) throw new Error(JSON.stringify(answer.body));
  return { ...answer.body, customer: customer.id };
}

export const sheet = async (who: Person, id: string): Promise<ApprovalSheet> => {
  const { status, body } = await who.get(`/approvals/${id}`);
  if (status !== 200) throw new Error(JSON.stringify(body));
  return body;
};

/** Names of those who are asked now. */
export async function askedNow(house: ApprovalHouse, id: string): Promise<string[]> {
  const { now, people } = await sheet(house.administrator, id);
  return (now?.people ?? []).map((person) => people[person] ?? '');
}
