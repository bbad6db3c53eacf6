import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestApp, type TestApp } from '../testing/app.ts';

let house: TestApp;
beforeAll(async () => {
  house = await startTestApp();
});
afterAll(() => house.stop());

test('the days of a year that are not what their weekday says', async () => {
  const { administrator: admin } = house;
  const before = (await admin.get('/calendar?year=2026')).body;
  expect(before).toMatchObject({ year: 2026, estimated: false });
  const day = (body: typeof before, date: string) =>
    body.days.find((each: { date: string }) => each.date === date);
  expect(day(before, '2026-10-01')).toMatchObject({ working: false, holiday: 'nationalDay', own: false });
  expect(day(before, '2026-10-10')).toMatchObject({ working: true, holiday: 'nationalDay' });
  expect(day(before, '2026-11-23')).toBeUndefined();
  expect((await admin.get('/calendar?year=2035')).body.estimated).toBe(true);
  expect((await admin.get('/calendar?year=99')).status).toBe(400);
});
