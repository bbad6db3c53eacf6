import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { runShipped } from '../../../platform/analysis/shipped.ts';
import { startTestApp, type TestApp } from '../../../platform/testing/app.ts';
import { fitBefore } from '../model/fit.ts';
import { learnForecast } from '../model/learn.ts';
import { fitInUse, lastPeriod } from '../model/store.ts';
import { backtest } from './backtest.ts';
import { scoreOf } from './score.shared.ts';

let house: TestApp;
const NOW = '2026-01-10T04:00:00Z';

/** Two years in which every day two pieces of business begin; after 30 days one is won at 1,000, one lost. */
async function twoYears() {
  await sql`with s as (select id, pipeline_id, outcome from stage where deleted_at is null), d as (
      select day::date as day, n from generate_series('2024-01-01'::date, '2026-01-09'::date, interval '1 day') day, generate_series(1, 2) n
    ), made as (
      select day, n, case when day + 30 > '2026-01-09'::date then 'open' when n = 1 then 'won' else 'lost' end as status from d
    )
    insert into opportunity (name, pipeline_id, stage_id, status, amount, amount_currency, amount_base, started_on, closed_on, close_date, owner_id)
    select 'd', s.pipeline_id, s.id, m.status, 1000, 'CNY', 1000, m.day, case when m.status <> 'open' then m.day + 30 end, m.day + 30, ${house.administrator.id}
    from made m join lateral (select * from s where s.outcome = m.status limit 1) s on true`.execute(
    house.services.db,
  );
}

beforeAll(async () => {
  house = await startTestApp();
  await twoYears();
});
afterAll(() => house?.stop());
const context = async () => ({ ...(await house.context()), now: NOW });

describe('forecasts told again', () => {
  test('know nothing that came later', async () => {
    const ctx = await context();
    const before = await fitBefore(ctx, '2025-03-01');
    await sql`update opportunity set amount_base = amount_base * 50 where status = 'won' and closed_on >= '2025-03-01'`.execute(
      ctx.db,
    );
    expect(await fitBefore(ctx, '2025-03-01')).toEqual(before);
    await sql`update opportunity set amount_base = 1000`.execute(ctx.db);
  });

  test('of business as regular as a clock they come near, and what came lies inside', async () => {
    const ctx = await context();
    expect(await learnForecast(ctx)).toEqual({ learnt: 21 });
    const tested = await backtest(ctx, 'month', undefined);
    const told = tested.filter(({ model }) => model);
    expect(told.length).toBeGreaterThan(15);
    for (const { actual, model } of told.slice(3)) {
      expect(Math.abs((model?.mean ?? 0) / actual - 1)).toBeLessThan(0.12);
      expect(actual).toBeGreaterThan(model?.low ?? Infinity);
      expect(actual).toBeLessThan(model?.high ?? 0);
    }
    // The first months of a company have nothing to learn from: they are told without a forecast.
    expect(tested[0]?.model).toBeNull();
    expect((await fitInUse(ctx))?.fit.day).toBe('2026-01-10');
  });

  test('as a report they say the same', async () => {
    const ctx = await context();
    const report = house.services.shippedReports.find(({ name }) => name === 'forecastBacktest');
    const answer = await runShipped(ctx, report!, { by: 1 });
    expect(answer.lines.at(-1)?.keys[0]?.label).toBe('2025-Q4');
    expect(answer.lines.at(-1)?.total[0]).toBe('92000.00');
    expect(Number(answer.totals.all.at(-1))).toBeLessThan(0.15);
  });

  test('of what one may not see nothing is told', async () => {
    const permissions = {
      entities: {
        opportunity: { actions: { read: 'self' as const } },
        stage: { actions: { read: 'all' as const } },
      },
    };
    const stranger = await house.person(permissions);
    const ctx = { ...(await house.contextOf(stranger)), now: NOW };
    expect(await backtest(ctx, 'month', undefined)).toEqual([]);
    const blind = await house.person({
      entities: { opportunity: { actions: { read: 'all' as const }, fields: { amount: 'hidden' } } },
    });
    const there = { ...(await house.contextOf(blind)), now: NOW };
    await expect(backtest(there, 'month', undefined)).rejects.toThrow();
  });
});

test.each([
  ['2026-01-10', null, 'month', '2026-01'],
  ['2026-01-10', '2026-01-09', 'month', '2026-01'],
  ['2026-01-10', '2025-12-31', 'quarter', '2026-Q1'],
  ['2026-11-23', '2017-12-31', 'month', '2018-01'],
] as const)('on %s, the last sale on %s, forecasts are told again before %s %s', (today, won, unit, key) =>
  expect(lastPeriod(today, won, unit).key).toBe(key),
);

test('how far off is said of all, of each, and which way', () => {
  const score = scoreOf([
    { said: 120, came: 100 },
    { said: 270, came: 300 },
  ]);
  expect(score).toEqual({ periods: 2, wape: 50 / 400, mape: (0.2 + 0.1) / 2, bias: -10 / 400 });
  expect(scoreOf([])).toEqual({ periods: 0, wape: null, mape: null, bias: null });
});
