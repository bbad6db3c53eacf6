import fc from 'fast-check';
import { sql } from 'kysely';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { Exact } from '../../../platform/money/money.shared.ts';
import { type Person, startTestApp, type TestApp } from '../../../platform/testing/app.ts';
import { earnedBy, orderOf, planFor, received, reckon, sumOf, untrue } from '../testing/earning.ts';
import { readDeal } from './deal.ts';
import { reckonJobs } from './follow.ts';
import { worthOf } from './tiers.shared.ts';

let house: TestApp;
let boss: Person;
beforeAll(async () => {
  house = await startTestApp();
  boss = house.administrator;
});
afterEach(async () => expect(await untrue(house)).toEqual([]));
afterAll(() => house.stop());

const seller = async (options: { department?: string } = {}) =>
  (await house.person({ entities: {} }, options)).id;
const act = (id: string, command: string, body: object = {}) => boss.post(`/receipts/${id}/${command}`, body);
const postings = async (receipt: string) => {
  const { rows } = await sql<{
    id: string;
  }>`select id from ledger_posting where source = ${receipt} and kind = 'allocation'
    and reverses is null`.execute(house.services.db);
  return rows.map(({ id }) => id);
};

describe('what is received', () => {
  test('earns whose result the order is, without tax, and tells how', async () => {
    const person = await seller();
    await planFor(boss, [person]);
    const order = await orderOf(house, boss, '1130', { performer: person });
    await received(boss, order, '565');
    await house.follow();
    const { items } = (
      await boss.get(
        `/commission-rows?filter=${encodeURIComponent(JSON.stringify({ field: 'owner', op: 'eq', value: person }))}`,
      )
    ).body;
    expect(items).toMatchObject([
      {
        owner: { id: person },
        amount: { amount: '15.00', currency: 'CNY' },
        base: { amount: '500.00' },
        kind: 'earned',
        status: 'open',
        order: { id: order.id },
        customer: { id: order.customer },
      },
    ]);
  });

  test('earns nothing again however often one looks', async () => {
    const person = await seller();
    await planFor(boss, [person]);
    const order = await orderOf(house, boss, '1130', { performer: person });
    await received(boss, order, '1130');
    expect([await reckon(house, order.id), await reckon(house, order.id)]).toEqual([1, 0]);
    await house.follow();
    expect(await earnedBy(house, person)).toHaveLength(1);
  });

  test('and not allocated earns nothing yet', async () => {
    const person = await seller();
    await planFor(boss, [person]);
    const order = await orderOf(house, boss, '1130', { performer: person });
    await received(boss, order, '1130', { order: null });
    await house.follow();
    expect(await earnedBy(house, person)).toEqual([]);
  });

  test('earns who made the deal, also after the customer went to somebody else', async () => {
    const [first, second] = [await seller(), await seller()];
    await planFor(boss, [first, second]);
    const order = await orderOf(house, boss, '1130', { performer: first });
    await sql`update customer set owner_id = ${second} where id = ${order.customer}`.execute(
      house.services.db,
    );
    await received(boss, order, '1130');
    await house.follow();
    expect([await sumOf(house, first), await sumOf(house, second)]).toEqual(['30.00', '0.00']);
  });

  test('earns the manager as well, and him it is taken back from after he moved on', async () => {
    const manager = await seller();
    const person = await seller();
    const other = await seller();
    await sql`update "user" set manager_id = ${manager} where id = ${person}`.execute(house.services.db);
    await planFor(boss, [person]);
    await planFor(boss, [manager, other], { tiers: [{ from: '0', rate: '1' }] }, { whose: 'team' });
    const order = await orderOf(house, boss, '1130', { performer: person });
    const receipt = await received(boss, order, '1130');
    await house.follow();
    expect([await sumOf(house, person), await sumOf(house, manager)]).toEqual(['30.00', '10.00']);
    await sql`update "user" set manager_id = ${other} where id = ${person}`.execute(house.services.db);
    await act(receipt, 'reverse', { reason: '退票' });
    await house.follow();
    expect([await sumOf(house, person), await sumOf(house, manager), await sumOf(house, other)]).toEqual([
      '0.00',
      '0.00',
      '0.00',
    ]);
  });
});

