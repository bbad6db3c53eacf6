import fc from 'fast-check';
import { type Lunar, Solar } from 'lunar-typescript';
import { describe, expect, test } from 'vitest';
import { nextDay } from './facts.ts';
import { FESTIVALS, type Festival, festivalIn, festivalsOn } from './festivals.shared.ts';

describe('festivals', () => {
  test.each<[Festival, number, string]>([
    ['springFestival', 2024, '2024-02-10'],
    ['springFestival', 2025, '2025-01-29'],
    ['springFestival', 2026, '2026-02-17'],
    ['lantern', 2026, '2026-03-03'],
    ['dragonBoat', 2025, '2025-05-31'],
    ['midAutumn', 2025, '2025-10-06'],
    ['midAutumn', 2026, '2026-09-25'],
    ['doubleNinth', 2026, '2026-10-18'],
    ['teachersDay', 2026, '2026-09-10'],
    ['newYear', 2027, '2027-01-01'],
  ])('%s %d is on %s', (festival, year, date) => {
    expect(festivalIn(festival, year)).toBe(date);
    expect(festivalsOn(date)).toContain(festival);
  });

  test('two may meet', () => expect(festivalsOn('2020-10-01').sort()).toEqual(['midAutumn', 'nationalDay']));
  test('most days are none', () => expect(festivalsOn('2026-06-01')).toEqual([]));

  test('on every day from 2000 to 2050 the lunar ones are those of lunar-typescript', () => {
    const NAMES: Record<string, Festival> = {
      春节: 'springFestival',
      元宵节: 'lantern',
      端午节: 'dragonBoat',
      中秋节: 'midAutumn',
      重阳节: 'doubleNinth',
    };
    const lunar = new Set<Festival>(Object.values(NAMES));
    for (let day = Temporal.PlainDate.from('2000-01-01'); day.year <= 2050; day = day.add({ days: 1 })) {
      const told = Solar.fromYmd(day.year, day.month, day.day)
        .getLunar()
        .getFestivals()
        .flatMap((name) => NAMES[name] ?? []);
      const ours = festivalsOn(day.toString()).filter((festival) => lunar.has(festival));
      if (told.join() !== ours.join()) expect([day.toString(), ours]).toEqual([day.toString(), told]);
    }
    expect(FESTIVALS.length).toBeGreaterThan(lunar.size);
  });
});

describe('the next day', () => {
  test.each<[string, string, boolean, string | null]>([
    ['1990-11-22', '2026-11-22', false, '2026-11-22'],
    ['1990-11-21', '2026-11-22', false, '2027-11-21'],
    ['--02-29', '2027-01-01', false, '2027-02-28'],
    ['lunar:1990-08-15', '2026-01-01', false, '2026-09-25'],
    ['lunar:--12-30', '2026-01-01', false, '2026-02-16'],
    ['2027-06-07', '2026-11-22', true, '2027-06-07'],
    ['2026-06-07', '2026-11-22', true, null],
    ['--06-07', '2026-11-22', true, '2027-06-07'],
    ['no day', '2026-11-22', false, null],
  ])('of %s from %s (once: %s) is %s', (text, today, once, next) => {
    expect(nextDay(text, today, once)).toBe(next);
  });

  test('of a lunar day lies within thirteen lunar months, on that day of the library’s calendar', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 12 }),
        fc.integer({ min: 1, max: 29 }),
        fc.integer({ min: 0, max: 18_000 }),
        (month, day, days) => {
          const two = (value: number) => String(value).padStart(2, '0');
          const today = Temporal.PlainDate.from('2000-02-05').add({ days });
          const next = nextDay(`lunar:--${two(month)}-${two(day)}`, today.toString()) as string;
          const date = Temporal.PlainDate.from(next);
          expect(today.until(date).days).toBeGreaterThanOrEqual(0);
          expect(today.until(date).days).toBeLessThan(385);
          const lunar: Lunar = Solar.fromYmd(date.year, date.month, date.day).getLunar();
          expect([lunar.getMonth(), lunar.getDay()]).toEqual([month, day]);
        },
      ),
      { numRuns: 500 },
    );
  });
});
