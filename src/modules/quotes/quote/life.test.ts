import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type Person, startTestApp, type TestApp } from '../../../platform/testing/app.ts';
import { expireQuotes } from './expire.ts';

let house: TestApp;
let boss: Person;
let manager: Person;
let sales: Person;
let customer: { id: string };
const all = { read: 'all', create: 'all', update: 'all', delete: 'all' } as const;
const permissions = { entities: { customer: { actions: all }, quote: { actions: all } } };

beforeAll(async () => {
  house = await startTestApp();
  boss = house.administrator;
  manager = await house.person(permissions, { name: '周经理' });
  sales = await house.person(permissions, { name: '陈思远' });
  await house.services.pool.query('update "user" set manager_id = $1 where id = $2', [manager.id, sales.id]);
  customer = await sales.create('customers', { name: '杭州云帆科技有限公司' });
});
afterAll(() => house.stop());
const limits = (limit: number | null) =>
  boss.send('PUT', '/quote-rules', { limit, roles: [], validDays: 30 });
beforeEach(async () => {
  await limits(null);
});

const quote = (more: object = {}, line: object = {}) =>
  sales.create('quotes', {
    customer: customer.id,
    lines: [{ name: '离心泵', price: '100', quantity: '2', ...line }],
    ...more,
  });
const say = (id: string, verb: string, body: object = {}) => sales.post(`/quotes/${id}/${verb}`, body);
const read = async (id: string) => (await sales.get(`/quotes/${id}`)).body;
const patch = async (id: string, body: object) =>
  sales.send('PATCH', `/quotes/${id}`, body, { 'if-match': `"${(await read(id)).version}"` });

describe('a quote', () => {
  test('within the limit goes out without asking, holds for thirty days, and is confirmed', async () => {
    const { id } = await quote();
    expect((await say(id, 'submit')).body).toEqual({ status: 'approved' });
    await say(id, 'send-out');
    const sent = await read(id);
    expect(sent).toMatchObject({ status: 'sent', edition: 1 });
    expect(Temporal.PlainDate.from(sent.date).until(sent.validUntil).days).toBe(30);
    expect((await say(id, 'customer-confirmed', { name: '王总' })).body).toEqual({ status: 'confirmed' });
    expect(await read(id)).toMatchObject({ status: 'confirmed', answeredBy: '王总' });
  });

  test.each([
    ['send-out', {}],
    ['customer-confirmed', { name: '王总' }],
    ['customer-declined', { reason: '太贵' }],
    ['rework', {}],
  ])('that is a draft cannot be: %s', async (verb, body) => {
    const { id } = await quote();
    expect((await say(id, verb, body)).status).toBe(409);
    expect(await read(id)).toMatchObject({ status: 'draft' });
  });

  test('without lines is not finished', async () => {
    const { id } = await quote({ lines: [] });
    expect((await say(id, 'submit')).body.errors).toMatchObject([{ path: 'lines', code: 'quote_empty' }]);
  });

  test('that is finished keeps its lines; taken back it may change', async () => {
    const { id, lines } = await quote();
    await say(id, 'submit');
    const [line] = lines as { id: string }[];
    const answer = await patch(id, { lines: [{ id: line?.id, price: '1' }] });
    expect(answer.body.errors).toMatchObject([{ path: 'lines', code: 'quote_settled' }]);
    expect((await patch(id, { deduction: '5' })).body.errors).toMatchObject([{ path: 'deduction' }]);
    expect((await patch(id, { remark: '电话里说过' })).status).toBe(200);
    await say(id, 'rework');
    expect((await patch(id, { lines: [{ id: line?.id, price: '90' }] })).body.total.amount).toBe('180.00');
  });

  test('past its day expires at night', async () => {
    const [late, good] = [await quote({ validUntil: '2030-01-01' }), await quote()];
    for (const { id } of [late, good]) {
      await say(id, 'submit');
      await say(id, 'send-out');
    }
    await house.services.pool.query(`update quote set valid_until = '2026-01-01' where id = $1`, [late.id]);
    const job = expireQuotes.run as (services: unknown, input: unknown) => Promise<unknown>;
    expect(await job(house.services, {})).toEqual({ expired: 1 });
    expect([(await read(late.id)).status, (await read(good.id)).status]).toEqual(['expired', 'sent']);
  });
});