describe('what is taken back', () => {
  test.each(['reverse', 'unallocate'] as const)('by %s comes to nothing, once', async (how) => {
    const person = await seller();
    await planFor(boss, [person], {
      tiers: [
        { from: '0', rate: '2' },
        { from: '600', rate: '7.77' },
      ],
    });
    const order = await orderOf(house, boss, '1130', { performer: person });
    const receipt = await received(boss, order, '1130');
    await house.follow();
    const body = how === 'reverse' ? {} : { postings: await postings(receipt) };
    expect((await act(receipt, how, { ...body, reason: '记错' })).status).toBe(200);
    await house.follow();
    await reckon(house, order.id);
    const [earned, back, ...more] = await earnedBy(house, person);
    expect([earned?.amount, back?.amount, back?.kind, more]).toEqual(['43.08', '-43.08', 'takenBack', []]);
  });

  test('counts in the period where it was earned', async () => {
    const person = await seller();
    await planFor(boss, [person], {
      tiers: [
        { from: '0', rate: '1' },
        { from: '1000', rate: '10' },
      ],
    });
    const order = await orderOf(house, boss, '2260', { performer: person });
    const first = await received(boss, order, '1130');
    // As if it had come a month before.
    await house.follow();
    await sql`update commission_credit set period = '2026-10-01' where person_id = ${person}`.execute(
      house.services.db,
    );
    await sql`update commission_reached set period = '2026-10-01' where person_id = ${person}`.execute(
      house.services.db,
    );
    await sql`update commission_row set period = '2026-10-01' where owner_id = ${person}`.execute(
      house.services.db,
    );
    await received(boss, order, '1130');
    await act(first, 'reverse', { reason: '退票' });
    await house.follow();
    expect((await earnedBy(house, person)).map(({ amount }) => amount).toSorted()).toEqual([
      '-10.00',
      '10.00',
      '10.00',
    ]);
  });

  test('as goods is taken off what came last', async () => {
    const person = await seller();
    await planFor(boss, [person]);
    const order = await orderOf(house, boss, '1130', { performer: person });
    await received(boss, order, '565');
    const last = await received(boss, order, '565');
    await house.follow();
    await sql`update "order" set effective_total = 904, effective_net = 800 where id = ${order.id}`.execute(
      house.services.db,
    );
    await reckon(house, order.id);
    expect(await sumOf(house, person)).toBe('24.00');
    // The money goes back to the customer as well: nothing is taken off twice.
    const [posting] = await postings(last);
    await act(last, 'unallocate', { postings: [posting], reason: '退货' });
    await act(last, 'allocate', { allocations: [{ order: order.id, amount: '339' }] });
    await house.follow();
    expect(await sumOf(house, person)).toBe('24.00');
  });

  test('by a red invoice, until it is invoiced anew', async () => {
    const person = await seller();
    await planFor(boss, [person]);
    const order = await orderOf(house, boss, '1130', { performer: person });
    await received(boss, order, '1130');
    let last = 0;
    const invoiceNumber = () => `2544200001${String(++last).padStart(10, '0')}`;
    const issued = async () => {
      const { id } = await boss.create('invoices', {
        customer: order.customer,
        kind: 'normal',
        order: order.id,
      });
      expect((await boss.post(`/invoices/${id}/issue`, { invoiceNumber: invoiceNumber() })).status).toBe(200);
      return id;
    };
    const blue = await issued();
    await house.follow();
    expect(await sumOf(house, person)).toBe('30.00');
    const { body: red } = await boss.post(`/invoices/${blue}/flush`, { reason: '折让' });
    expect(
      (await boss.post(`/invoices/${red.invoice}/issue`, { invoiceNumber: invoiceNumber() })).status,
    ).toBe(200);
    await house.follow();
    expect(await sumOf(house, person)).toBe('0.00');
    await issued();
    await house.follow();
    expect(await sumOf(house, person)).toBe('30.00');
  });

  test('with an order thrown away, and earned again when it comes back', async () => {
    const person = await seller();
    await planFor(boss, [person]);
    const order = await orderOf(house, boss, '1130', { performer: person });
    await received(boss, order, '1130');
    await house.follow();
    await sql`update "order" set deleted_at = now() where id = ${order.id}`.execute(house.services.db);
    await reckon(house, order.id);
    expect(await sumOf(house, person)).toBe('0.00');
    await sql`update "order" set deleted_at = null where id = ${order.id}`.execute(house.services.db);
    await reckon(house, order.id);
    expect(await sumOf(house, person)).toBe('30.00');
  });
});

describe('a deal of several', () => {
  const split = (order: { id: string; customer: string }, shares: [string, string][]) =>
    boss.post('/commission-splits', {
      customer: order.customer,
      order: order.id,
      shares: shares.map(([person, percent]) => ({ person, percent })),
    });

  test('is divided to the fen, and anew when its shares change', async () => {
    const people = [await seller(), await seller(), await seller()];
    const [a, b, c] = people as [string, string, string];
    await planFor(boss, people, { base: 'gross', tiers: [{ from: '0', rate: '100' }] });
    const order = await orderOf(house, boss, '100', { performer: a });
    await received(boss, order, '100');
    await house.follow();
    expect(await sumOf(house, a)).toBe('100.00');
    const { body, status } = await split(order, [
      [a, '33.3333'],
      [b, '33.3333'],
      [c, '33.3334'],
    ]);
    expect(status).toBe(201);
    await house.follow();
    expect(await Promise.all(people.map((person) => sumOf(house, person)))).toEqual([
      '33.33',
      '33.33',
      '33.34',
    ]);
    await boss.patch(`/commission-splits/${body.id}`, { shares: [{ person: b, percent: '100' }] });
    await house.follow();
    expect(await Promise.all(people.map((person) => sumOf(house, person)))).toEqual([
      '0.00',
      '100.00',
      '0.00',
    ]);
    await boss.delete(`/commission-splits/${body.id}`);
    await house.follow();
    expect(await Promise.all(people.map((person) => sumOf(house, person)))).toEqual([
      '100.00',
      '0.00',
      '0.00',
    ]);
  });

  test.each<[string, [number, string][], string]>([
    [
      'less than all',
      [
        [0, '60'],
        [1, '39.99'],
      ],
      'commission_split_not_whole',
    ],
    [
      'the same twice',
      [
        [0, '60'],
        [0, '40'],
      ],
      'commission_split_twice',
    ],
  ])('is refused: %s', async (_what, shares, code) => {
    const people = [boss.id, await seller()];
    const order = await orderOf(house, boss, '100');
    const { body } = await split(
      order,
      shares.map(([at, percent]) => [people[at] as string, percent]),
    );
    expect(body.errors).toMatchObject([{ path: 'shares', code }]);
  });
});

