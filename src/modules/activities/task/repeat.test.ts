import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Person, startTestApp, type TestApp } from '../../../platform/testing/app.ts';
import { repeatDue } from './repeat.ts';

let house: TestApp;
let admin: Person;

beforeAll(async () => {
  house = await startTestApp();
  admin = house.administrator;
});
afterAll(() => house.stop());

const named = async (subject: string) => {
  const filter = encodeURIComponent(JSON.stringify({ field: 'subject', op: 'eq', value: subject }));
  return (await admin.get(`/tasks?filter=${filter}&sort=dueDate`)).body.items;
};
const days = async (subject: string) =>
  (await named(subject)).map((task: { dueDate: string }) => task.dueDate);

test('done, a repeating task comes again on its day of the month, also after a short month', async () => {
  const first = await admin.create('tasks', { subject: '月报', dueDate: '2027-01-31', repeat: 'monthly' });
  for (const month of [1, 2, 3]) {
    const open = (await named('月报')).find((task: { status: string }) => task.status === 'open');
    await admin.patch(`/tasks/${open.id}`, { status: 'done' });
    expect(await days('月报')).toHaveLength(month + 1);
  }
  expect(await days('月报')).toEqual(['2027-01-31', '2027-02-28', '2027-03-31', '2027-04-30']);
  expect((await admin.get(`/tasks/${first.id}`)).body).toMatchObject({
    version: 2,
    nextTask: { title: '月报' },
  });
});

test('opened and done once more it makes no second one', async () => {
  const { id } = await admin.create('tasks', { subject: '周会', dueDate: '2027-01-04', repeat: 'weekly' });
  for (const status of ['done', 'open', 'done']) await admin.patch(`/tasks/${id}`, { status });
  expect(await days('周会')).toEqual(['2027-01-04', '2027-01-11']);
});

test('done in bulk each comes again', async () => {
  const ids = [];
  for (const day of ['2027-05-03', '2027-05-04'])
    ids.push((await admin.create('tasks', { subject: '盘点', dueDate: day, repeat: 'weekly' })).id);
  await admin.post('/tasks/mass-update', { ids, set: { status: 'done' } });
  expect(await days('盘点')).toEqual(['2027-05-03', '2027-05-04', '2027-05-10', '2027-05-11']);
});

test('due and not done it comes again by itself, once', async () => {
  const values = { subject: '对账', dueDate: '2020-03-02', repeat: 'yearly', repeatUntil: '2021-12-31' };
  await admin.create('tasks', values);
  const ctx = await house.context();
  expect(await repeatDue(ctx)).toBeGreaterThan(0);
  expect(await days('对账')).toEqual(['2020-03-02', '2021-03-02']);
  await repeatDue(ctx);
  expect(await days('对账')).toHaveLength(2);
});

test('keeps customer, owner and what else it says', async () => {
  const customer = await admin.create('customers', { name: '云鹤' });
  const { id } = await admin.create('tasks', {
    subject: '问候',
    customer: customer.id,
    priority: 'high',
    dueDate: '2027-10-01',
    repeat: 'monthly',
    repeatShift: 'after',
  });
  await admin.patch(`/tasks/${id}`, { status: 'done' });
  expect((await named('问候'))[1]).toMatchObject({
    customer: { id: customer.id },
    owner: { id: admin.id },
    priority: 'high',
    // 1 November 2027 is a Monday.
    dueDate: '2027-11-01',
    repeatShift: 'after',
  });
});

test('what repeats needs a day', async () => {
  const refused = await admin.post('/tasks', { subject: '没有日子', repeat: 'weekly' });
  expect(refused.body.errors).toMatchObject([{ path: 'dueDate', code: 'repeat_no_date' }]);
});

test('a task that does not repeat ends when it is done', async () => {
  const { id } = await admin.create('tasks', { subject: '一次', dueDate: '2027-01-04' });
  await admin.patch(`/tasks/${id}`, { status: 'done' });
  expect(await days('一次')).toHaveLength(1);
});
