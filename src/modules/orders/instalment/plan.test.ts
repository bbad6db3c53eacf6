import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Exact } from '../../../platform/money/money.shared.ts';
import { DEFAULT_BUSINESS_DAYS } from '../../../platform/time/business-calendar.ts';
import { amountsOf, dueDay, type EventDays, isWhole, type Terms, warrantyEnd } from './plan.ts';

const happened: EventDays = { signed: '2026-11-23', arrival: '2026-11-27', acceptance: null };
const terms = (each: Partial<Terms>): Terms => ({
  percent: '30',
  event: 'signed',
  days: 0,
  day: null,
  ...each,
});

describe('an instalment is due', () => {
  test.each<[string, Partial<Terms>, string | null]>([
    ['on the day of its event', {}, '2026-11-23'],
    ['so many calendar days later', { days: 7 }, '2026-11-30'],
    ['on the next working day where that is a Saturday', { event: 'arrival', days: 1 }, '2026-11-30'],
    ['after the holiday where it falls into one', { days: 39 }, '2027-01-04'],
    ['never as long as the event has not happened', { event: 'acceptance', days: 30 }, null],
    ['never without an event that anybody knows of', { event: 'warrantyEnd' }, null],
    ['on its day', { event: 'date', day: '2026-12-01' }, '2026-12-01'],
    ['so many days after its day', { event: 'date', day: '2026-12-01', days: 3 }, '2026-12-04'],
  ])('%s', (_what, each, due) => {
    expect(dueDay(DEFAULT_BUSINESS_DAYS, terms(each), happened)).toBe(due);
  });
});

test.each<[string | null, number | null, string | null]>([
  ['2026-01-31', 1, '2026-02-28'],
  ['2026-11-23', 12, '2027-11-23'],
  ['2026-11-23', 0, '2026-11-23'],
  [null, 12, null],
  ['2026-11-23', null, null],
])('a warranty from %s of %s months ends on %s', (accepted, months, end) => {
  expect(warrantyEnd(accepted, months)).toBe(end);
});

test.each<[string[], boolean]>([
  [[], true],
  [['100'], true],
  [['30', '60', '10'], true],
  [['33.33', '33.33', '33.34'], true],
  [['33.33', '33.33', '33.33'], false],
  [['60', '60'], false],
  [['0'], false],
])('%s of a hundred are the whole: %s', (percents, whole) => {
  expect(isWhole(percents)).toBe(whole);
});

test('instalments add up to the whole, whatever their shares', () => {
  const cut = fc.uniqueArray(fc.integer({ min: 1, max: 9999 }), { maxLength: 11 });
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 2_000_000_000 }), cut, (cents, cuts) => {
      const edges = [0, ...cuts.toSorted((a, b) => a - b), 10_000];
      const percents = edges
        .slice(1)
        .map((edge, at) => new Exact(edge - (edges[at] as number)).dividedBy(100).toFixed());
      expect(isWhole(percents)).toBe(true);
      const whole = { amount: new Exact(cents).dividedBy(100).toFixed(2), currency: 'CNY' };
      const parts = amountsOf(whole, percents);
      const sum = parts.reduce((all, { amount }) => all.plus(amount), new Exact(0));
      expect(sum.toFixed(2)).toBe(whole.amount);
      for (const [at, { amount }] of parts.entries()) {
        const exact = new Exact(whole.amount).times(percents[at] as string).dividedBy(100);
        expect(exact.minus(amount).abs().lt('0.01')).toBe(true);
      }
    }),
  );
});
