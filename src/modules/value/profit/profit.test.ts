import fc from 'fast-check';
import { sql } from 'kysely';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import type { MeasureSpec } from '../../../platform/measures/measure.ts';
import { type Person, startTestApp, type TestApp } from '../../../platform/testing/app.ts';
import { recording } from '../../../platform/testing/statements.ts';
import { dateIn } from '../../../platform/time/instant.shared.ts';
import { cardOf } from './card.ts';
import { GROUPS } from './query.ts';
import { type Profit, type ProfitLine, profitOf } from './read.ts';

let house: TestApp;
let admin: Person;
let seller: Person;
let other: Person;
let today: string;
let measures: Map<string, MeasureSpec>;
let n = 0;

const own = { read: 'self', create: 'self', update: 'self', delete: 'self' } as const;
const rights = (...types: string[]) => ({
  entities: Object.fromEntries(['customer', ...types].map((name) => [name, { actions: own }])),
});

beforeAll(async () => {
  house = await startTestApp();
  admin = house.administrator;
  today = dateIn('Asia/Shanghai', (await house.context()).now);
  measures = house.services.measures as Map<string, MeasureSpec>;
  seller = await house.person(rights('costEntry', 'valueJudgement', 'referral'), { name: '小唐' });
  other = await house.person(rights('costEntry', 'valueJudgement', 'referral'), { name: '小宋' });
});
afterEach(() => {
  for (const name of ['sales', 'margin']) measures.delete(name);
});
afterAll(() => house.stop());

const customer = async (owner = seller) =>
  (await admin.create('customers', { name: `盈利客户${++n}`, owner: owner.id })).id;
const cost = (id: string, amount: string, day: string, more: object = {}) =>
  admin.create('cost-entries', {
    subject: '样品',
    customer: id,
    amount: { amount, currency: 'CNY' },
    day,
    ...more,
  });
const judge = (id: string, day: string, more: object = {}) =>
  admin.create('value-judgements', {
    customer: id,
    day,
    influence: 5,
    wordOfMouth: 0,
    reason: '龙头企业',
    ...more,
  });
/** Sales as a module will tell them: these amounts, each on 10 March 2026. */
const sold = (name: string, amounts: Record<string, string>, more: Partial<MeasureSpec> = {}) => {
  const rows = () =>
    sql`select key::uuid as id, value::numeric as value from jsonb_each_text(${JSON.stringify(amounts)}::jsonb)`;
  measures.set(name, {
    name,
    entity: 'customer',
    unit: 'money',
    value: ({ alias }, { from, to }) =>
      sql`select r.value from (${rows()}) r where r.id = ${sql.ref(`${alias}.id`)}
        and date '2026-03-10' between ${from}::date and ${to}::date`,
    ...more,
  });
};
const ask = async (who: Person, query = ''): Promise<Profit> => {
  const { status, body } = await who.get(`/value/profit?from=2026-01-01&to=2026-06-30${query}`);
  expect([status, body.errors]).toEqual([200, undefined]);
  return body;
};
const lineOf = ({ lines }: Profit, key: string | null) =>
  lines.find((line) => line.key === key) as ProfitLine;

