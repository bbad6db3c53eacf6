import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Person, startTestApp, type TestApp } from '../../../platform/testing/app.ts';

let house: TestApp;
let boss: Person;
let customer: { id: string };

beforeAll(async () => {
  house = await startTestApp();
  boss = house.administrator;
  customer = await boss.create('customers', { name: '杭州云帆科技有限公司' });
});
afterAll(() => house.stop());

const contract = async (more: object) => {
  const { status, body } = await boss.post('/contracts', { customer: customer.id, ...more });
  expect(status, JSON.stringify(body)).toBe(201);
  return body;
};
const change = (record: { id: string; version: number }, body: object) =>
  boss.send('PATCH', `/contracts/${record.id}`, body, { 'if-match': `"${record.version}"` });

describe('a contract', () => {
  test('has a name, a day, and whom it is credited to, though nobody said', async () => {
    const made = await contract({ amount: '100' });
    expect(made).toMatchObject({
      number: expect.stringMatching(/^HT-/),
      name: expect.stringContaining('杭州云帆科技有限公司'),
      status: 'draft',
      revision: 1,
      performer: { id: boss.id },
    });
  });

  test('has the amount agreed on as a whole, or that of its lines', async () => {
    const whole = await contract({ amount: '100' });
    expect(whole).toMatchObject({
      total: { amount: '100.00' },
      net: { amount: '88.50' },
      taxAmount: { amount: '11.50' },
    });
    const withLines = (await change(whole, { lines: [{ name: '甲', price: '30', quantity: '2' }] })).body;
    expect(withLines).toMatchObject({ total: { amount: '60.00' }, amount: null });
  });

  test('is paid in instalments that add up to it, due when what they wait for has happened', async () => {
    const made = await contract({
      amount: '100.01',
      signedOn: '2026-11-23',
      warrantyMonths: 12,
      instalments: [
        { name: '首付', percent: '33.3', event: 'signed', days: 7 },
        { percent: '33.3', event: 'arrival', days: 1 },
        { percent: '33.4', event: 'warrantyEnd' },
      ],
    });
    expect(made.instalments).toMatchObject([
      { name: '首付', amount: { amount: '33.30', currency: 'CNY' }, dueOn: '2026-11-30' },
      { amount: { amount: '33.30' }, dueOn: null },
      { amount: { amount: '33.41' }, dueOn: null },
    ]);
    const arrived = (await change(made, { arrivedOn: '2026-11-27', acceptedOn: '2026-12-01' })).body;
    expect(arrived.warrantyUntil).toBe('2027-12-01');
    expect(arrived.instalments.map(({ dueOn }: { dueOn: string }) => dueOn)).toEqual([
      '2026-11-30',
      '2026-11-30',
      '2027-12-01',
    ]);
    const dearer = (await change(arrived, { amount: '200' })).body;
    expect(dearer.instalments.map(({ amount }: { amount: { amount: string } }) => amount.amount)).toEqual([
      '66.60',
      '66.60',
      '66.80',
    ]);
  });

  test.each<[string, object, string, string]>([
    [
      'shares that are not the whole',
      { instalments: [{ percent: '50', event: 'signed' }] },
      'instalments',
      'instalments_not_whole',
    ],
    [
      'an instalment without its day',
      { instalments: [{ percent: '100', event: 'date' }] },
      'instalments.0.day',
      'required',
    ],
    [
      'an end before the beginning',
      { startsOn: '2026-11-23', endsOn: '2026-11-22' },
      'endsOn',
      'contract_ends_before',
    ],
  ])('refuses %s', async (_what, more, path, code) => {
    const { status, body } = await boss.post('/contracts', { customer: customer.id, ...more });
    expect(status).toBe(422);
    expect(body.errors).toMatchObject([{ path, code }]);
  });

  test('calls to mind its end so many days ahead', async () => {
    expect(await contract({ endsOn: '2026-12-31' })).toMatchObject({ remindOn: '2026-12-01' });
    expect(await contract({ endsOn: '2026-12-31', remindDays: 60 })).toMatchObject({
      remindOn: '2026-11-01',
    });
  });

  test('stays credited to whom it was, whoever gets the customer', async () => {
    const actions = { read: 'self', create: 'self', update: 'self' } as const;
    const permissions = { entities: { customer: { actions }, contract: { actions } } };
    const [sales, other] = [
      await house.person(permissions, { name: '陈思远' }),
      await house.person(permissions, { name: '林小雨' }),
    ];
    const own = await sales.create('customers', { name: '苏州恒力机械有限公司' });
    const made = await sales.create('contracts', { customer: own.id, amount: '5' });
    await boss.post(`/customers/${own.id}/transfer`, { owner: other.id, along: ['contract'] });
    expect((await other.get(`/contracts/${made.id}`)).body).toMatchObject({
      owner: { id: other.id },
      performer: { id: sales.id },
    });
  });
});

describe('an order', () => {
  test('stands in our usual name', async () => {
    const usual = await boss.create('legal-entities', { name: '上海关系科技有限公司' });
    await boss.create('legal-entities', { name: '上海关系贸易有限公司' });
    const made = await boss.create('orders', { customer: customer.id, lines: [{ name: '甲', price: '1' }] });
    expect(made).toMatchObject({ number: expect.stringMatching(/^DD-/), legalEntity: { id: usual.id } });
  });

  test('is paid as its contract says, where it has one', async () => {
    const frame = await contract({});
    const lines = [{ name: '甲', price: '100' }];
    const instalments = [{ percent: '100', event: 'date', day: '2026-12-01' }];
    const order = { customer: customer.id, lines, instalments };
    expect((await boss.post('/orders', order)).body.instalments).toMatchObject([
      { amount: { amount: '100.00' }, dueOn: '2026-12-01' },
    ]);
    expect((await boss.post('/orders', { ...order, contract: frame.id })).body.errors).toMatchObject([
      { path: 'instalments', code: 'instalments_on_contract' },
    ]);
  });
});
