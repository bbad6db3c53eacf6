import { afterAll, beforeAll, expect, test } from 'vitest';
import {
  type ApprovalHouse,
  askedNow,
  startApprovals,
  step,
  submit,
  useFlow,
} from '../../platform/approvals/testing/company.ts';
import type { Person } from '../../platform/testing/app.ts';
import { runHandover } from './plan/run.ts';

let house: ApprovalHouse;
let admin: Person;
beforeAll(async () => {
  house = await startApprovals();
  admin = house.administrator;
});
afterAll(() => house?.stop());

const openOf = async (id: string, who = admin) => (await who.get(`/handovers/of/${id}`)).body.open;
const inHours = (hours: number) => Temporal.Now.instant().add({ hours }).toString();
const seller = { entities: { customer: { actions: { read: 'self' } } } } as const;

test('decisions and standing in of a leaver wait, go to the receiver, and come back', async () => {
  const { ann, bob } = house;
  const leaver = await house.person(seller, { name: '离职' });
  const heir = await house.person(seller, { name: '接手' });
  await useFlow(house, [step('一', [ann, leaver], { mode: 'turn' }), step('二', [bob])]);
  const [now, later] = [await submit(house), await submit(house)];
  await ann.post(`/approvals/${now.id}/approve`, {});
  const away = await bob.post('/approval-delegations', {
    to: leaver.id,
    from: inHours(-1),
    until: inHours(5),
  });
  const own = await heir.post('/approval-delegations', {
    to: leaver.id,
    from: inHours(-1),
    until: inHours(5),
  });
  expect([away.status, own.status]).toEqual([201, 201]);
  await admin.post(`/users/${leaver.id}/deactivate`, {});

  const { waiting, kinds } = (await admin.get('/handovers')).body;
  expect(waiting).toMatchObject([{ id: leaver.id, open: { approval: 2, approvalDelegation: 2 } }]);
  expect(kinds).toContainEqual({ entity: 'approval', label: '待办审批', follows: false });
  const plan = { rule: { kind: 'one', to: heir.id } };
  const shown = (await admin.post(`/handovers/of/${leaver.id}/preview`, { plan })).body;
  expect(shown.before).toEqual({ approval: 2, approvalDelegation: 2 });
  expect(shown.receivers).toMatchObject([{ id: heir.id, counts: { approval: 2, approvalDelegation: 2 } }]);
  const started = await admin.post(`/handovers/of/${leaver.id}`, { plan, expected: shown.before });
  expect(await runHandover(await house.contextOf(admin), house.services, started.body.id)).toEqual({
    approval: 2,
    approvalDelegation: 2,
  });

  expect(await openOf(leaver.id)).toEqual({});
  expect(await askedNow(house, now.id)).toEqual(['接手']);
  const told = (await heir.get('/notifications')).body.items;
  expect(told.map((item: { kind: string }) => item.kind)).toContain('approval.asked');
  await ann.post(`/approvals/${later.id}/approve`, {});
  expect(await askedNow(house, later.id)).toEqual(['接手']);
  // He decides for himself again, and for the one who is away.
  const { items } = (await heir.get('/approval-delegations')).body;
  expect(items.map(({ person }: { person: { id: string } }) => person.id)).toEqual([bob.id]);
  expect((await heir.post(`/approvals/${now.id}/approve`, {})).body.now.people).toEqual([bob.id]);

  const undone = (await admin.post(`/handovers/${started.body.id}/undo`, {})).body;
  expect(undone).toMatchObject({ restored: 2 });
  expect(undone.changed.map(({ entity }: { entity: string }) => entity).toSorted()).toEqual([
    'approval',
    'approvalDelegation',
  ]);
  expect(await askedNow(house, later.id)).toEqual(['离职']);
});

test('what came back to a leaver goes to the receiver, who sends it again; undone it is his no more', async () => {
  const { ann, starter } = house;
  const scope = {
    entities: { customer: { actions: { read: 'self', create: 'self', update: 'self' } } },
  } as const;
  const leaver = await house.person(scope, { name: '走了' });
  const heir = await house.person(scope, { name: '接着' });
  await useFlow(house, [step('一', [ann])]);
  const begun = { ...house, starter: leaver };
  const [mended, left] = [await submit(begun), await submit(begun)];
  await submit({ ...house, starter });
  for (const { id } of [mended, left])
    await ann.post(`/approvals/${id}/reject`, { to: 'starter', comment: '补材料' });
  await admin.post(`/users/${leaver.id}/deactivate`, {});
  expect(await openOf(leaver.id)).toMatchObject({ approvalReturned: 2, customer: 2 });
  const plan = { rule: { kind: 'one', to: heir.id } };
  const { before } = (await admin.post(`/handovers/of/${leaver.id}/preview`, { plan })).body;
  const { body } = await admin.post(`/handovers/of/${leaver.id}`, { plan, expected: before });
  await runHandover(await house.contextOf(admin), house.services, body.id);
  expect(await openOf(leaver.id)).toEqual({});

  const mine = (await heir.get('/approvals?box=mine')).body.items;
  expect(mine.map(({ id }: { id: string }) => id).toSorted()).toEqual([mended.id, left.id].toSorted());
  expect((await heir.post(`/approvals/${mended.id}/resubmit`, {})).status).toBe(200);
  expect(await askedNow(house, mended.id)).toEqual(['安然']);
  const { history } = (await heir.get(`/approvals/${mended.id}`)).body;
  expect(history).toContainEqual(
    expect.objectContaining({ action: 'handed', people: [{ id: heir.id, title: '接着' }] }),
  );

  const undone = (await admin.post(`/handovers/${body.id}/undo`, {})).body;
  expect(undone.changed).toContainEqual(
    expect.objectContaining({ entity: 'approvalReturned', id: mended.id }),
  );
  expect((await heir.post(`/approvals/${left.id}/resubmit`, {})).status).toBe(404);
  expect(await openOf(leaver.id)).toMatchObject({ approvalReturned: 1 });
});

test('whoever hands over only his department’s work does not see that of others', async () => {
  const [unit, other] = [await house.department('一部'), await house.department('二部')];
  const lead = await house.person(
    { entities: { customer: { actions: { read: 'department', transfer: 'department' } } } },
    { department: unit },
  );
  const [mine, theirs] = [
    await house.person(seller, { department: unit }),
    await house.person(seller, { department: other }),
  ];
  await useFlow(house, [step('一', [mine, theirs])]);
  await submit(house);
  for (const { id } of [mine, theirs]) await admin.post(`/users/${id}/deactivate`, {});
  const { waiting } = (await lead.get('/handovers')).body;
  expect(waiting).toMatchObject([{ id: mine.id, open: { approval: 1 } }]);
  expect(await openOf(theirs.id, lead)).toEqual({});
});
