import fc from 'fast-check';
import { sql } from 'kysely';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { executeJob } from '../../../platform/jobs/execute.ts';
import type { JobSpec } from '../../../platform/jobs/job.ts';
import { type Person, startTestApp, type TestApp } from '../../../platform/testing/app.ts';
import { agreement, broughtBack, movesOf, ordered, untrueRebates } from '../testing/rebates.ts';
import { rebateJobs } from './reckon/follow.ts';
import { reckonRebates } from './reckon/reckon.ts';

let house: TestApp;
let boss: Person;
beforeAll(async () => {
  house = await startTestApp();
  boss = house.administrator;
});
afterEach(async () => {
  await house.follow();
  expect(await untrueRebates(house)).toEqual([]);
});
afterAll(() => house.stop());

const Q3 = '2026-09-30';
let count = 0;
const yuan = (amount: string) => ({ amount, currency: 'CNY' });
const amounts = async (id: string) => (await movesOf(house, id)).map(({ kind, amount }) => [kind, amount]);
const progress = async (id: string, who = boss) => (await who.get(`/rebate-agreements/${id}/progress`)).body;
const credit = async (id: string) => (await boss.get(`/rebate-agreements/${id}`)).body.credit;
const begin = (agreements: string[], more: object = {}) =>
  boss.create('rebate-batches', { name: `返利${++count}`, until: Q3, agreements, ...more });
const act = (id: string, command: string, body: object = {}) =>
  boss.post(`/rebate-batches/${id}/rebate-${command}`, body);

async function settled(agreements: string[]): Promise<string> {
  await house.follow();
  const { id } = await begin(agreements);
  for (const command of ['submit', 'pay']) expect((await act(id, command)).status).toBe(200);
  return id;
}

