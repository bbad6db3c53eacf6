import { sql } from 'kysely';
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import { startTestApp, type TestApp } from '../testing/app.ts';
import { dayOf } from './day.ts';

test.each([
  ['Asia/Shanghai', '2026-12-31T16:30:00Z', '2027-01-01'],
  ['Asia/Shanghai', '2026-12-31T15:59:59.999999Z', '2026-12-31'],
  ['America/New_York', '2027-01-01T04:30:00Z', '2026-12-31'],
  ['UTC', '2026-12-31T23:59:59Z', '2026-12-31'],
])('in %s at %s it is %s', (timeZone, now, day) => {
  expect(dayOf({ timeZone, now })).toBe(day);
});

describe('at 00:30 in Beijing on 1 January', () => {
  let house: TestApp;
  beforeAll(async () => {
    house = await startTestApp();
  });
  afterEach(() => vi.restoreAllMocks());
  afterAll(() => house.stop());
  const newYear = () =>
    vi.spyOn(Temporal.Now, 'instant').mockReturnValue(Temporal.Instant.from('2026-12-31T16:30:00Z'));

  test('a customer’s number bears the new year, its money the new day', async () => {
    newYear();
    const annualRevenue = { amount: '120.00', currency: 'CNY' };
    const made = await house.administrator.create('customers', { name: '元旦', annualRevenue });
    expect(made.number).toMatch(/^KH-2027-\d{6}$/);
    const rates = async () =>
      (
        await sql<{ day: string }>`select annual_revenue_rate_date::text as day from customer
          where id = ${made.id}`.execute(house.services.db)
      ).rows[0]?.day;
    expect(await rates()).toBe('2027-01-01');
    await house.administrator.patch(`/customers/${made.id}`, {
      annualRevenue: { amount: '130.00', currency: 'CNY' },
    });
    expect(await rates()).toBe('2027-01-01');
  });

  test('files are named by the new day', async () => {
    newYear();
    const file = await house.administrator.post('/exports', { entity: 'customer', format: 'csv' });
    expect(file.body.fileName).toBe('客户-2027-01-01.csv');
    const audit = await house.administrator.get('/audit/export');
    expect(audit.headers['content-disposition']).toContain('audit-2027-01-01.csv');
  });

  test('whoever sits in another time zone writes the company’s day all the same', async () => {
    newYear();
    const actions = { read: 'self', create: 'self' } as const;
    const abroad = await house.person({ entities: { customer: { actions } } });
    await house.administrator.patch(`/users/${abroad.id}`, { timeZone: 'America/New_York' });
    expect((await abroad.create('customers', { name: '纽约' })).number).toMatch(/^KH-2027-/);
  });
});
