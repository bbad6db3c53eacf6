import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { step, useFlow } from '../../../platform/approvals/testing/company.ts';
import { type Person, startTestApp, type TestApp } from '../../../platform/testing/app.ts';
import { ordersKeep } from '../ownership.ts';

let house: TestApp;
let boss: Person;
let customer: { id: string };

beforeAll(async () => {
  house = await startTestApp();
  boss = house.administrator;
  customer = await boss.create('customers', { name: '杭州云帆科技有限公司' });
});
afterAll(() => house.stop());

const read = async (id: string) => (await boss.get(`/contracts/${id}`)).body;
const done = async (id: string, verb: string, input: object = {}) => {
  const { status, body } = await boss.post(`/contracts/${id}/${verb}`, input);
  expect([status, body]).toEqual([200, expect.anything()]);
  return read(id);
};
const inForce = async (more: object = { amount: '100' }) => {
  const { id } = await boss.create('contracts', { customer: customer.id, signedOn: '2026-11-01', ...more });
  return done(id, 'submit');
};

describe('a contract in force', () => {
  test('keeps what was agreed until an amendment is; its reminder may change', async () => {
    const made = await inForce();
    expect(made).toMatchObject({ status: 'effective', effectiveTotal: { amount: '100.00' }, revision: 1 });
    const change = (body: object) => boss.patch(`/contracts/${made.id}`, body);
    expect((await change({ amount: '90' })).body.errors).toMatchObject([
      { path: 'amount', code: 'contract_agreed' },
    ]);
    const instalments = [{ percent: '100', event: 'signed' }];
    expect((await change({ instalments })).body.errors).toMatchObject([{ code: 'contract_agreed' }]);
    expect((await change({ remindDays: 10, acceptedOn: '2026-12-01' })).status).toBe(200);
  });

  test('is amended: the former amount holds until the new one does, and every version is kept', async () => {
    const made = await inForce({ lines: [{ name: '甲', price: '100' }] });
    const amending = await done(made.id, 'amend', { reason: '加订两件' });
    expect(amending).toMatchObject({ status: 'amending', revision: 2, reason: '加订两件' });
    const changed = await boss.patch(`/contracts/${made.id}`, {
      lines: [{ id: made.lines[0].id, quantity: '3' }],
    });
    expect(changed.body).toMatchObject({ total: { amount: '300.00' }, effectiveTotal: { amount: '100.00' } });
    expect(await done(made.id, 'submit')).toMatchObject({
      status: 'effective',
      effectiveTotal: { amount: '300.00' },
    });
    const { items } = (await boss.get(`/contracts/${made.id}/versions`)).body;
    expect(items).toMatchObject([
      { revision: 2, reason: '加订两件', record: { total: { amount: '300.00' } } },
      { revision: 1, reason: null, record: { total: { amount: '100.00' }, lines: [{ quantity: '1' }] } },
    ]);
  });

  test('keeps its customer from being idle and ends in the calendar, while an amendment waits for approval too', async () => {
    const { id: idle } = await boss.create('customers', { name: '绍兴云门有限公司' });
    const made = await inForce({ amount: '100', customer: idle, endsOn: '2099-12-31' });
    const kept = async () => {
      const { rows } = await sql<{ id: string }>`select id from (${ordersKeep.ids(await house.context())}) k
        where id = ${idle}`.execute(house.services.db);
      return rows.length;
    };
    expect(await kept()).toBe(1);
    const shown = async () =>
      (await boss.get('/calendar/items?from=2099-12-01&to=2099-12-31')).body.items.filter(
        (each: { id: string }) => each.id === made.id,
      ).length;
    const waits = (revision: number) =>
      sql`update contract set status = 'inApproval', revision = ${revision} where id = ${made.id}`.execute(
        house.services.db,
      );
    await waits(2);
    expect([await kept(), await shown()]).toEqual([1, 1]);
    await waits(1);
    expect([await kept(), await shown()]).toEqual([0, 0]);
  });

  test('tells in its versions nothing of what the reader may not see', async () => {
    const own = await boss.create('customers', { name: '苏州密友有限公司' });
    const opportunity = await boss.create('opportunities', { customer: own.id, name: '不宜外传' });
    const { id } = await boss.create('contracts', {
      customer: own.id,
      opportunity: opportunity.id,
      amount: '100',
      signedOn: '2026-11-01',
    });
    await done(id, 'submit');
    const reads = async (permissions: object) => {
      const reader = await house.person({ entities: permissions } as never);
      const { items } = (await reader.get(`/contracts/${id}/versions`)).body;
      return items[0].record;
    };
    const all = { actions: { read: 'all' } };
    const seen = await reads({ customer: all, opportunity: all, contract: all });
    expect(seen).toMatchObject({ opportunity: { title: '不宜外传' }, amount: '100' });
    const blind = await reads({ customer: all, contract: { ...all, fields: { amount: 'hidden' } } });
    expect(blind).toMatchObject({ customer: { title: '苏州密友有限公司' }, opportunity: { title: null } });
    expect(blind).not.toHaveProperty('amount');
  });

  test('is as it was when the amendment is given up', async () => {
    const made = await inForce({
      lines: [{ name: '甲', price: '100' }],
      instalments: [{ percent: '100', event: 'signed' }],
    });
    await done(made.id, 'amend', { reason: '改价' });
    const lines = [{ name: '乙', price: '1' }];
    await boss.patch(`/contracts/${made.id}`, { lines, instalments: [], deduction: '0.5' });
    expect(await done(made.id, 'dropAmendment')).toMatchObject({
      status: 'effective',
      revision: 1,
      total: { amount: '100.00' },
      deduction: null,
      lines: [{ name: '甲', price: '100' }],
      instalments: [{ percent: '100', amount: { amount: '100.00' } }],
    });
  });

  test.each<[string, string, object, string]>([
    ['is fulfilled', 'complete', {}, 'completed'],
    ['ends before its time', 'terminate', { reason: '客户停业' }, 'terminated'],
  ])('%s', async (_what, verb, input, status) => {
    const made = await inForce();
    expect(await done(made.id, verb, input)).toMatchObject({ status });
    expect((await boss.post(`/contracts/${made.id}/amend`, { reason: '改' })).body).toMatchObject({
      code: 'state_refused',
    });
  });
});