describe('a customer', () => {
  test('without sales data tells its costs, and nothing of profit', async () => {
    const id = await customer();
    await cost(id, '100.10', '2026-02-01', { phase: 'initial' });
    await cost(id, '20.02', '2026-03-01', { phase: 'upkeep' });
    await cost(id, '5', '2026-04-01', { phase: 'ending' });
    await cost(id, '999', '2026-07-01');
    const profit = await ask(seller);
    expect(profit.knows).toEqual({ sales: false, margin: false, demonstration: true, referral: true });
    expect(lineOf(profit, id)).toMatchObject({
      initial: '100.10',
      upkeep: '20.02',
      ending: '5.00',
      cost: '125.12',
      sales: null,
      margin: null,
      profit: null,
      demonstration: '0.00',
    });
  });

  test('with sales is worth its margin and its other values less its costs', async () => {
    const [id, friend] = [await customer(), await customer()];
    await cost(id, '300', '2026-02-01');
    sold('sales', { [id]: '10000' });
    sold('margin', { [id]: '2500.5' });
    await admin.create('referrals', { customer: id, referred: friend, day: '2026-05-01' });
    expect(lineOf(await ask(seller), id)).toMatchObject({
      sales: '10000.00',
      margin: '2500.50',
      referral: '2000.00',
      cost: '300.00',
      profit: '4200.50',
    });
    expect(lineOf(await ask(seller, '&group=month'), '2026-03')).toMatchObject({ margin: '2500.50' });
    // Told of all at once, it is the same.
    sold(
      'margin',
      { [id]: '2500.5' },
      {
        all: (_ctx, { from, to }) =>
          sql`select ${id}::uuid as id, 2500.5 as value where date '2026-03-10' between ${from}::date and ${to}::date`,
      },
    );
    expect(lineOf(await ask(admin), id)).toMatchObject({ margin: '2500.50' });
  });

  test('is an example for as long as it is judged one, day by day', async () => {
    const id = await customer();
    // 60 parts of influence 4/5, 40 of showcase 2/4: 68 points of 20,000 a year.
    await judge(id, '2026-01-31', { influence: 4, showcase: ['name', 'tour'], wordOfMouth: 5 });
    await judge(id, '2026-03-02', { influence: 0 });
    const line = lineOf(await ask(seller), id);
    expect(line).toMatchObject({ demonstration: '1117.81', referral: '821.92' });
    const [first, second] = await Promise.all(
      ['from=2026-01-01&to=2026-02-13', 'from=2026-02-14&to=2026-12-31'].map(
        async (span) => lineOf((await seller.get(`/value/profit?${span}`)).body, id).demonstration,
      ),
    );
    expect((Number(first) + Number(second)).toFixed(2)).toBe('1117.81');
  });

  test('does not recommend itself, and comes once', async () => {
    const [id, friend] = [await customer(), await customer()];
    const self = await seller.post('/referrals', { customer: id, referred: id, day: today });
    expect(self.body.errors).toMatchObject([{ path: 'referred', code: 'referral_self' }]);
    await seller.create('referrals', { customer: id, referred: friend, day: today });
    expect((await seller.post('/referrals', { customer: id, referred: friend, day: today })).status).toBe(
      409,
    );
  });

  test('has a card of the last year with what it is reckoned from', async () => {
    const id = await customer();
    await cost(id, '40', today, { kind: 'gift', phase: 'upkeep' });
    await cost(id, '2', today, { kind: 'gift', phase: 'upkeep' });
    await cost(id, '7', Temporal.PlainDate.from(today).subtract({ days: 365 }).toString());
    await judge(id, today, { influence: 3, showcase: ['story'] });
    const card = (await seller.get(`/value/of/${id}`)).body;
    expect(card).toMatchObject({
      cost: '42.00',
      upkeep: '42.00',
      profit: null,
      kinds: [{ kind: 'gift', amount: '42.00', count: 2 }],
      judged: { influence: 3, showcase: ['story'], score: 46, reason: '龙头企业' },
      referrals: 0,
      weights: { influence: 60, showcase: 40 },
    });
    expect((await other.get(`/value/of/${id}`)).status).toBe(404);
  });
});

describe('within the reader’s sight', () => {
  test('are his customers only, and the costs he may read', async () => {
    const [mine, theirs] = [await customer(), await customer(other)];
    await cost(mine, '10', '2026-02-01');
    await cost(theirs, '20', '2026-02-01');
    const keys = async (who: Person) => (await ask(who)).lines.map(({ key }) => key);
    expect(await keys(seller)).toContain(mine);
    expect(await keys(seller)).not.toContain(theirs);
    expect(await keys(other)).toEqual([theirs]);
    expect((await ask(other)).total).toMatchObject({ customers: 1, cost: '20.00' });
    // Sees every customer, but of costs only those of his own.
    const reader = await house.person({
      entities: { customer: { actions: { read: 'all' } }, costEntry: { actions: { read: 'self' } } },
    });
    expect((await ask(reader)).total).toMatchObject({ customers: 0, cost: '0.00', demonstration: null });
  });

  test.each<[string, object, string, number]>([
    ['costs', { customer: { actions: { read: 'all' } } }, '', 403],
    [
      'amounts',
      {
        customer: { actions: { read: 'all' } },
        costEntry: { actions: { read: 'all' }, fields: { amount: 'hidden' } },
      },
      '',
      403,
    ],
    [
      'who spent',
      {
        customer: { actions: { read: 'all' } },
        costEntry: { actions: { read: 'all' }, fields: { person: 'hidden' } },
      },
      'group=person',
      403,
    ],
    [
      'grades',
      {
        customer: { actions: { read: 'all' }, fields: { grade: 'hidden' } },
        costEntry: { actions: { read: 'all' } },
      },
      'group=grade',
      403,
    ],
  ])('without sight of %s there is no such page', async (_what, entities, query, status) => {
    const person = await house.person({ entities } as Parameters<TestApp['person']>[0]);
    expect((await person.get(`/value/profit?${query}`)).status).toBe(status);
  });

  test('a number of a module is told to those who may read what it is of', async () => {
    const id = await customer();
    await cost(id, '1', '2026-02-01');
    sold('margin', { [id]: '50' }, { reads: { entity: 'hospitality', fields: ['amount'] } });
    expect(lineOf(await ask(seller), id)).toMatchObject({ margin: null, profit: null });
    expect(lineOf(await ask(admin), id)).toMatchObject({ margin: '50.00', profit: '49.00' });
  });

  test('a file is for those who may take costs and customers away', async () => {
    const file = await admin.get('/value/profit/xlsx?group=owner');
    expect([file.status, file.raw.rawPayload.subarray(0, 2).toString()]).toEqual([200, 'PK']);
    expect((await seller.get('/value/profit/xlsx')).status).toBe(403);
  });
});

