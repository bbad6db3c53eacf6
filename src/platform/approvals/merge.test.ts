import { afterAll, beforeAll, expect, test } from 'vitest';
import { type ApprovalHouse, sheet, startApprovals, step, useFlow } from './testing/company.ts';

let house: ApprovalHouse;
beforeAll(async () => {
  house = await startApprovals();
});
afterAll(() => house?.stop());

const numbersOf = async (customer: string) =>
  (await house.administrator.get(`/approvals?entity=customer&record=${customer}`)).body.items
    .map((item: { number: string }) => item.number)
    .toSorted();
const merge = (ids: string[], into: string) => house.administrator.post('/customers/merge', { ids, into });

test('approvals of a merged record follow the survivor, and return when the merge is taken back', async () => {
  const { administrator: admin, ann } = house;
  const [a, b, c] = await Promise.all(
    ['天一', '天一电子', '天一科技'].map((name) => admin.create('customers', { name })),
  );
  const begin = async (record: string | undefined, subject: string, input: object) =>
    (await admin.post('/approvals', { subject, record, input })).body;
  await begin(a?.id, 'test.stamp', {});
  const decided = await begin(b?.id, 'test.stamp', {});
  await useFlow(house, [step('主管', [ann])], 'customer.request');
  const asked = await begin(b?.id, 'customer.request', { matter: '账期' });
  const first = (await merge([a?.id, b?.id] as string[], a?.id as string)).body;
  const second = (await merge([a?.id, c?.id] as string[], c?.id as string)).body;
  expect(await numbersOf(c?.id as string)).toHaveLength(3);
  expect((await sheet(ann, asked.id)).record?.id).toBe(c?.id);
  expect((await ann.post(`/approvals/${asked.id}/approve`, {})).body.status).toBe('approved');
  const later = await begin(c?.id, 'test.stamp', {});
  expect((await admin.post(`/merges/${second.mergeId}/undo`, {})).status).toBe(200);
  expect(await numbersOf(a?.id as string)).toHaveLength(3);
  expect(await numbersOf(c?.id as string)).toEqual([later.number]);
  expect((await admin.post(`/merges/${first.mergeId}/undo`, {})).status).toBe(200);
  expect(await numbersOf(b?.id as string)).toEqual([decided.number, asked.number].toSorted());
  expect(await numbersOf(a?.id as string)).toHaveLength(1);
});

test('what is locked while people decide is not merged away', async () => {
  const { administrator: admin, ann } = house;
  await useFlow(house, [step('主管', [ann])]);
  const [a, b] = [
    await admin.create('customers', { name: '甲' }),
    await admin.create('customers', { name: '乙' }),
  ];
  const { id, number } = (await admin.post('/approvals', { subject: 'test.stamp', record: b.id })).body;
  const held = [{ record: b.id, title: '乙', approval: { id, number } }];
  const shown = await admin.post('/customers/merge-preview', { ids: [a.id, b.id] });
  expect(shown.body.held).toEqual(held);
  const { status, body } = await merge([a.id, b.id], a.id);
  expect([status, body.code, body.held]).toEqual([423, 'merge_held', held]);
  expect(body.detail ?? body.title).toContain(`“乙”正在审批（${number}）`);
  await admin.post(`/approvals/${id}/withdraw`, {});
  expect((await admin.post('/customers/merge-preview', { ids: [a.id, b.id] })).body.held).toEqual([]);
  const { mergeId } = (await merge([a.id, b.id], a.id)).body;

  // Taken back it is neither while it waits for a decision; what to do about it is said.
  const again = (await admin.post('/approvals', { subject: 'test.stamp', record: a.id })).body;
  const undo = () => admin.post(`/merges/${mergeId}/undo`, {});
  const refused = await undo();
  expect([refused.status, refused.body.code]).toEqual([423, 'merge_undo_held']);
  expect(refused.body.detail).toContain(`“甲”正在审批（${again.number}），现在不能撤销合并。请先审完或撤回`);
  await admin.post(`/approvals/${again.id}/withdraw`, {});
  expect((await undo()).status).toBe(200);
});