describe('what is ordered', () => {
  test('accrues step by step, and the next tier is told with what it brings', async () => {
    const { id, customer } = await agreement(boss);
    const today = Temporal.Now.plainDateISO('Asia/Shanghai').toString();
    await ordered(boss, customer, '800');
    await ordered(boss, customer, '700', { date: '2026-08-01' });
    await ordered(boss, customer, '400', { date: today });
    await house.follow();
    expect(await amounts(id)).toEqual([
      ['accrued', '8.00'],
      ['accrued', '12.00'],
      ['accrued', '4.00'],
    ]);
    const { body } = await boss.get(`/rebates?customer=${customer}`);
    expect(body.items).toMatchObject([
      {
        ...{ id, base: '400.00', amount: '4.00', rate: '1', open: '24.00', credit: '0.00' },
        next: { from: '1000', rate: '2', missing: '600.00', amount: '10.00' },
      },
    ]);
    const told = await progress(id);
    expect(told.periods).toMatchObject([
      { amount: '4.00' },
      { from: '2026-07-01', to: Q3, base: '1500.00', amount: '20.00' },
    ]);
    expect(told.moves.at(-2).words).toBe(
      '订货计入 ¥700.00；本期累计 ¥800.00 → ¥1,500.00；¥200.00 × 1% + ¥500.00 × 2%',
    );
  });

  test('on the whole the tier reached holds for everything, and goods that come back take it along', async () => {
    const { id, customer } = await agreement(boss, { mode: 'whole' });
    const order = await ordered(boss, customer, '800');
    await ordered(boss, customer, '700');
    await house.follow();
    expect(await amounts(id)).toEqual([
      ['accrued', '8.00'],
      ['accrued', '22.00'],
    ]);
    await broughtBack(boss, order, '8');
    await house.follow();
    expect((await amounts(id)).at(-1)).toEqual(['takenBack', '-21.40']);
    expect((await progress(id)).periods).toMatchObject([{ base: '860.00', amount: '8.60' }]);
  });

  test('counts once, however often it is looked at, and not before the agreement or after its end', async () => {
    const { id, customer } = await agreement(boss, { validFrom: '2026-07-01', validTo: '2026-09-20' });
    const order = await ordered(boss, customer, '500');
    await ordered(boss, customer, '500', { date: '2026-06-30' });
    await ordered(boss, customer, '500', { date: '2026-09-21' });
    const ctx = await house.context();
    await Promise.all([1, 2, 3].map(() => reckonRebates(ctx, 'order', order.id)));
    await house.follow();
    expect(await amounts(id)).toEqual([['accrued', '5.00']]);
    expect((await boss.post(`/orders/${order.id}/withdraw`, {})).status).toBe(200);
    await house.follow();
    expect(await amounts(id)).toEqual([
      ['accrued', '5.00'],
      ['takenBack', '-5.00'],
    ]);
  });

  test('ending an agreement takes back what came after its last day', async () => {
    const { id, customer } = await agreement(boss);
    await ordered(boss, customer, '100', { date: '2026-08-01' });
    await ordered(boss, customer, '200', { date: '2026-09-01' });
    await house.follow();
    const { body } = await boss.post(`/rebate-agreements/${id}/rebate-end`, { day: '2026-08-31' });
    const [, from] = rebateJobs;
    await executeJob(house.services, from as JobSpec, body.job, new AbortController().signal);
    expect((await progress(id)).progress).toMatchObject({ status: 'ended', open: '1.00', next: null });
  });

  test('by deliveries and by pieces', async () => {
    const { id, customer } = await agreement(boss, {
      ...{ counted: 'delivered', measure: 'quantity' },
      tiers: [{ from: '0', rate: '0.35' }],
    });
    const order = await ordered(boss, customer, '800');
    await house.follow();
    expect(await amounts(id)).toEqual([]);
    await broughtBack(boss, order, '3');
    await house.follow();
    expect((await movesOf(house, id)).map(({ base, amount }) => [base, amount])).toEqual([['7', '2.45']]);
  });

  test('of a partner with what its own customers buy', async () => {
    const unit = await house.department('渠道伙伴部');
    const [own, below] = [
      await boss.create('customers', { name: '合肥华东经销有限公司' }),
      await boss.create('customers', { name: '合肥远景设备有限公司' }),
    ];
    const partner = await boss.create('partners', { name: '华东经销', customer: own.id });
    await sql`update partner set unit_id = ${unit} where id = ${partner.id}`.execute(house.services.db);
    await sql`update customer set department_id = ${unit} where id = ${below.id}`.execute(house.services.db);
    const { id } = await agreement(boss, { customer: own.id, partner: partner.id, withSide: true });
    await ordered(boss, own.id, '100');
    await ordered(boss, below.id, '300');
    await house.follow();
    expect((await progress(id)).progress.open).toBe('4.00');
  });
});

describe('terms', () => {
  test.each<[string, object, string]>([
    [
      'tiers that do not begin at nothing',
      { tiers: [{ from: '10', rate: '1' }] },
      'commission_tiers_from_zero',
    ],
    ['more than everything', { tiers: [{ from: '0', rate: '101' }] }, 'rebate_above_whole'],
    ['pieces of money', { counted: 'received', measure: 'quantity' }, 'rebate_money_has_no_pieces'],
    ['an end before the beginning', { validTo: '2025-12-31' }, 'ends_before_start'],
    ['a side without a partner', { withSide: true }, 'required'],
  ])('%s are refused', async (_what, more, code) => {
    const customer = (await boss.create('customers', { name: `合同客户${++count}有限公司` })).id;
    const { status, body } = await boss.post('/rebate-agreements', {
      ...{ name: '协议', customer, validFrom: '2026-01-01' },
      ...more,
    });
    expect([status, body.errors[0].code]).toEqual([422, code]);
  });

  test('stay once they are in force', async () => {
    const { id } = await agreement(boss);
    const changed = await boss.patch(`/rebate-agreements/${id}`, { mode: 'whole' });
    expect(changed.body.errors).toMatchObject([{ path: 'mode', code: 'rebate_in_force' }]);
    expect((await boss.delete(`/rebate-agreements/${id}`)).body.code).toBe('rebate_in_force');
  });
});

