import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Person, startTestApp, type TestApp } from '../../../platform/testing/app.ts';

/** Who may change people may not widen what he sees himself by standing higher in the tree. */
let house: TestApp;
let top: string;
let low: string;
let personnel: Person;

beforeAll(async () => {
  house = await startTestApp();
  top = await house.department('总部');
  low = await house.department('分部', top);
  const actions = { read: 'all', update: 'all' } as const;
  personnel = await house.person(
    { entities: { user: { actions, commands: ['move'] } } },
    { department: low, name: '人事' },
  );
});
afterAll(() => house.stop());

const departmentOf = async (id: string) =>
  (await house.administrator.get(`/users/${id}`)).body.department?.id ?? null;

test('nobody moves himself', async () => {
  const edited = await personnel.patch(`/users/${personnel.id}`, { department: top });
  expect([edited.status, edited.body.code]).toEqual([403, 'field_not_writable']);
  const moved = await personnel.post(`/users/${personnel.id}/move`, { department: top, customers: 'keep' });
  expect([moved.status, moved.body.code]).toEqual([403, 'administrator_required']);
  const many = await personnel.post('/users/mass-update', { ids: [personnel.id], set: { department: top } });
  expect(many.body).toMatchObject({ done: 0, failed: [{ id: personnel.id, code: 'field_not_writable' }] });
  expect(await departmentOf(personnel.id)).toBe(low);
});

test('what stays as it is may be sent along', async () => {
  const same = await personnel.patch(`/users/${personnel.id}`, { department: low, jobTitle: '人事专员' });
  expect([same.status, same.body.jobTitle]).toEqual([200, '人事专员']);
});

test('others are moved by who may, and oneself by an administrator', async () => {
  const colleague = await house.person({});
  expect((await personnel.patch(`/users/${colleague.id}`, { department: top })).status).toBe(200);
  expect(await departmentOf(colleague.id)).toBe(top);
  const move = { department: top, customers: 'keep' };
  const { administrator } = house;
  expect((await administrator.post(`/users/${administrator.id}/move`, move)).status).toBe(200);
  expect(await departmentOf(administrator.id)).toBe(top);
});