test('a version shows what the reader may see of the contract', async () => {
  const made = await inForce();
  const fields = { total: 'hidden', effectiveTotal: 'hidden' } as const;
  const permissions = {
    entities: { customer: { actions: { read: 'all' } }, contract: { actions: { read: 'all' }, fields } },
  } as const;
  const reader = await house.person(permissions, { name: '林小雨' });
  const { items } = (await reader.get(`/contracts/${made.id}/versions`)).body;
  expect(items[0].record).toMatchObject({ name: made.name });
  expect(items[0].record).not.toHaveProperty('total');
  const stranger = await house.person(
    { entities: { contract: { actions: { read: 'self' } } } },
    { name: '赵磊' },
  );
  expect((await stranger.get(`/contracts/${made.id}/versions`)).status).toBe(404);
});

test('a quote becomes a contract or an order in one step, and a contract its order', async () => {
  const quote = await boss.create('quotes', {
    name: '型材报价',
    customer: customer.id,
    deduction: '1',
    lines: [
      { name: '甲', price: '10', quantity: '2', taxRate: '0.06', remark: '急' },
      { name: '乙', price: '5' },
    ],
  });
  expect((await boss.post(`/quotes/${quote.id}/makeContract`)).body).toMatchObject({
    code: 'quote_not_confirmed',
  });
  await sql`update quote set status = 'confirmed' where id = ${quote.id}`.execute(house.services.db);
  const made = (await boss.post(`/quotes/${quote.id}/makeContract`)).body;
  const contract = await read(made.id);
  expect(contract).toMatchObject({
    name: '型材报价',
    quote: { id: quote.id },
    total: quote.total,
    lines: [{ name: '甲', quantity: '2', taxRate: '0.06', remark: '急' }, { name: '乙' }],
  });
  expect((await boss.post(`/contracts/${made.id}/makeOrder`)).body).toMatchObject({
    code: 'contract_not_in_force',
  });
  await done(made.id, 'submit');
  for (const path of [`/contracts/${made.id}/makeOrder`, `/quotes/${quote.id}/makeOrder`]) {
    const { id } = (await boss.post(path, path.startsWith('/quotes') ? { again: true } : {})).body;
    expect((await boss.get(`/orders/${id}`)).body).toMatchObject({
      quote: { id: quote.id },
      total: quote.total,
    });
  }
});