describe('a settlement', () => {
  test('takes what is over, is credited once, and what comes back later is taken off the next', async () => {
    const { id, customer } = await agreement(boss);
    const order = await ordered(boss, customer, '1500');
    await ordered(boss, customer, '1000', { date: '2026-10-05' });
    await house.follow();
    const made = await begin([id]);
    expect(made).toMatchObject({ status: 'draft', total: yuan('20.00'), agreementCount: 1, rowCount: 1 });
    expect((await act(made.id, 'pay')).body.code).toBe('commission_batch_state');
    expect((await act(made.id, 'submit')).body.status).toBe('approved');
    const paid = await Promise.all([act(made.id, 'pay'), act(made.id, 'pay')]);
    expect(paid.map(({ status }) => status).toSorted()).toEqual([200, 409]);
    expect(await credit(id)).toEqual(yuan('20.00'));
    await broughtBack(boss, order, '10');
    await house.follow();
    expect((await progress(id)).periods).toMatchObject([
      { amount: '10.00', open: '10.00' },
      { amount: '0.00', open: '-20.00', paid: '20.00' },
    ]);
    // Below nothing it waits for what comes next.
    expect(await begin([id])).toMatchObject({ total: yuan('0.00'), rowCount: 0 });
  });

  test('is of periods that are over', async () => {
    const { body } = await boss.post('/rebate-batches', { name: '早了', until: '2031-01-01' });
    expect(body.errors).toMatchObject([{ path: 'until', code: 'rebate_until_running' }]);
  });

  test('is added to by hand with the reason, and undone: all that was accrued waits again', async () => {
    const { id, customer } = await agreement(boss, { way: 'payout' });
    await ordered(boss, customer, '500');
    await house.follow();
    const made = await begin([id]);
    const adjusted = await act(made.id, 'adjust', { agreement: id, amount: '-1.5', reason: '破损扣减' });
    expect(adjusted.status).toBe(200);
    const { items } = (await boss.get(`/rebate-batches/${made.id}/agreements`)).body;
    expect(items).toMatchObject([{ earned: '5.00', adjusted: '-1.50', amount: '3.50', rows: 2 }]);
    expect((await act(made.id, 'undo', { reason: '重来' })).status).toBe(200);
    await settled([id]);
    expect(await movesOf(house, id)).toMatchObject([{ status: 'paid' }, { status: 'paid', amount: '-1.5' }]);
    // What is paid out is no credit.
    expect(await credit(id)).toBeNull();
  });

  test('of what was paid nothing is changed', async () => {
    const { id, customer } = await agreement(boss);
    await ordered(boss, customer, '500');
    await settled([id]);
    const { db } = house.services;
    await expect(
      sql`update rebate_row set amount = 9 where agreement_id = ${id}`.execute(db),
    ).rejects.toThrow('not changed');
  });
});