test('a plan put into force late counts what came since its first day, and its end takes nothing back', async () => {
  const person = await seller();
  const order = await orderOf(house, boss, '1130', { performer: person });
  const receipt = await received(boss, order, '1130');
  await house.follow();
  expect(await earnedBy(house, person)).toEqual([]);
  const plan = await planFor(boss, [person]);
  const [, from] = reckonJobs;
  await from?.run(house.services, { from: '2026-01-01' }, {
    job: { id: plan },
    progress: async () => {},
  } as never);
  expect(await sumOf(house, person)).toBe('30.00');
  const [{ day }] = (
    await sql<{
      day: string;
    }>`select day::text from ledger_posting where source = ${receipt} limit 1`.execute(house.services.db)
  ).rows as [{ day: string }];
  const before = Temporal.PlainDate.from(day).subtract({ days: 1 }).toString();
  expect((await boss.post(`/commission-plans/${plan}/commission-end`, { day: before })).status).toBe(200);
  await reckon(house, order.id);
  expect(await sumOf(house, person)).toBe('30.00');
  await act(receipt, 'reverse', { reason: '退票' });
  await house.follow();
  expect(await sumOf(house, person)).toBe('0.00');
});

test('deals reckoned side by side come to what they come to one after the other', async () => {
  const person = await seller();
  const tiers = [
    { from: '0', rate: '1' },
    { from: '1500', rate: '3' },
    { from: '3200', rate: '9' },
  ];
  await planFor(boss, [person], { base: 'gross', tiers });
  const orders = await Promise.all(
    Array.from({ length: 4 }, () => orderOf(house, boss, '1000', { performer: person })),
  );
  for (const order of orders) await received(boss, order, '999.99');
  await Promise.all([...orders, ...orders, ...orders].map(({ id }) => reckon(house, id)));
  expect(await sumOf(house, person)).toBe(worthOf({ mode: 'progressive', tiers }, '3999.96', 'CNY'));
  expect(await earnedBy(house, person)).toHaveLength(4);
});

test('whatever is received and taken back in whatever order, what is earned is what the rest is worth', async () => {
  const tiers = [
    { from: '0', rate: '1.5' },
    { from: '250.55', rate: '4' },
    { from: '700', rate: '11.11' },
  ];
  const step = fc.record({
    order: fc.nat(1),
    fen: fc.integer({ min: 1, max: 40_000 }),
    back: fc.boolean(),
    look: fc.boolean(),
  });
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom('progressive' as const, 'whole' as const),
      fc.array(step, { minLength: 2, maxLength: 5 }),
      async (mode, steps) => {
        const person = await seller();
        await planFor(boss, [person], { base: 'gross', mode, tiers });
        const orders = [
          await orderOf(house, boss, '2000', { performer: person }),
          await orderOf(house, boss, '2000', { performer: person }),
        ];
        let stands = new Exact(0);
        for (const { order, fen, back, look } of steps) {
          const amount = (fen / 100).toFixed(2);
          const receipt = await received(boss, orders[order] as (typeof orders)[number], amount);
          if (look) await reckon(house, (orders[order] as { id: string }).id);
          if (back) await act(receipt, 'reverse', { reason: '退票' });
          else stands = stands.plus(amount);
        }
        for (const { id } of orders) await reckon(house, id);
        expect(await sumOf(house, person)).toBe(worthOf({ mode, tiers }, stands.toFixed(), 'CNY'));
      },
    ),
    { numRuns: 5 },
  );
});

test('a contract that was never in force is not the first deal with its customer; under amendment it still is', async () => {
  const { id, customer } = await orderOf(house, boss, '100', { date: '2026-11-01' });
  const contract = await boss.create('contracts', { customer, signedOn: '2020-01-01', amount: '5' });
  const firstDay = async (status: string, revision: number) => {
    await sql`update contract set status = ${status}, revision = ${revision} where id = ${contract.id}`.execute(
      house.services.db,
    );
    return (await readDeal(await house.context(), 'order', id))?.firstDay;
  };
  expect(await firstDay('inApproval', 1)).toBe('2026-11-01');
  expect(await firstDay('inApproval', 2)).toBe('2020-01-01');
  expect(await firstDay('effective', 1)).toBe('2020-01-01');
});
