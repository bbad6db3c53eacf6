import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { step, useFlow } from '../../../platform/approvals/testing/company.ts';
import { systemContext } from '../../../platform/context/services.ts';
import type { MeasureSpec } from '../../../platform/measures/measure.ts';
import { type Person, startTestApp, type TestApp } from '../../../platform/testing/app.ts';
import { dateIn } from '../../../platform/time/instant.shared.ts';
import { watchCloseness } from '../closeness/job.ts';
import { budgetsOf } from './budget.ts';
import { quarterOf } from './cap.ts';

let house: TestApp;
let admin: Person;
let seller: Person;
let today: string;

beforeAll(async () => {
  house = await startTestApp();
  admin = house.administrator;
  today = dateIn('Asia/Shanghai', (await house.context()).now);
  const own = { actions: { read: 'self', create: 'self', update: 'self', delete: 'self' } } as const;
  seller = await house.person({
    entities: { customer: own, hospitality: own, user: { actions: { read: 'all' } } },
  });
});
afterAll(() => house.stop());

const customer = async (name: string) => (await admin.create('customers', { name, owner: seller.id })).id;
const spend = async (id: string, amount: string, more: object = {}) =>
  (
    await seller.create('hospitalities', {
      subject: '晚餐',
      customer: id,
      amount: { amount, currency: 'CNY' },
      date: today,
      ...more,
    })
  ).id;
const submit = async (id: string) => (await seller.post(`/hospitalities/${id}/submit`)).body;
const status = async (id: string) => (await admin.get(`/hospitalities/${id}`)).body.status;

const decidedByAdmin = () => useFlow(house, [step('boss', [admin])], 'hospitality.over');

describe('submitting', () => {
  test('within the cap holds, near it warns, over it an administrator decides where there is neither flow nor superior', async () => {
    const id = await customer('无流程');
    const [first, second, third] = [await spend(id, '480'), await spend(id, '120'), await spend(id, '0.01')];
    expect(await submit(first)).toMatchObject({ status: 'approved', capState: 'within' });
    expect(await submit(second)).toMatchObject({ status: 'approved', capState: 'near' });
    const asked = await submit(third);
    expect(asked).toMatchObject({ status: 'submitted', capState: 'over' });
    expect((await seller.post(`/approvals/${asked.approval}/approve`, {})).status).toBe(409);
    expect((await admin.post(`/approvals/${asked.approval}/approve`, {})).status).toBeLessThan(300);
    expect(await status(third)).toBe('approved');
    expect((await seller.get(`/care/budget/${id}`)).body).toMatchObject({
      basis: 'allowance',
      knowsSales: true,
      cap: '600.00',
      used: '600.01',
      state: 'over',
    });
  });

  test('with a superior he decides, and nobody else', async () => {
    const boss = await house.person({
      entities: { hospitality: { actions: { read: 'all' } }, customer: { actions: { read: 'all' } } },
    });
    await admin.patch(`/users/${seller.id}`, { manager: boss.id });
    const dinner = await spend(await customer('有上级'), '601');
    const { approval } = await submit(dinner);
    expect((await admin.post(`/approvals/${approval}/approve`, {})).status).toBe(409);
    expect((await boss.post(`/approvals/${approval}/approve`, {})).status).toBeLessThan(300);
    expect(await status(dinner)).toBe('approved');
    await admin.patch(`/users/${seller.id}`, { manager: null });
  });

  test('two at once cannot both slip under the cap', async () => {
    const id = await customer('同时提交');
    const ids = await Promise.all([spend(id, '400'), spend(id, '400')]);
    const states = (await Promise.all(ids.map(submit))).map(({ capState }) => capState);
    expect(states.sort()).toEqual(['over', 'within']);
  });

  test('another quarter has a cap of its own', async () => {
    const id = await customer('跨季');
    const before = Temporal.PlainDate.from(quarterOf(today).from).subtract({ days: 1 }).toString();
    await submit(await spend(id, '590', { date: before }));
    expect(await submit(await spend(id, '470'))).toMatchObject({ capState: 'within' });
  });

  test('what was approved stays as it was, and is paid once', async () => {
    const id = await spend(await customer('已批准'), '100');
    await submit(id);
    const changed = await seller.patch(`/hospitalities/${id}`, { amount: { amount: '1', currency: 'CNY' } });
    expect([changed.status, changed.body.errors[0].code]).toEqual([422, 'hospitality_settled']);
    expect((await seller.patch(`/hospitalities/${id}`, { purpose: '谢合作' })).status).toBe(200);
    expect((await seller.delete(`/hospitalities/${id}`)).status).toBe(409);
    expect((await seller.post(`/hospitalities/${id}/submit`)).status).toBe(409);
    expect((await seller.post(`/hospitalities/${id}/pay`)).body).toEqual({ status: 'paid' });
    expect((await seller.post(`/hospitalities/${id}/pay`)).status).toBe(409);
  });

  test.each([
    [{ amount: '-0.01', currency: 'CNY' }, 'care_amount'],
    [{ amount: '10', currency: 'USD' }, 'care_currency'],
  ])('%j is refused', async (amount, code) => {
    const body = { subject: '错', customer: await customer('拒绝'), date: today, amount };
    const answer = await seller.post('/hospitalities', body);
    expect([answer.status, answer.body.errors[0].code]).toEqual([422, code]);
  });

  test('over the cap is decided, and rejected spending gives the cap free', async () => {
    await decidedByAdmin();
    const id = await customer('要审批');
    const dinner = await spend(id, '900');
    const answer = await submit(dinner);
    expect(answer).toMatchObject({ status: 'submitted', capState: 'over' });
    // Still being decided it takes its part of the cap already.
    expect((await seller.get(`/care/budget/${id}`)).body.used).toBe('900');
    expect((await seller.patch(`/hospitalities/${dinner}`, { purpose: '改' })).status).toBeGreaterThan(400);
    // Whoever decides is told what was spent besides what he is asked for.
    const { lines } = (await admin.get(`/approvals/${answer.approval}`)).body;
    expect(lines).toContainEqual({ label: '此前已用', value: '¥0.00' });
    const rejected = await admin.post(`/approvals/${answer.approval}/reject`, { comment: '太贵' });
    expect(rejected.status).toBeLessThan(300);
    expect([await status(dinner), (await seller.get(`/care/budget/${id}`)).body.used]).toEqual([
      'rejected',
      '0',
    ]);
    const again = await submit(dinner);
    expect((await admin.post(`/approvals/${again.approval}/approve`, {})).status).toBeLessThan(300);
    expect(await status(dinner)).toBe('approved');
  });
});

