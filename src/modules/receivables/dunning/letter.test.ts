import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { dayOf } from '../../../platform/context/day.ts';
import { type Person, startTestApp, type TestApp } from '../../../platform/testing/app.ts';
import { pagesOf } from '../../../platform/testing/pdf.ts';
import { orderOf, received } from '../testing/deal.ts';

let house: TestApp;
let boss: Person;
let customer: { id: string };
let reminder: { id: string };
let late: { id: string; number?: string };
const all = { actions: { read: 'all' } } as const;

beforeAll(async () => {
  house = await startTestApp();
  boss = house.administrator;
  await boss.create('legal-entities', {
    name: '上海云河机电有限公司',
    usual: true,
    bank: '工商银行张江支行',
  });
  customer = await boss.create('customers', { name: '宁波海潮包装有限公司' });
  const today = Temporal.PlainDate.from(dayOf(await house.context()));
  const due = async (amount: string, days: number) => {
    const day = today.add({ days }).toString();
    const plan = [{ percent: '100', event: 'date', day }];
    return orderOf(house, boss, customer.id, amount, { instalments: plan });
  };
  late = await due('1200', -40);
  await due('300', -5);
  await due('7777', 5);
  await received(boss, customer.id, '200', { order: late.id });
  reminder = await boss.create('dunnings', {
    what: '催款',
    customer: customer.id,
    order: late.id,
    way: 'letter',
  });
});
afterAll(() => house.stop());

const letter = (who: Person, language = 'zh') =>
  who.get(`/dunnings/${reminder.id}/letter?language=${language}`);

test.each([
  ['zh', '催款函', '致：宁波海潮包装有限公司'],
  ['en', 'Payment reminder', 'To: 宁波海潮包装有限公司'],
])('a letter in %s names what is overdue, on our letterhead', async (language, title, to) => {
  const answer = await letter(boss, language);
  expect(answer.headers['content-type']).toBe('application/pdf');
  const text = (await pagesOf(answer.raw.rawPayload)).join('').replace(/\s/g, '');
  for (const part of [
    title,
    to,
    '上海云河机电有限公司',
    '工商银行张江支行',
    late.number,
    '¥1,000.00',
    '¥300.00',
    '¥1,300.00',
  ])
    expect(text).toContain(String(part).replace(/\s/g, ''));
  expect(text).not.toContain('7,777');
});

test('is told in the audit of the reminder', async () => {
  await letter(boss);
  const { rows } = await sql<{ note: string }>`select note from audit_entry
    where record_id = ${reminder.id} and action = 'export'`.execute(house.services.db);
  expect(rows[0]?.note).toBe('催款函 宁波海潮包装有限公司');
});

test('is of those customers and amounts only that one may see', async () => {
  const self = { actions: { read: 'self' } } as const;
  const status = async (entities: object) =>
    (await letter(await house.person({ entities: { ...entities } }))).status;
  const money = { customer: all, dunning: all, order: all };
  expect(await status({ ...money, receipt: all })).toBe(200);
  expect(await status(money)).toBe(403);
  expect(await status({ ...money, customer: self, dunning: self, receipt: all })).toBe(404);
  // Orders out of sight are not told.
  expect(await status({ ...money, order: { ...all, fields: { total: 'hidden' } }, receipt: all })).toBe(403);
});

test('needs something overdue', async () => {
  const other = await boss.create('customers', { name: '苏州远大机电有限公司' });
  const { id } = await boss.create('dunnings', { what: '催款', customer: other.id });
  expect((await boss.get(`/dunnings/${id}/letter`)).body.code).toBe('dunning_nothing_overdue');
});
