import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { DEFAULT_BUSINESS_DAYS, isWorkday } from './business-calendar.ts';
import { nextOccurrence, REPEATS, type Recurrence, SHIFTS } from './recurrence.ts';

const next = (given: Partial<Recurrence> & Pick<Recurrence, 'repeat' | 'from'>, after: string) =>
  nextOccurrence(DEFAULT_BUSINESS_DAYS, { until: null, shift: 'stay', ...given }, after);

/** The first occurrences after the one it begins with. */
function some(given: Partial<Recurrence> & Pick<Recurrence, 'repeat' | 'from'>, count: number): string[] {
  const days: string[] = [];
  for (let at: string | null = given.from; at && days.length < count; ) {
    at = next(given, at);
    if (at) days.push(at);
  }
  return days;
}

describe('the next occurrence', () => {
  test.each<[Recurrence['repeat'], string, string[]]>([
    ['daily', '2026-02-27', ['2026-02-28', '2026-03-01']],
    ['weekly', '2026-12-28', ['2027-01-04', '2027-01-11']],
    ['biweekly', '2026-11-02', ['2026-11-16', '2026-11-30']],
    ['monthly', '2026-01-15', ['2026-02-15', '2026-03-15']],
    // A month without the day has it on its last, and the day comes back.
    ['monthly', '2026-01-31', ['2026-02-28', '2026-03-31', '2026-04-30', '2026-05-31']],
    ['monthly', '2028-01-30', ['2028-02-29', '2028-03-30']],
    ['monthEnd', '2026-02-28', ['2026-03-31', '2026-04-30']],
    ['quarterly', '2025-11-30', ['2026-02-28', '2026-05-30']],
    ['yearly', '2024-02-29', ['2025-02-28', '2026-02-28', '2027-02-28', '2028-02-29']],
    // 1–3 October 2026 and the days around are a holiday.
    ['workdays', '2026-09-30', ['2026-10-08']],
  ])('%s from %s', (repeat, from, days) => {
    expect(some({ repeat, from }, days.length)).toEqual(days);
  });

  test.each<[Recurrence['shift'], string]>([
    ['stay', '2026-10-01'],
    ['before', '2026-09-30'],
    ['after', '2026-10-08'],
  ])('on a holiday it does %s', (shift, day) => {
    expect(next({ repeat: 'monthly', from: '2026-09-01', shift }, '2026-09-01')).toBe(day);
  });

  test('ends with its last day', () => {
    const given = { repeat: 'weekly', from: '2026-11-02', until: '2026-11-20' } as const;
    expect(some(given, 9)).toEqual(['2026-11-09', '2026-11-16']);
  });
});

const day = fc
  .integer({ min: 0, max: 5000 })
  .map((n) => Temporal.PlainDate.from('2020-01-01').add({ days: n }).toString());
const recurrence = fc.record({
  repeat: fc.constantFrom(...REPEATS),
  from: day,
  until: fc.constant(null),
  shift: fc.constantFrom(...SHIFTS),
});

describe('whatever the recurrence', () => {
  test('time goes on, and shifted days are working days', () => {
    fc.assert(
      fc.property(recurrence, fc.integer({ min: 0, max: 900 }), (given, days) => {
        const after = Temporal.PlainDate.from(given.from).add({ days }).toString();
        const found = nextOccurrence(DEFAULT_BUSINESS_DAYS, given, after) as string;
        expect(found > after).toBe(true);
        if (given.shift !== 'stay') expect(isWorkday(DEFAULT_BUSINESS_DAYS, found)).toBe(true);
      }),
      { numRuns: 60 },
    );
  });

  test('a month has one occurrence of a monthly one, on its day or its last', () => {
    fc.assert(
      fc.property(day, (from) => {
        const first = Temporal.PlainDate.from(from);
        const days = some({ repeat: 'monthly', from }, 14).map((each) => Temporal.PlainDate.from(each));
        for (const [at, each] of days.entries()) {
          const month = first.toPlainYearMonth().add({ months: at + 1 });
          expect(each.toPlainYearMonth().toString()).toBe(month.toString());
          expect(each.day).toBe(Math.min(first.day, month.daysInMonth));
        }
      }),
      { numRuns: 40 },
    );
  });

  test('nothing comes after its last day', () => {
    fc.assert(
      fc.property(recurrence, day, day, (given, until, after) => {
        const found = nextOccurrence(DEFAULT_BUSINESS_DAYS, { ...given, shift: 'stay', until }, after);
        expect(found === null || found <= until).toBe(true);
      }),
      { numRuns: 60 },
    );
  });
});