test.each(['group=city', 'sort=name', 'from=2026-13-01', 'filter=%7B', 'offset=-1'])(
  '%s is refused',
  async (query) => {
    expect((await admin.get(`/value/profit?${query}`)).status).toBe(400);
  },
);

test('a period that ends before it begins, or has too many months, is refused', async () => {
  const code = async (query: string) => (await admin.get(`/value/profit?${query}`)).body.errors?.[0].code;
  expect(await code('from=2026-02-01&to=2026-01-31')).toBe('value_period');
  expect(await code('group=month&from=2020-01-01&to=2026-01-31')).toBe('value_months');
});

describe('sums', () => {
  test('are the same by customer, grade, owner, and month, to the fen; costs also by who spent', async () => {
    const { db } = house.services;
    const ids = await Promise.all(Array.from({ length: 6 }, (_, at) => customer(at % 2 ? seller : other)));
    await sql`insert into customer_fact (id, grade) select id, (array['A', 'B', null])[1 + n % 3]
      from unnest(${ids}::uuid[]) with ordinality as u(id, n) on conflict (id) do update set grade = excluded.grade`.execute(
      db,
    );
    const fen = fc.integer({ min: 1, max: 10_000_000 }).map((amount) => (amount / 100).toFixed(2));
    const date = fc
      .integer({ min: 0, max: 180 })
      .map((days) => Temporal.PlainDate.from('2026-01-01').add({ days }).toString());
    const which = fc.nat(ids.length - 1);
    const costs = fc.array(fc.tuple(which, fen, date, fc.constantFrom('initial', 'upkeep', 'ending', null)), {
      maxLength: 25,
    });
    const judged = fc.uniqueArray(fc.tuple(which, date, fc.nat(5), fc.nat(5)), {
      selector: ([at, day]) => `${at}${day}`,
      maxLength: 12,
    });
    await fc.assert(
      fc.asyncProperty(
        costs,
        judged,
        fc.dictionary(fc.constantFrom(...ids), fen),
        async (spent, views, gained) => {
          await sql`truncate cost_entry, value_judgement`.execute(db);
          for (const [at, amount, day, phase] of spent)
            await sql`insert into cost_entry (customer_id, amount, amount_base, day, phase, person_id)
            values (${ids[at]}, ${amount}, ${amount}, ${day}, ${phase}, ${at % 3 ? seller.id : null})`.execute(
              db,
            );
          for (const [at, day, influence, word] of views)
            await sql`insert into value_judgement (customer_id, day, influence, word_of_mouth)
            values (${ids[at]}, ${day}, ${influence}, ${word})`.execute(db);
          sold('sales', gained);
          sold('margin', gained);
          const ctx = await house.context();
          const told = await Promise.all(
            GROUPS.map((group) => profitOf(ctx, { group, from: '2026-01-01', to: '2026-06-30', offset: 0 })),
          );
          const cents = (lines: readonly ProfitLine[], name: 'cost' | 'profit' | 'referral' | 'sales') =>
            lines.reduce((sum, line) => sum + BigInt((line[name] ?? '0').replace('.', '')), 0n);
          const exact = spent.reduce((sum, [, amount]) => sum + BigInt(amount.replace('.', '')), 0n);
          for (const { group, lines, total } of told) {
            expect(cents(lines, 'cost')).toBe(exact);
            expect(cents([total], 'cost')).toBe(exact);
            if (group === 'person') continue;
            for (const name of ['profit', 'referral', 'sales'] as const) {
              expect(cents(lines, name)).toBe(cents([total], name));
              expect(total[name]).toBe(told[0]?.total[name]);
            }
          }
        },
      ),
      { numRuns: 15 },
    );
  });

  test('are read by as many statements for one customer as for a page of them', async () => {
    const statements = async () => {
      const { ctx, statements: said } = recording(await house.context(), house.services.pool);
      const { lines } = await profitOf(ctx, {
        group: 'customer',
        from: '2026-01-01',
        to: '2026-06-30',
        offset: 0,
      });
      return { lines: lines.length, said: said.length };
    };
    await sql`truncate cost_entry, value_judgement, referral`.execute(house.services.db);
    await cost(await customer(), '5', '2026-02-01');
    const one = await statements();
    for (let more = 0; more < 120; more += 1)
      await sql`insert into cost_entry (customer_id, amount, amount_base, day, phase)
        select id, 1, 1, '2026-02-01', 'upkeep' from customer where deleted_at is null
        offset ${more % n} limit 1`.execute(house.services.db);
    const many = await statements();
    expect([one.lines, many.lines > 10, many.said]).toEqual([1, true, one.said]);
    expect(one.said).toBeLessThanOrEqual(8);
    const { ctx, statements: said } = recording(await house.context(), house.services.pool);
    await cardOf(ctx, await customer());
    expect(said.length).toBeLessThanOrEqual(14);
  });

  test('come page by page, each line once', async () => {
    await sql`truncate cost_entry`.execute(house.services.db);
    const spent = await Promise.all(
      Array.from({ length: 5 }, async (_, at) => {
        const id = await customer();
        await cost(id, String(at + 1), '2026-02-01');
        return id;
      }),
    );
    const ctx = await house.context();
    const query = { group: 'customer', from: '2026-01-01', to: '2026-06-30', sort: 'cost' } as const;
    const first = await profitOf(ctx, { ...query, offset: 0 }, { limit: 3 });
    const second = await profitOf(ctx, { ...query, offset: 3 }, { limit: 3 });
    expect([first.more, second.more]).toEqual([true, false]);
    expect([...first.lines, ...second.lines].map(({ key }) => key)).toEqual(spent);
    expect(second.total.cost).toBe('15.00');
  });
});

