import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { inTransaction } from '../../../platform/context/transaction.ts';
import { decide } from '../../../platform/entity/decided.ts';
import { lockRows } from '../../../platform/entity/records.ts';
import { entityNamed } from '../../../platform/entity/registry.ts';
import { type Person, startTestApp, type TestApp } from '../../../platform/testing/app.ts';
import { deal, yuan } from '../testing/deal.ts';

let house: TestApp;
let boss: Person;
let seller: Person;
const all = { actions: { read: 'all', create: 'all', update: 'all' } } as const;
beforeAll(async () => {
  house = await startTestApp();
  boss = house.administrator;
  seller = await house.person({ entities: { customer: all, order: all, product: all, receipt: all } });
});
afterAll(() => house.stop());

/** Puts a draft in force as its own command does. */
async function putInForce(who: Person, id: string): Promise<void> {
  const ctx = await house.contextOf(who);
  await inTransaction(ctx, async (inner) => {
    const rows = await lockRows(inner, entityNamed(inner.registry, 'order'), [id]);
    await decide(inner, 'order', rows, { status: 'confirmed' }, { action: 'update' });
  });
}

const draft = (customer: string, price: string) =>
  boss.create('orders', { name: '试单', customer, lines: [{ name: '甲', price }] });
const refused = (code: string) => ({ errors: [expect.objectContaining({ code })] });

test('an order beyond the limit is refused, one to the fen passes, and whoever has the right lets it pass', async () => {
  const { customer } = await deal(house, '600');
  await boss.create('credit-terms', { customer: customer.id, limit: yuan('1000') });
  const [over, exact] = [await draft(customer.id, '400.01'), await draft(customer.id, '400')];
  await expect(putInForce(seller, over.id)).rejects.toMatchObject(refused('credit_exceeded'));
  await putInForce(seller, exact.id);
  await putInForce(boss, over.id);
});

test('how far an order is over is told to whoever may read terms and all that is owed; who may release it to everybody', async () => {
  const { customer } = await deal(house, '600');
  await boss.create('credit-terms', { customer: customer.id, limit: yuan('1000') });
  const over = await draft(customer.id, '400.01');
  const refusalFor = async (entities: object) => {
    const person = await house.person({ entities: { customer: all, product: all, ...entities } });
    return (await person.send('POST', `/orders/${over.id}/confirm`, {})).body.errors;
  };
  const without = [
    { path: 'customer', code: 'credit_exceeded', message: expect.not.stringMatching(/1000|600/) },
  ];
  const names = [{ message: expect.stringContaining('放行') }];
  const terms = { actions: { read: 'all' } } as const;
  const told = { order: all, contract: all, receipt: all, creditTerm: terms };
  for (const unread of [
    { order: all, receipt: all },
    { ...told, creditTerm: { ...terms, fields: { limit: 'hidden' } } },
    { ...told, creditTerm: { actions: { read: 'self' } } },
    { ...told, receipt: { actions: {} } },
    { ...told, order: { ...all, fields: { effectiveTotal: 'hidden' } } },
  ]) {
    const errors = await refusalFor(unread);
    expect(errors).toEqual(without);
    expect(errors).toMatchObject(names);
  }
  expect(await refusalFor(told)).toEqual([
    {
      path: 'customer',
      code: 'credit_exceeded_by',
      message: expect.stringContaining('额度 ¥1,000.00，已欠 ¥600.00，这一单 ¥400.01'),
    },
  ]);
  // Who may let it pass is named, whether he may confirm orders or not; without any the administrators.
  const override = { ...terms, commands: ['override'] };
  await house.person({ entities: { creditTerm: override } }, { name: '出纳乙' });
  const named = [{ message: expect.not.stringContaining('出纳乙') }];
  expect(await refusalFor({ order: all })).toMatchObject(named);
  await house.person({ entities: { order: terms, creditTerm: override } }, { name: '财务甲' });
  expect(await refusalFor({ order: all })).toMatchObject([
    { message: expect.stringContaining('请 财务甲 放行') },
  ]);
});

test('of two orders side by side only one fits', async () => {
  const { customer } = await deal(house, '600');
  await boss.create('credit-terms', { customer: customer.id, limit: yuan('1000') });
  const both = [await draft(customer.id, '300'), await draft(customer.id, '300')];
  const done = await Promise.allSettled(both.map(({ id }) => putInForce(seller, id)));
  expect(done.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
});

test('a customer who gets no new orders gets none', async () => {
  const { customer } = await deal(house, '1');
  await boss.create('credit-terms', { customer: customer.id, blocked: true });
  const { id } = await draft(customer.id, '1');
  await expect(putInForce(seller, id)).rejects.toMatchObject(refused('credit_blocked'));
});

test('an order of a frame contract is owed by itself, and takes credit', async () => {
  const { customer } = await deal(house, '600');
  await boss.create('credit-terms', { customer: customer.id, limit: yuan('1000') });
  const contract = async (amount: object) => {
    const { id } = await boss.create('contracts', { customer: customer.id, name: '年度', ...amount });
    await sql`update contract set status = 'effective', effective_total = total, effective_total_currency = total_currency
      where id = ${id}`.execute(house.services.db);
    return id;
  };
  const drafted = async (of: string) =>
    boss.create('orders', { customer: customer.id, contract: of, lines: [{ name: '甲', price: '500' }] });
  const framed = await drafted(await contract({}));
  await expect(putInForce(seller, framed.id)).rejects.toMatchObject(refused('credit_exceeded'));
  // What the contract names is owed by the contract.
  await putInForce(seller, (await drafted(await contract({ amount: '300' }))).id);
});
