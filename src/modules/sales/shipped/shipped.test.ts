import { readFileSync } from 'node:fs';
import { type RawBuilder, sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { ReportAnswer } from '../../../platform/analysis/query.shared.ts';
import { type Asked, runShipped } from '../../../platform/analysis/shipped.ts';
import { bring } from '../../../platform/imports/testing/files.ts';
import { startTestApp, type TestApp } from '../../../platform/testing/app.ts';

const folder = new URL('./testing/', import.meta.url);

/** The rows of a file as a spreadsheet would count them, without going through the house. */
const rowsOf = (name: string): Record<string, string>[] => {
  const [head = [], ...rows] = readFileSync(new URL(name, folder), 'utf8')
    .trim()
    .split(/\r?\n/)
    .map((line) => line.split(','));
  return rows.map((cells) => Object.fromEntries(head.map((name, at) => [name, cells[at] ?? ''])));
};

interface Deal {
  agent: string;
  manager: string;
  office: string;
  product: string;
  quarter: string;
  won: boolean;
  lost: boolean;
  value: number;
  days: number;
}

const day = (text: string) => {
  const [month, date, year] = text.split('/').map(Number) as [number, number, number];
  return Temporal.PlainDate.from({ year, month, day: date });
};

const team = new Map(rowsOf('sales_teams.csv').map((row) => [row.sales_agent, row]));
const deals: Deal[] = rowsOf('sales_pipeline.csv').map((row) => {
  const [begun, closed] = [row.engage_date, row.close_date].map((text) => (text ? day(text) : null));
  return {
    agent: row.sales_agent ?? '',
    manager: team.get(row.sales_agent)?.manager ?? '',
    office: team.get(row.sales_agent)?.regional_office ?? '',
    product: row.product === 'GTXPro' ? 'GTX Pro' : (row.product ?? ''),
    quarter: closed ? `${closed.year}年${Math.ceil(closed.month / 3)}季度` : '',
    won: row.deal_stage === 'Won',
    lost: row.deal_stage === 'Lost',
    value: Number(row.close_value || 0),
    days: begun && closed ? begun.until(closed).days : 0,
  };
});

let house: TestApp;
beforeAll(async () => {
  house = await startTestApp();
  const ctx = await house.context();
  const come = (entity: string, file: string, choices = {}) =>
    bring(ctx, house.services, entity, new URL(file, folder).pathname, choices);
  await come('product', 'products.csv');
  await come('user', 'sales_teams.csv');
  await come('customer', 'accounts.csv');
  const { counts } = await come('opportunity', 'sales_pipeline.csv', { dateOrder: 'mdy' });
  expect(counts).toMatchObject({ created: deals.length, failed: 0 });
}, 300_000);
afterAll(() => house.stop());

async function ask(name: string, asked: Asked = {}): Promise<ReportAnswer> {
  const report = house.services.shippedReports.find((each) => each.name === name);
  return runShipped(await house.context(), report!, asked);
}

const sum = (numbers: number[]) => numbers.reduce((all, number) => all + number, 0);
const won = deals.filter((deal) => deal.won);
const decided = deals.filter((deal) => deal.won || deal.lost);
const average = (numbers: number[]) => (numbers.length ? sum(numbers) / numbers.length : null);
const number = (text: string | null | undefined) => (text == null ? null : Number(text));

/** By which the report is told, and how the file says it. */
const BY: [string, number, (deal: Deal) => string][] = [
  ['salesperson', 0, ({ agent }) => agent],
  ['manager', 1, ({ manager }) => manager],
  ['office', 2, ({ office }) => office],
  ['product', 3, ({ product }) => product],
  ['quarter', 4, ({ quarter }) => quarter],
];

const close = (told: number | null, plain: number | null, digits = 2) =>
  plain === null ? expect(told).toBeNull() : expect(told).toBeCloseTo(plain, digits);

describe('the reports on another company’s pipeline say what its file says', () => {
  test('all in all', async () => {
    const { totals } = await ask('winRate');
    const [rate, wins, losses, value, cycle] = totals.all.map(number);
    expect([wins, losses, value]).toEqual([
      won.length,
      decided.length - won.length,
      sum(won.map((deal) => deal.value)),
    ]);
    close(rate ?? null, won.length / decided.length, 5);
    close(cycle ?? null, average(won.map(({ days }) => days)), 3);
  });

  test.each(BY)('win rate and cycle by %s', async (_name, by, keyOf) => {
    const { lines } = await ask('winRate', { by });
    const told = lines.filter(({ total }) => Number(total[1]) + Number(total[2]) > 0);
    expect(told.map(({ keys }) => keys[0]?.label).toSorted()).toEqual(
      [...new Set(decided.map(keyOf))].toSorted(),
    );
    for (const { keys, total } of told) {
      const own = decided.filter((deal) => keyOf(deal) === keys[0]?.label);
      const wins = own.filter((deal) => deal.won);
      expect([number(total[1]), number(total[2])]).toEqual([wins.length, own.length - wins.length]);
      close(number(total[0]), wins.length / own.length, 5);
      close(number(total[3]) ?? 0, sum(wins.map(({ value }) => value)));
      close(number(total[4]), average(wins.map(({ days }) => days)), 3);
    }
  });

  test.each(BY)('ranking by %s', async (_name, by, keyOf) => {
    const { lines } = await ask('ranking', { by });
    const plain = Map.groupBy(won, keyOf);
    const told = lines.filter(({ total }) => total[0] !== null);
    expect(new Map(told.map(({ keys, total }) => [keys[0]?.label, number(total[0])]))).toEqual(
      new Map([...plain].map(([key, own]) => [key, sum(own.map(({ value }) => value))])),
    );
    const order = told.map(({ total }) => Number(total[0]));
    if (by !== 4) expect(order).toEqual(order.toSorted((a, b) => b - a));
  });
});

test('the funnel counts how far business came, and how long it took', async () => {
  const { lines } = await ask('funnel');
  const reached = Object.fromEntries(lines.map(({ keys, total }) => [keys[0]?.label, number(total[0])]));
  const engaging = rowsOf('sales_pipeline.csv').filter(({ deal_stage }) => deal_stage === 'Engaging').length;
  expect(reached).toMatchObject({
    初步接触: deals.length,
    需求沟通: won.length + engaging,
    商务谈判: won.length,
    赢单: won.length,
  });
  expect(number(lines[0]?.total[2])).toBeCloseTo((won.length + engaging) / deals.length, 5);
  // Of what is decided the file tells the first day and the last.
  expect(number(lines[0]?.total[4])).toBeCloseTo(average(decided.map(({ days }) => days))!, 1);
});

test('what moved in a quarter adds up from its first day to its last', async () => {
  const quarters: { period: Asked['period']; closing: string | null }[] = [
    { period: { from: '2017-01-01', to: '2017-03-31' }, closing: null },
    { period: { from: '2017-04-01', to: '2017-06-30' }, closing: null },
    { period: { from: '2017-07-01', to: '2017-09-30' }, closing: null },
  ];
  let before: (string | null)[] | undefined;
  for (const { period } of quarters) {
    const { lines } = await ask('movements', { period });
    const line = (move: string) => lines.find(({ keys }) => keys[0]?.key === move)!.total;
    const span = period as { from: string; to: string };
    const rows = rowsOf('sales_pipeline.csv');
    const inside = (text: string | undefined) => {
      const date = text ? day(text).toString() : '';
      return date >= span.from && date <= span.to;
    };
    expect(number(line('new')[0])).toBe(rows.filter(({ engage_date }) => inside(engage_date)).length);
    expect(number(line('won')[0])).toBe(
      rows.filter(({ deal_stage, close_date }) => deal_stage === 'Won' && inside(close_date)).length,
    );
    expect(number(line('closing')[0])).toBe(
      Number(line('opening')[0]) + Number(line('new')[0]) - Number(line('won')[0]) - Number(line('lost')[0]),
    );
    if (before) expect(line('opening').slice(0, 2)).toEqual(before);
    before = line('closing').slice(0, 2);
  }
});

test('a change of amount, day or stage is told as what it is', async () => {
  const { administrator } = house;
  const stages = (await administrator.get('/stages?sort=position')).body.items;
  const today = Temporal.Now.plainDateISO().toString();
  const period = { from: today, to: today };
  const told = async () => {
    const { lines } = await ask('movements', { period });
    return Object.fromEntries(lines.map(({ keys, total }) => [keys[0]?.key, total.slice(0, 2).map(Number)]));
  };
  const before = await told();
  const customer = await administrator.create('customers', { name: '变化有限公司' });
  const made = await administrator.create('opportunities', {
    name: '一笔生意',
    customer: customer.id,
    amount: { amount: '100', currency: 'CNY' },
    closeDate: '2030-01-01',
  });
  await administrator.patch(`/opportunities/${made.id}`, { amount: { amount: '150', currency: 'CNY' } });
  const after = await told();
  expect(after.new).toEqual([before.new![0]! + 1, before.new![1]! + 150]);
  expect(after.closing).toEqual([before.closing![0]! + 1, before.closing![1]! + 150]);
  await administrator.patch(`/opportunities/${made.id}`, {
    stage: stages.find(({ outcome }: { outcome: string }) => outcome === 'won').id,
  });
  const end = await told();
  expect(end.won).toEqual([before.won![0]! + 1, before.won![1]! - 150]);
  expect(end.closing).toEqual(before.closing);
});

test('activity stands beside what came of it', async () => {
  const { administrator } = house;
  const filter = encodeURIComponent(JSON.stringify({ field: 'name', op: 'eq', value: '变化有限公司' }));
  const { items } = (await administrator.get(`/customers?filter=${filter}`)).body;
  await administrator.create('activities', {
    customer: items[0].id,
    kind: 'visit',
    content: '谈',
    occurredAt: Temporal.Now.instant().toString(),
  });
  const { lines, values } = await ask('activityAndResults');
  const mine = lines.find(({ keys }) => keys[0]?.key === administrator.id)!;
  expect(mine.total.slice(0, 2)).toEqual(['1', '1']);
  expect(mine.total.slice(3).map(Number)).toEqual([1, 150, 1]);
  expect(values.map(({ plural }) => plural)).toEqual([
    'activities',
    'activities',
    undefined,
    undefined,
    undefined,
    undefined,
  ]);
});

test('of a large house the first are told, each with all they did and reached, and the totals are of all', async () => {
  const { administrator, services } = house;
  const before = (await ask('activityAndResults')).totals.all.map(Number);
  const copies = (table: string, more: RawBuilder<unknown>) =>
    sql`insert into ${sql.table(table)} select (jsonb_populate_record(null::${sql.table(table)}, to_jsonb(t) || ${more})).*
      from (select * from ${sql.table(table)} where owner_id = ${administrator.id} limit 1) t cross join "user" u where u.name like '众人%'`.execute(
      services.db,
    );
  await sql`insert into "user" (name, name_key, status) select '众人' || n, 'zhongren', 'active' from generate_series(1, 205) n`.execute(
    services.db,
  );
  const { rows } = await sql<{ id: string }>`select id from "user" where name = '众人1'`.execute(services.db);
  const mine = sql`jsonb_build_object('id', uuidv7(), 'owner_id', u.id)`;
  await copies('activity', mine);
  await copies(
    'activity',
    sql`${mine} || case when u.name = '众人1' then '{"deleted_at": "2026-01-01T00:00:00Z"}' else '{}'::jsonb end`,
  );
  await sql`update opportunity set owner_id = ${rows[0]!.id} where status = 'won' and owner_id = ${administrator.id}`.execute(
    services.db,
  );

  const { lines, totals, found } = await ask('activityAndResults');
  expect(found).toBeGreaterThan(204);
  expect(lines.length).toBeLessThan(202);
  const best = lines.find(({ keys }) => keys[0]?.key === rows[0]!.id)!;
  expect([best.total[0], Number(best.total[3]) > 0]).toEqual(['1', true]);
  expect(Number(totals.all[0])).toBe(before[0]! + 409);
  // What a line leads to names its own person alone.
  expect(JSON.stringify(best.filters)).toContain(rows[0]!.id);
  expect(JSON.stringify(lines).length / lines.length).toBeLessThan(4000);
});