describe('over the limit', () => {
  test('the superior decides; until then it is locked and cannot go out', async () => {
    await limits(5);
    const { id } = await quote({}, { discount: '12' });
    expect((await read(id)).discountRate).toBe('12');
    const { body } = await say(id, 'submit', { comment: '老客户' });
    expect(body.status).toBe('approving');
    expect((await say(id, 'send-out')).status).toBe(409);
    expect((await patch(id, { remark: 'x' })).status).toBeGreaterThanOrEqual(409);
    expect((await sales.post(`/approvals/${body.approval}/approve`, {})).status).toBeGreaterThanOrEqual(400);
    expect((await manager.post(`/approvals/${body.approval}/approve`, {})).status).toBe(200);
    expect((await read(id)).status).toBe('approved');
    expect((await say(id, 'send-out')).status).toBe(200);
  });

  test('refused it is a draft again', async () => {
    await limits(5);
    const { id } = await quote({ deduction: '30' });
    const { body } = await say(id, 'submit');
    await manager.post(`/approvals/${body.approval}/reject`, { comment: '毛利太低' });
    expect((await read(id)).status).toBe('draft');
    expect((await patch(id, { deduction: '5' })).status).toBe(200);
    expect((await say(id, 'submit')).body).toEqual({ status: 'approved' });
  });

  test.each([
    [10, 'approved'],
    [9.99, 'approving'],
  ])('a limit of %d for a discount of 10 per cent: %s', async (limit, status) => {
    await limits(limit);
    const { id } = await quote({}, { discount: '10' });
    expect((await say(id, 'submit')).body.status).toBe(status);
  });

  test('a role may give more; only administrators say so', async () => {
    const [role] = (await boss.get(`/users/${sales.id}`)).body.roles as { id: string }[];
    const rules = { limit: 0, roles: [{ role: role?.id, percent: 20 }], validDays: 30 };
    expect((await sales.send('PUT', '/quote-rules', rules)).status).toBe(403);
    expect((await sales.get('/quote-rules')).status).toBe(403);
    await boss.send('PUT', '/quote-rules', rules);
    const { id } = await quote({}, { discount: '20' });
    expect((await say(id, 'submit')).body.status).toBe('approved');
  });
});

describe('versions', () => {
  test('take the lines along; the one before holds no longer', async () => {
    const first = await quote({ terms: '款到发货' }, { discount: '5', remark: '急' });
    await say(first.id, 'submit');
    await say(first.id, 'send-out');
    const { body } = await say(first.id, 'new-version');
    const second = await read(body.id);
    expect(second).toMatchObject({
      status: 'draft',
      edition: 2,
      previous: { id: first.id },
      terms: '款到发货',
      total: first.total,
      lines: [{ name: '离心泵', quantity: '2', discount: '5', remark: '急' }],
    });
    expect(second.number).not.toBe(first.number);
    expect((await read(first.id)).status).toBe('superseded');
    expect((await say(first.id, 'customer-confirmed', { name: '王总' })).status).toBe(409);
  });

  test('a copy leaves the one it is of as it is', async () => {
    const first = await quote();
    const { body } = await say(first.id, 'copy');
    expect(await read(body.id)).toMatchObject({ status: 'draft', edition: 1, previous: null });
    expect((await read(first.id)).status).toBe('draft');
  });

  test('of what the customer confirmed there is none', async () => {
    const { id } = await quote();
    await say(id, 'submit');
    await say(id, 'send-out');
    await say(id, 'customer-confirmed', { name: '王总' });
    expect((await say(id, 'new-version')).status).toBe(409);
  });
});
