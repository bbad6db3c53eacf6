import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Person, startTestApp, type TestApp } from '../testing/app.ts';

let house: TestApp;
let admin: Person;
let member: Person;
let waiting: string;
let own: string;

beforeAll(async () => {
  house = await startTestApp();
  admin = house.administrator;
  const pool = await admin.create('pools', { name: '公海' });
  // May change and delete what lies there, but not give it away: he sees it masked.
  member = await house.person({
    entities: {
      customer: { actions: { read: 'all', create: 'all', update: 'all', delete: 'all' } },
      task: { actions: { read: 'self', create: 'self' } },
    },
  });
  const department = (pool.unit as { id: string }).id;
  waiting = (await admin.create('customers', { name: '天目餐饮', phone: '13812345678', department })).id;
  own = (await member.create('customers', { name: '天目餐饮公司' })).id;
});
afterAll(() => house.stop());

const body = () => ({ ids: [own, waiting], into: own });

describe('records of a pool whose phones are veiled', () => {
  test('cannot be read by looking at what a merge would keep, nor by merging', async () => {
    expect((await member.get(`/customers/${waiting}`)).body.phone).toBe('138****5678');
    for (const path of ['/customers/merge-preview', '/customers/merge']) {
      const { status, body: answer, raw } = await member.post(path, body());
      expect([path, status, answer.code]).toEqual([path, 403, 'merge_forbidden']);
      expect(raw.body).not.toContain('13812345678');
    }
    expect((await admin.get(`/customers/${own}`)).body.phone).toBe(null);
  });

  test('are merged by whoever sees them whole', async () => {
    const { body: answer } = await admin.post('/customers/merge-preview', body());
    const phone = answer.fields.find(({ name }: { name: string }) => name === 'phone');
    expect(phone).toMatchObject({ value: '13812345678', source: waiting });
  });
});

test('a preview counts what the caller may read and hides what he may not see', async () => {
  const [a, b] = [
    await member.create('customers', { name: '甲' }),
    await member.create('customers', { name: '乙' }),
  ];
  await admin.patch(`/customers/${b.id}`, {
    email: 'b@yi.example',
    annualRevenue: { amount: '9000', currency: 'CNY' },
  });
  await member.create('tasks', { subject: '我的', customer: b.id });
  const all = { actions: { read: 'all', update: 'all', delete: 'all', transfer: 'all' } } as const;
  const blind = await house.person({
    entities: { customer: { ...all, fields: { email: 'masked', annualRevenue: 'hidden' } } },
  });
  const look = async (who: Person) =>
    (await who.post('/customers/merge-preview', { ids: [a.id, b.id], into: a.id })).body;
  const seen = await look(blind);
  const field = (name: string) => seen.fields.find((each: { name: string }) => each.name === name);
  expect(field('annualRevenue')).toBeUndefined();
  expect(field('email')).toMatchObject({ value: null, source: b.id });
  expect(JSON.stringify(seen)).not.toContain('b@yi.example');
  expect(seen.children).toEqual([]);
  const [tasks] = (await look(admin)).children.filter((each: { entity: string }) => each.entity === 'task');
  expect(tasks.counts).toEqual({ [b.id]: 1 });
});
