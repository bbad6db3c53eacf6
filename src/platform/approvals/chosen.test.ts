import { afterAll, beforeAll, expect, test } from 'vitest';
import { type ApprovalHouse, askedNow, startApprovals, step, useFlow } from './testing/company.ts';

let house: ApprovalHouse;
beforeAll(async () => {
  house = await startApprovals();
});
afterAll(() => house?.stop());

/** What begins an approval without saying so: path and body, for a customer of one's own. */
const BEGINNINGS: [string, (customer: string) => Promise<[string, object]>][] = [
  ['customer.abandon', async (id) => [`/customers/${id}/abandon`, { reason: '长期亏损' }]],
  ['customer.block', async (id) => [`/customers/${id}/block`, { reason: '欺诈' }]],
  ['export', async () => ['/exports', { entity: 'customer', format: 'csv' }]],
  [
    'hospitality.over',
    async (customer) => {
      const spent = await house.administrator.create('hospitalities', {
        subject: '年会宴请',
        customer,
        kind: 'meal',
        amount: { amount: '99999', currency: 'CNY' },
        date: '2026-05-01',
      });
      return [`/hospitalities/${spent.id}/submit`, {}];
    },
  ],
];

test.each(BEGINNINGS)(
  '%s says who is to be named, begins with them, and leaves nothing behind without',
  async (subject, begin) => {
    const { administrator: admin, ann } = house;
    await useFlow(house, [step('经理', [], { name: '主管审批', approvers: [{ kind: 'chosen' }] })], subject);
    const [path, body] = await begin((await admin.create('customers', { name: `甲${subject}` })).id);
    const before = (await admin.get('/approvals?box=mine')).body.items.length;
    const refused = await admin.post(path, body);
    expect(refused).toMatchObject({
      status: 422,
      body: {
        choose: [{ node: '经理', name: '主管审批' }],
        errors: [{ path: 'chosen.经理', code: 'approval_choose', message: '请选择审批人。' }],
      },
    });
    expect((await admin.get('/approvals?box=mine')).body.items).toHaveLength(before);
    const begun = await admin.post(path, { ...body, chosen: { 经理: [ann.id] } });
    expect(begun.status).toBeLessThan(300);
    const { items } = (await admin.get('/approvals?box=mine')).body;
    expect(items).toHaveLength(before + 1);
    expect(items[0].subject.name).toBe(subject);
    expect(await askedNow(house, items[0].id)).toEqual(['安然']);
  },
);