describe('the cap', () => {
  test('follows sales where a module tells them', async () => {
    const id = await customer('有销售');
    const sales: MeasureSpec = {
      name: 'sales',
      entity: 'customer',
      unit: 'money',
      value: () => sql`select 50000`,
    };
    const ctx = { ...(await house.context()), measures: new Map([['sales', sales]]) };
    const budget = (await budgetsOf(ctx, [id], quarterOf(today))).get(id);
    expect(budget).toMatchObject({ basis: 'sales', average: '50000.00', cap: '750.00', warnAt: '375.00' });
  });

  test('is the administrator’s to set, the warning never above it', async () => {
    const rules = (await admin.get('/care/settings')).body;
    expect((await seller.put('/care/settings', rules)).status).toBe(403);
    expect((await admin.put('/care/settings', { ...rules, lowShare: '0.01' })).body.errors[0].code).toBe(
      'care_shares_crossed',
    );
    expect((await admin.put('/care/settings', { ...rules, allowance: '100' })).status).toBe(200);
    expect((await seller.get(`/care/budget/${await customer('新额度')}`)).body.cap).toBe('300.00');
    await admin.put('/care/settings', rules);
  });
});

describe('the report', () => {
  test('tells used, budget and share by person and customer, within one’s sight, also as a workbook', async () => {
    const id = await customer('报表客户');
    await submit(await spend(id, '150'));
    await submit(await spend(id, '150'));
    await spend(id, '999');
    const line = async (person: Person) =>
      (await person.get('/care/hospitality-report')).body.lines.find(
        (each: { customer: { id: string } }) => each.customer.id === id,
      );
    expect(await line(seller)).toMatchObject({
      person: { id: seller.id },
      count: 2,
      used: '300',
      share: 50,
      budget: { cap: '600.00', used: '300', state: 'within' },
    });
    const stranger = await house.person({ entities: { hospitality: { actions: { read: 'self' } } } });
    expect(await line(stranger)).toBeUndefined();
    const blind = await house.person({ entities: { customer: { actions: { read: 'all' } } } });
    expect((await blind.get('/care/hospitality-report')).status).toBe(403);
    const file = await admin.get('/care/hospitality-report/xlsx');
    expect([file.status, file.raw.rawPayload.subarray(0, 2).toString()]).toEqual([200, 'PK']);
    expect((await seller.get('/care/hospitality-report/xlsx')).status).toBe(403);
    expect((await admin.get('/care/hospitality-report?quarter=2026Q9')).status).toBe(400);
  });
});

describe('closeness', () => {
  test('tells the manager once, not the person, and ends when it has come right', async () => {
    const boss = await house.person({ entities: { customer: { actions: { read: 'all' } } } });
    await admin.patch(`/users/${seller.id}`, { manager: boss.id });
    const id = await customer('太近');
    const dinner = await spend(id, '5000');
    await sql`update hospitality set status = 'approved' where id = ${dinner}`.execute(house.services.db);
    const look = async () => watchCloseness(await systemContext(house.services, { kind: 'job' }));
    expect(await look()).toEqual({ warned: 1 });
    expect(await look()).toEqual({ warned: 0 });
    const seen = async (person: Person) => (await person.get('/care/closeness')).body.items;
    expect(await seen(boss)).toMatchObject([
      {
        customer: { id },
        person: { id: seller.id },
        reasons: { spend: '5000', personPercent: 100, business: 'noSales' },
      },
    ]);
    expect(await seen(seller)).toEqual([]);
    const [{ text }] = (await boss.get('/notifications')).body.items;
    expect(text).toContain('¥5,000.00');
    const told = await sql<{ n: number; who: string[] }>`select count(*)::int as n, array_agg(user_id) as who
      from notification where kind = 'care.closeness'`.execute(house.services.db);
    expect(told.rows[0]).toEqual({ n: 1, who: [boss.id] });
    await sql`update hospitality set status = 'rejected' where id = ${dinner}`.execute(house.services.db);
    await look();
    expect(await seen(boss)).toEqual([]);
  });
});
