import { afterAll, beforeAll, expect, test } from 'vitest';
import { step, useFlow } from '../../../platform/approvals/testing/company.ts';
import { type Person, startTestApp, type TestApp } from '../../../platform/testing/app.ts';

let house: TestApp;
let seller: Person;
let boss: Person;
let other: Person;

beforeAll(async () => {
  house = await startTestApp();
  const own = { actions: { read: 'self', create: 'self', update: 'self' } } as const;
  [seller, boss, other] = [
    await house.person({ entities: { customer: own } }),
    await house.person({}),
    await house.person({ entities: { customer: own } }),
  ];
  await useFlow(
    house,
    [
      {
        kind: 'branch',
        id: 'f',
        branches: [
          {
            id: 'b1',
            name: '多',
            when: { field: 'amount', op: 'gte', value: '1000' },
            nodes: [step('主管', [boss])],
          },
          { id: 'b2', name: '少', when: null, nodes: [{ kind: 'end', id: 'e', outcome: 'approved' }] },
        ],
      },
    ],
    'customer.request',
  );
});
afterAll(() => house?.stop());

const ask = (who: Person, record: string, amount: string | null) =>
  who.post('/approvals', {
    subject: 'customer.request',
    record,
    input: { matter: '账期延长到 60 天', amount: amount && { amount, currency: 'CNY' } },
  });

test('what to fill in is told, and the screen knows what can be asked', async () => {
  const { items } = (await seller.get('/approval-subjects')).body;
  expect(items.find(({ name }: { name: string }) => name === 'customer.request')).toMatchObject({
    entity: 'customer',
    open: true,
    active: true,
    form: [
      { name: 'matter', kind: 'longText', label: '事由', required: true },
      { name: 'amount', kind: 'money', label: '金额', required: false },
    ],
  });
});

test('the amount decides the way; meanwhile the customer can be worked on', async () => {
  const { id } = await seller.create('customers', { name: '云帆' });
  expect((await ask(seller, id, '999')).body).toMatchObject({ status: 'approved' });
  const asked = (await ask(seller, id, '1000')).body;
  expect(asked.status).toBe('running');
  expect((await seller.patch(`/customers/${id}`, { remark: '照常' })).status).toBe(200);
  const sheet = (await boss.post(`/approvals/${asked.id}/approve`, { comment: '可以' })).body;
  expect(sheet).toMatchObject({
    status: 'approved',
    lines: [{ value: '账期延长到 60 天' }, { label: '金额' }],
  });
  const { items } = (await seller.get(`/approvals?entity=customer&record=${id}`)).body;
  expect(items).toHaveLength(2);
});

test('not about a customer one does not see, and not without a matter', async () => {
  const { id } = await seller.create('customers', { name: '远山' });
  expect((await ask(other, id, null)).status).toBe(404);
  const empty = await seller.post('/approvals', { subject: 'customer.request', record: id, input: {} });
  expect([empty.status, empty.body.errors[0].path]).toEqual([422, 'matter']);
});
