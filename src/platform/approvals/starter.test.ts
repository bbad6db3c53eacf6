import { afterAll, beforeAll, expect, test } from 'vitest';
import {
  type ApprovalHouse,
  askedNow,
  sheet,
  startApprovals,
  step,
  submit,
  useFlow,
} from './testing/company.ts';

let house: ApprovalHouse;
beforeAll(async () => {
  house = await startApprovals();
});
afterAll(() => house?.stop());

/** A flow in which the person who begins is asked, with what happens then. */
const ownFlow = async (self?: string) => {
  const { id, version } = await useFlow(house, [step('主管', [house.starter])]);
  if (self)
    await house.administrator.patch(
      `/approval-flows/${id}`,
      { definition: { nodes: [step('主管', [house.starter])], self } },
      { 'if-match': `"${version}"` },
    );
};

test('the manager is asked instead of the person who began, else an administrator', async () => {
  await ownFlow();
  expect(await askedNow(house, (await submit(house)).id)).toEqual(['林静']);
  await house.administrator.patch(`/users/${house.starter.id}`, { manager: house.bob.id });
  const { id } = await submit(house);
  expect(await askedNow(house, id)).toEqual(['包博']);
  const { history, steps } = await sheet(house.starter, id);
  expect(history.map(({ action }) => action)).toContain('self');
  expect(steps[0]?.seats).toMatchObject([{ person: house.bob.id, note: 'self' }]);
});

test.each([
  ['administrator', ['林静']],
  ['allowed', ['小周']],
])('a flow may say otherwise: %s', async (self, people) => {
  await ownFlow(self);
  expect(await askedNow(house, (await submit(house)).id)).toEqual(people);
});

test('standing in for who is asked, he does not decide either', async () => {
  const { starter, ann } = house;
  await useFlow(house, [step('主管', [ann])]);
  const now = Temporal.Now.instant();
  await ann.post('/approval-delegations', {
    to: starter.id,
    from: now.subtract({ hours: 1 }).toString(),
    until: now.add({ hours: 1 }).toString(),
  });
  const before = (await starter.get('/approvals/waiting')).body.todo;
  const { id } = await submit(house);
  expect((await starter.get('/approvals/waiting')).body.todo).toBe(before);
  const { items } = (await starter.get('/approvals?box=todo')).body;
  expect(items.map((item: { id: string }) => item.id)).not.toContain(id);
  expect((await sheet(starter, id)).can.decide).toBe(false);
  expect((await starter.post(`/approvals/${id}/approve`, {})).body.code).toBe('approval_decided');
});

test('he does not choose himself', async () => {
  await useFlow(house, [step('人', [], { approvers: [{ kind: 'chosen' }] })]);
  const customer = await house.starter.create('customers', { name: '自选' });
  const { status, body } = await house.starter.post('/approvals', {
    subject: 'test.stamp',
    record: customer.id,
    chosen: { 人: [house.starter.id] },
  });
  expect([status, body.errors]).toEqual([
    422,
    [expect.objectContaining({ path: 'chosen.人', code: 'approval_self' })],
  ]);
});