describe.each([
  ['order', 'makeOrder', 'orders', 'cancelled'],
  ['contract', 'makeContract', 'contracts', 'terminated'],
])('a second %s of one quote', (type, verb, plural, gone) => {
  const agreed = async () => {
    const quote = await boss.create('quotes', {
      customer: customer.id,
      lines: [{ name: '甲', price: '10' }],
    });
    await sql`update quote set status = 'confirmed' where id = ${quote.id}`.execute(house.services.db);
    return quote.id;
  };
  const make = (who: Person, quote: string, input: object = {}) =>
    who.post(`/quotes/${quote}/${verb}`, input);
  const has = { status: 409, body: { code: `quote_has_${type}` } };

  test('is refused with the first, unless somebody means it', async () => {
    const quote = await agreed();
    const { id } = (await make(boss, quote)).body;
    const { number } = (await boss.get(`/${plural}/${id}`)).body;
    const second = await make(boss, quote);
    expect(second).toMatchObject(has);
    expect(second.body).toMatchObject({
      detail: expect.stringContaining(number),
      made: { entity: type, id, number },
    });
    expect((await make(boss, quote, { again: true })).status).toBe(200);
    // Neither one that is gone nor one in the bin stands in the way, nor that of another quote.
    await sql`update ${sql.table(type)} set status = ${gone} where id = ${id}`.execute(house.services.db);
    expect(await make(boss, quote)).toMatchObject(has);
    await sql`update ${sql.table(type)} set deleted_at = now() where quote_id = ${quote} and id <> ${id}`.execute(
      house.services.db,
    );
    expect((await make(boss, quote)).status).toBe(200);
    expect((await make(boss, await agreed())).status).toBe(200);
  });

  test('pressed by two at once is made once', async () => {
    const quote = await agreed();
    const both = await Promise.all([make(boss, quote), make(boss, quote)]);
    expect(both.map(({ status }) => status).sort()).toEqual([200, 409]);
  });

  test('is refused without a name to whoever may not see the first', async () => {
    const quote = await agreed();
    const { id } = (await make(boss, quote)).body;
    const { number } = (await boss.get(`/${plural}/${id}`)).body;
    const seller = await house.person({
      entities: {
        customer: { actions: { read: 'all' } },
        quote: { actions: { read: 'all' } },
        [type]: { actions: { read: 'self', create: 'self' } },
      },
    });
    const { body } = await make(seller, quote);
    expect(body).toMatchObject({ code: `quote_has_${type}`, made: null });
    expect(JSON.stringify(body)).not.toContain(number);
  });
});

test('a contract goes through the approval the company asks for, and back to draft where it is refused', async () => {
  const approver = await house.person({ administrator: true }, { name: '周主管' });
  await useFlow(house, [step('a', [approver])], 'contract');
  const { id } = await boss.create('contracts', { customer: customer.id, amount: '100' });
  const submitted = async (verb: string) => {
    const { approval } = (await boss.post(`/contracts/${id}/submit`)).body;
    expect(await read(id)).toMatchObject({ status: 'inApproval', effectiveTotal: null });
    const { status } = await approver.post(`/approvals/${approval}/${verb}`, { comment: '看过' });
    expect(status).toBeLessThan(300);
  };
  await submitted('reject');
  expect(await read(id)).toMatchObject({ status: 'draft' });
  await submitted('approve');
  expect(await read(id)).toMatchObject({ status: 'effective', effectiveTotal: { amount: '100.00' } });
});
