import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Person, startTestApp, type TestApp } from '../../../platform/testing/app.ts';
import { pagesOf } from '../../../platform/testing/pdf.ts';
import { orderOf, received, yuan } from '../testing/deal.ts';
import type { Statement } from './read.ts';

let house: TestApp;
let boss: Person;
let customer: { id: string };
const period = 'from=2026-11-01&until=2026-11-30';
const read = async (who = boss, id = customer.id, query = period): Promise<Statement> =>
  (await who.get(`/customers/${id}/statement?${query}`)).body;

beforeAll(async () => {
  house = await startTestApp();
  boss = house.administrator;
  await boss.create('legal-entities', {
    ...{ name: '上海云河机电有限公司', usual: true, address: '张江路 1 号', taxNumber: '91310115MA1K4XXX1T' },
    ...{ bank: '工商银行张江支行', bankAccount: '1202 0001' },
  });
  await boss.create('exchange-rates', { currency: 'USD', validFrom: '2026-01-01', rate: '7' });
  customer = await boss.create('customers', { name: '宁波海潮包装有限公司' });
  await orderOf(house, boss, customer.id, '500', { date: '2026-10-10' });
  const order = await orderOf(house, boss, customer.id, '300', { date: '2026-11-05' });
  await received(boss, customer.id, '200', { date: '2026-10-20' });
  const second = await received(boss, customer.id, '450', { date: '2026-11-08', order: order.id });
  await boss.post(`/receipts/${second.id}/refund`, { amount: '50', day: '2026-11-09', reason: '多付' });
});
afterAll(() => house.stop());

describe('a statement', () => {
  test('goes from what was owed to what is owed, line by line', async () => {
    const { parts } = await read();
    expect(parts).toMatchObject([
      { currency: 'CNY', opening: '300.00', debit: '350.00', credit: '450.00', closing: '200.00' },
    ]);
    expect(parts[0]?.lines.map(({ day, kind, balance }) => [day, kind, balance])).toEqual([
      ['2026-11-05', 'order', '600.00'],
      ['2026-11-08', 'receipt', '150.00'],
      ['2026-11-09', 'refund', '200.00'],
    ]);
    const [october] = (await read(boss, customer.id, 'from=2026-10-01&until=2026-10-31')).parts;
    expect([october?.opening, october?.closing]).toEqual(['0.00', '300.00']);
  });

  test('closes with what is open, less what is advance', async () => {
    const { open, over, advance } = (await boss.get(`/receivables/customer/${customer.id}`)).body;
    const [part] = (await read()).parts;
    expect(Number(part?.closing)).toBeCloseTo(Number(open) - Number(over) - Number(advance), 2);
    expect(part?.ages.later).toBeDefined();
  });

  test('what a receipt pays in another currency leaves the one and enters the other', async () => {
    const other = await boss.create('customers', { name: '苏州远大机电有限公司' });
    const order = await orderOf(house, boss, other.id, '700', { date: '2026-11-05' });
    const receipt = await boss.create('receipts', {
      customer: other.id,
      date: '2026-11-06',
      amount: { amount: '120', currency: 'USD' },
    });
    await boss.post(`/receipts/${receipt.id}/confirm`);
    await boss.post(`/receipts/${receipt.id}/allocate`, {
      allocations: [{ order: order.id, amount: '100' }],
    });
    const { parts } = await read(boss, other.id);
    expect(parts.map(({ currency, closing }) => [currency, closing])).toEqual([
      ['CNY', '0.00'],
      ['USD', '-20.00'],
    ]);
  });

  test.each([
    ['zh', '对账单', '开户行：工商银行张江支行'],
    ['en', 'Statement of account', 'Bank: 工商银行张江支行'],
  ])('goes on paper in %s with our head and account', async (language, title, bank) => {
    const answer = await boss.get(`/customers/${customer.id}/statement/file?${period}&language=${language}`);
    expect(answer.headers['content-type']).toBe('application/pdf');
    const text = (await pagesOf(answer.raw.rawPayload)).join('').replace(/\s/g, '');
    for (const part of [title, bank, '上海云河机电有限公司', '¥200.00', '宁波海潮包装有限公司'])
      expect(text).toContain(part.replace(/\s/g, ''));
  });

  test('and into a table', async () => {
    const answer = await boss.get(`/customers/${customer.id}/statement/file?${period}&format=xlsx`);
    expect(answer.raw.rawPayload.subarray(0, 2).toString()).toBe('PK');
  });

  test.each([
    ['from=2026-11-30&until=2026-11-01', 422],
    ['from=2026-13-30&until=2026-11-30', 400],
  ])('of the period %s is refused', async (query, status) => {
    expect((await boss.get(`/customers/${customer.id}/statement?${query}`)).status).toBe(status);
  });

  test('is sent where there is a mail server, and only then', async () => {
    const { status, body } = await boss.post(`/customers/${customer.id}/statement/mail`, {
      ...{ from: '2026-11-01', until: '2026-11-30', to: 'cw@example.cn' },
    });
    expect([status, body.code]).toEqual([409, 'mail_not_set_up']);
    const { rows } = await sql`select from mail_message`.execute(house.services.db);
    expect(rows).toHaveLength(0);
  });

  test('is of those customers and amounts only that one may see', async () => {
    const self = { actions: { read: 'self' } } as const;
    const seller = await house.person({ entities: { customer: self, order: self, receipt: self } });
    expect((await seller.get(`/customers/${customer.id}/statement?${period}`)).status).toBe(404);
    const all = { actions: { read: 'all' } } as const;
    const blind = await house.person({ entities: { customer: all, order: all } });
    expect((await blind.get(`/customers/${customer.id}/statement/file?${period}`)).status).toBe(403);
    const reader = await house.person({ entities: { customer: all, order: all, receipt: all } });
    expect((await read(reader)).parts[0]?.closing).toBe('200.00');
    // The paper is the customer's; to take it out as a table one needs the right, and over him.
    const file = (who: Person, format: string) =>
      who
        .get(`/customers/${customer.id}/statement/file?${period}&format=${format}`)
        .then(({ status }) => status);
    const others = { actions: { read: 'all', export: 'self' } } as const;
    const taker = await house.person({ entities: { customer: others, order: all, receipt: all } });
    expect([await file(reader, 'pdf'), await file(reader, 'xlsx')]).toEqual([200, 403]);
    expect([await file(taker, 'pdf'), await file(taker, 'xlsx')]).toEqual([200, 403]);
    const mail = { from: '2026-11-01', until: '2026-11-30', to: 'cw@example.cn' };
    expect((await reader.post(`/customers/${customer.id}/statement/mail`, mail)).status).toBe(403);
  });
});

test('amounts are told in the digits of their currency', async () => {
  const other = await boss.create('customers', { name: '南京长江机械有限公司' });
  await received(boss, other.id, '9', { date: '2026-11-06' });
  expect((await read(boss, other.id)).parts).toMatchObject([
    { closing: '-9.00', credit: yuan('9.00').amount },
  ]);
});
