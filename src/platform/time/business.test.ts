import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { addWorkdays, DEFAULT_BUSINESS_DAYS, isWorkday, workdaysBetween } from './business-calendar.ts';
import { businessMinutes, dueAt } from './business-clock.ts';
import { LAST_ANNOUNCED, nationalDay, statutoryDays } from './holidays.ts';

const plain = DEFAULT_BUSINESS_DAYS;
const ZONE = 'Asia/Shanghai';

describe('the national calendar', () => {
  // 国务院办公厅关于2025年、2026年部分节假日安排的通知
  test.each<[string, boolean, string | null]>([
    ['2025-01-26', true, 'springFestival'],
    ['2025-01-28', false, 'springFestival'],
    ['2025-02-08', true, 'springFestival'],
    ['2025-05-05', false, 'labourDay'],
    ['2025-10-08', false, 'nationalDay'],
    ['2025-10-11', true, 'nationalDay'],
    ['2026-01-01', false, 'newYear'],
    ['2026-01-04', true, 'newYear'],
    ['2026-02-14', true, 'springFestival'],
    ['2026-02-23', false, 'springFestival'],
    ['2026-11-22', false, null],
    ['2026-11-23', true, null],
  ])('%s', (date, working, holiday) => {
    expect(nationalDay(date)).toEqual({ working, holiday, estimated: false });
  });

  test('a year not announced knows the days of the law only, and says so', () => {
    const year = Math.max(2027, LAST_ANNOUNCED + 1);
    for (const day of [`${year}-01-01`, `${year}-05-01`, `${year}-10-03`])
      expect(nationalDay(day)).toMatchObject({ working: false, estimated: true });
  });

  test.each<[number, string[]]>([
    // 除夕至初三, 清明, 端午, 中秋
    [2025, ['2025-01-28', '2025-01-31', '2025-04-04', '2025-05-31', '2025-10-06']],
    [2026, ['2026-02-16', '2026-02-19', '2026-04-05', '2026-06-19', '2026-09-25']],
    [2027, ['2027-02-05', '2027-02-08', '2027-04-05', '2027-06-09', '2027-09-15']],
  ])('the days of the law in %i', (year, days) => {
    const law = statutoryDays(year);
    // 中秋 and 国庆 may share a day.
    expect(law.size).toBeGreaterThanOrEqual(12);
    for (const day of days) expect([...law.keys()]).toContain(day);
  });

  test.each<[string, boolean]>([
    ['0012-01-02', true],
    ['1989-10-01', false],
    ['2150-10-01', true],
    ['9999-12-31', true],
  ])('far off, %s has its weekday only', (date, working) => {
    expect(nationalDay(date)).toEqual({ working, holiday: null, estimated: true });
  });

  test('every day of the law in announced years is free', () => {
    for (let year = 2025; year <= LAST_ANNOUNCED; year++)
      for (const day of statutoryDays(year).keys())
        expect([day, nationalDay(day).working]).toEqual([day, false]);
  });
});

describe('working days', () => {
  test.each<[string, number, string]>([
    ['2026-09-30', 1, '2026-10-08'],
    ['2026-10-09', 1, '2026-10-10'],
    ['2026-10-10', 1, '2026-10-12'],
    ['2026-11-21', 0, '2026-11-23'],
    ['2026-11-23', 0, '2026-11-23'],
    ['2026-11-23', -1, '2026-11-20'],
    ['9999-12-31', 2, '9999-12-31'],
    ['0001-01-02', -5, '0001-01-01'],
  ])('%s + %i', (from, count, to) => {
    expect(addWorkdays(plain, from, count)).toBe(to);
  });

  test('a company’s own days come first', () => {
    const own = { ...plain, days: { '2026-11-21': 'work', '2026-11-23': 'rest' } as const };
    expect(addWorkdays(own, '2026-11-20', 2)).toBe('2026-11-24');
  });

  test('a company that never works is told', () => {
    const days = new Proxy({}, { get: () => 'rest' }) as Record<string, 'rest'>;
    expect(() => addWorkdays({ ...plain, days }, '2026-11-20', 1)).toThrow(RangeError);
  });

  const day = fc
    .integer({ min: 0, max: 9000 })
    .map((offset) => Temporal.PlainDate.from('2010-01-01').add({ days: offset }).toString());

  test('adding and counting agree', () => {
    fc.assert(
      fc.property(day, fc.integer({ min: 1, max: 60 }), (from, count) => {
        const to = addWorkdays(plain, from, count);
        expect(isWorkday(plain, to)).toBe(true);
        expect(workdaysBetween(plain, from, to)).toBe(count);
        expect(workdaysBetween(plain, to, from)).toBe(-count);
      }),
      { numRuns: 200 },
    );
  });
});

describe('the business clock', () => {
  test.each<[string, string, number, string]>([
    ['within a morning', '2026-11-23T09:00', 60, '2026-11-23T10:00'],
    ['over lunch', '2026-11-23T11:30', 60, '2026-11-23T14:00'],
    ['over night', '2026-11-23T17:30', 60, '2026-11-24T09:30'],
    ['over a weekend', '2026-11-20T17:30', 60, '2026-11-23T09:30'],
    ['over the national holiday', '2026-09-30T17:00', 120, '2026-10-08T10:00'],
    ['on a moved workday', '2026-10-10T09:00', 30, '2026-10-10T09:30'],
    ['from before work', '2026-11-23T03:00', 30, '2026-11-23T09:30'],
    ['to the very end of a day', '2026-11-23T17:00', 60, '2026-11-23T18:00'],
  ])('%s', (_name, from, minutes, to) => {
    const at = (local: string) => Temporal.PlainDateTime.from(local).toZonedDateTime(ZONE).toInstant();
    const due = dueAt(plain, ZONE, at(from).toString(), minutes);
    expect(Temporal.Instant.from(due ?? '').equals(at(to))).toBe(true);
  });

  test('a pause stops it, one without end for good', () => {
    const from = '2026-11-23T01:00:00Z';
    const pause = { from: '2026-11-23T02:00:00Z', to: '2026-11-23T03:00:00Z' };
    expect(dueAt(plain, ZONE, from, 120, [pause])).toBe('2026-11-23T04:00:00.000000Z');
    expect(dueAt(plain, ZONE, from, 120, [{ ...pause, to: null }])).toBeNull();
  });

  const instant = fc
    .integer({ min: 0, max: 4 * 365 * 24 * 60 })
    .map((minute) => Temporal.Instant.from('2023-01-01T00:00:00Z').add({ minutes: minute }).toString());

  test('what is due has taken just so long', () => {
    fc.assert(
      fc.property(
        instant,
        fc.integer({ min: 1, max: 5000 }),
        instant,
        fc.integer({ min: 1, max: 20_000 }),
        (from, minutes, start, length) => {
          const pause = { from: start, to: Temporal.Instant.from(start).add({ minutes: length }).toString() };
          const due = dueAt(plain, ZONE, from, minutes, [pause]);
          expect(businessMinutes(plain, ZONE, from, due ?? '', [pause])).toBeCloseTo(minutes, 6);
        },
      ),
      { numRuns: 100 },
    );
  });
});