describe('credit', () => {
  test('is set off against what is due first, stands on the statement, and is put back', async () => {
    const { id, customer } = await agreement(boss);
    const first = await ordered(boss, customer, '15');
    const second = await ordered(boss, customer, '1485', { date: '2026-09-20' });
    await settled([id]);
    const done = await boss.post(`/rebate-agreements/${id}/rebate-set-off`, {});
    expect([done.status, done.body.postings.length]).toEqual([200, 2]);
    expect(await credit(id)).toEqual(yuan('0.00'));
    const card = async (order: string) => (await boss.get(`/receivables/order/${order}`)).body;
    expect([(await card(first.id)).open, (await card(second.id)).open]).toEqual(['0.00', '1480.00']);
    const period = 'from=2026-09-01&until=2030-12-31';
    const [part] = (await boss.get(`/customers/${customer}/statement?${period}`)).body.parts;
    const off = part.lines.filter(({ kind }: { kind: string }) => kind === 'setOff');
    expect(off.map((line: { credit: string }) => line.credit)).toEqual(['15.00', '5.00']);
    expect(part.closing).toBe('1480.00');
    const { items } = (await boss.get(`/receivables/postings/order/${first.id}`)).body;
    expect(items).toMatchObject([
      { kind: 'setOff', from: { entity: 'rebateAgreement', id }, amount: yuan('15.00'), free: true },
    ]);
    const back = { postings: [items[0].id], reason: '抵错了' };
    const twice = await Promise.all(
      [1, 2].map(() => boss.post(`/rebate-agreements/${id}/rebate-put-back`, back)),
    );
    expect(twice.map(({ status }) => status).toSorted()).toEqual([200, 409]);
    expect([await credit(id), (await card(first.id)).open]).toEqual([yuan('15.00'), '15.00']);
    const booked = (await boss.get(`/receivables/postings/rebateAgreement/${id}`)).body.items;
    expect(booked.map(({ kind, back: way }: { kind: string; back: string }) => [kind, way])).toEqual([
      ['setOff', 'takes'],
      ['setOff', null],
      ['setOff', 'taken'],
      ['rebate', null],
    ]);
  });

  test('is never set off twice, nor for somebody else', async () => {
    const { id, customer } = await agreement(boss);
    const order = await ordered(boss, customer, '1500');
    await settled([id]);
    const off = (amount: string, target = order.id) =>
      boss.post(`/rebate-agreements/${id}/rebate-set-off`, { allocations: [{ order: target, amount }] });
    const stranger = (await boss.create('customers', { name: '别的客户有限公司' })).id;
    const other = await ordered(boss, stranger, '100');
    expect((await off('5', other.id)).body.errors).toMatchObject([{ code: 'other_customer' }]);
    const all = await Promise.all([off('15'), off('15')]);
    expect(all.map(({ status }) => status).toSorted()).toEqual([200, 409]);
    expect((await off('5.01')).body.code).toBe('rebate_short');
  });
});

test('whatever happens in whatever order, what was accrued less what was taken back is what was settled and what waits', async () => {
  const { db } = house.services;
  const first = await agreement(boss);
  const { customer } = first;
  const both = [first.id, (await agreement(boss, { customer, mode: 'whole' })).id];
  const orders = await Promise.all([1, 2, 3].map(() => ordered(boss, customer, '10')));
  const ctx = await house.context();
  const step = fc.record({
    of: fc.integer({ min: 0, max: 2 }),
    fen: fc.integer({ min: 0, max: 300_000 }),
    settle: fc.boolean(),
  });
  const run = async ({ of, fen, settle }: { of: number; fen: number; settle: boolean }) => {
    const order = orders[of]?.id as string;
    const amount = (fen / 100).toFixed(2);
    // As if goods had come back, or were sold after all.
    await sql`update order_line set effective_gross = ${amount} where order_id = ${order}`.execute(db);
    await sql`update "order" set effective_total = ${amount} where id = ${order}`.execute(db);
    await reckonRebates(ctx, 'order', order);
    if (!settle) return;
    const { id: batch, rowCount } = await begin(both);
    if (rowCount) for (const command of ['submit', 'pay']) await act(batch, command);
  };
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 2, maxLength: 6 }), async (steps) => {
      for (const each of steps) await run(each);
      const { rows } = await sql<{ right: boolean }>`select
          coalesce(sum(r.amount), 0) = (select coalesce(sum(amount), 0) from rebate_reached where agreement_id = a.id)
          and coalesce(sum(r.amount) filter (where r.status = 'paid'), 0)
            = (select coalesce(sum(balance), 0) from ledger_balance where account_id = a.id) as right
        from rebate_agreement a left join rebate_row r on r.agreement_id = a.id
        where a.id = any(${both}::uuid[]) group by a.id`.execute(db);
      expect(rows).toEqual([{ right: true }, { right: true }]);
      expect(await untrueRebates(house)).toEqual([]);
    }),
    { numRuns: 6 },
  );
});