test('what customers cost is a number that grade rules weigh', async () => {
  const id = await customer();
  await cost(id, '500', today, { phase: 'initial' });
  await cost(id, '70', today, { phase: 'upkeep' });
  const { items } = (await admin.get('/grades/measures')).body;
  const named = new Map(items.map((item: { name: string }) => [item.name, item]));
  expect([named.get('cost'), named.get('costToServe')]).toMatchObject([
    { label: '关系成本', unit: 'money', available: true },
    { label: '服务成本', unit: 'money', available: true },
  ]);
  const tried = await admin.post('/grades/try', {
    id: null,
    kind: 'conditions',
    definition: {
      grades: [
        {
          value: 'dear',
          label: { zh: '贵', en: 'Dear' },
          filter: {
            and: [
              { measure: { name: 'cost', op: 'eq', value: 570 } },
              { measure: { name: 'costToServe', op: 'eq', value: 70 } },
            ],
          },
        },
        { value: 'other', label: { zh: '其他', en: 'Other' } },
      ],
      terms: [],
    },
  });
  expect(tried.body.items).toContainEqual(expect.objectContaining({ id, to: 'dear' }));
  expect(tried.body.items.filter((item: { to: string }) => item.to === 'dear')).toHaveLength(1);
});

test('weights are the administrator’s', async () => {
  const weights = (await seller.get('/value/weights')).body;
  expect((await seller.put('/value/weights', weights)).status).toBe(403);
  expect((await admin.put('/value/weights', { ...weights, influence: 101 })).status).toBe(422);
  const id = await customer();
  await judge(id, '2026-01-01', { influence: 5, showcase: ['name'] });
  await admin.put('/value/weights', { ...weights, influence: 0, showcase: 0 });
  expect(lineOf(await ask(seller), id)?.demonstration ?? '0.00').toBe('0.00');
  await admin.put('/value/weights', weights);
});