test('nobody is given less than nothing: what was taken off stays with what it is taken off from', async () => {
  const { id, customer } = await agreement(boss);
  await ordered(boss, customer, '500');
  await house.follow();
  const batch = await begin([id]);
  expect((await act(batch.id, 'adjust', { agreement: id, amount: '-7', reason: '扣减' })).status).toBe(200);
  expect((await act(batch.id, 'submit')).body.errors).toMatchObject([{ code: 'commission_batch_negative' }]);
  expect((await act(batch.id, 'adjust', { agreement: id, amount: '2', reason: '更正' })).status).toBe(200);
  for (const command of ['submit', 'pay']) expect((await act(batch.id, command)).status).toBe(200);
});

describe('who may not', () => {
  const all = (...actions: string[]) => ({
    actions: Object.fromEntries(actions.map((name) => [name, 'all'])),
  });
  test('sees neither progress nor settlements', async () => {
    const { id, customer } = await agreement(boss);
    await ordered(boss, customer, '500');
    await house.follow();
    const batch = await begin([id]);
    const paths = [
      '/rebates',
      `/rebate-agreements/${id}/progress`,
      `/rebate-agreements/${id}/sheet`,
      `/receivables/postings/rebateAgreement/${id}`,
      ...['agreements', 'rows', 'sheet'].map((part) => `/rebate-batches/${batch.id}/${part}`),
    ];
    const statuses = async (entities: object) => {
      const who = await house.person({ entities } as never);
      return Promise.all(paths.map(async (path) => (await who.get(path)).status));
    };
    expect(await statuses({})).toEqual([403, 403, 403, 403, 403, 403, 403]);
    const blind = { ...all('read', 'export'), fields: { credit: 'hidden' } };
    const batches = { rebateBatch: all('read', 'export') };
    expect(await statuses({ customer: all('read'), rebateAgreement: blind, ...batches })).toEqual([
      403, 403, 403, 403, 403, 403, 403,
    ]);
    const self = { actions: { read: 'self', export: 'self' } };
    expect(await statuses({ customer: self, rebateAgreement: self, ...batches })).toEqual([
      200, 404, 404, 404, 403, 403, 403,
    ]);
    const reader = { customer: all('read'), rebateAgreement: all('read'), rebateBatch: all('read') };
    expect(await statuses(reader)).toEqual([200, 200, 403, 200, 200, 200, 403]);
    const sheet = await boss.get(`/rebate-batches/${batch.id}/sheet`);
    expect([sheet.status, sheet.raw.rawPayload.subarray(0, 2).toString()]).toEqual([200, 'PK']);
  });

  test('takes the movements of no agreement out that is not his to take', async () => {
    const { id } = await agreement(boss);
    const rights = (to: 'all' | 'self') => ({
      entities: {
        customer: all('read'),
        rebateAgreement: { actions: { read: 'all' as const, export: to } },
      },
    });
    const status = async (to: 'all' | 'self') =>
      (await (await house.person(rights(to) as never)).get(`/rebate-agreements/${id}/sheet`)).status;
    expect([await status('all'), await status('self')]).toEqual([200, 403]);
  });

  test('is told nothing of other people’s customers in the list, and sets nothing off', async () => {
    const { id, customer } = await agreement(boss);
    await ordered(boss, customer, '1500');
    await settled([id]);
    const self = { actions: { read: 'self' } };
    const seller = await house.person({ entities: { customer: self, rebateAgreement: self } } as never);
    expect((await seller.get('/rebates')).body.items).toEqual([]);
    const many = {
      customer: all('read'),
      order: all('read'),
      receipt: all('read'),
      rebateAgreement: all('read'),
    };
    const reader = await house.person({ entities: many } as never);
    expect((await reader.get(`/rebates?customer=${customer}`)).body.items).toHaveLength(1);
    for (const command of ['rebate-set-off', 'rebate-put-back', 'rebate-start', 'rebate-end'])
      expect([command, (await reader.post(`/rebate-agreements/${id}/${command}`, {})).status]).toEqual([
        command,
        403,
      ]);
  });
});
