import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type Birthday, birthdayText, isBirthday, nextBirthday } from '../time/birthday.shared.ts';
import { daysWithin, windowsOf } from './round.ts';

test.each([
  ['a solar day in a year to come', '1990-03-05', '2028-03-01', '2028-03-31', ['2028-03-05']],
  ['and in one that has gone', '--03-05', '2024-03-01', '2024-03-31', ['2024-03-05']],
  ['29 February on the 28th', '2000-02-29', '2027-02-01', '2027-03-01', ['2027-02-28']],
  ['a lunar day, which moves', 'lunar:--08-15', '2027-09-01', '2027-09-30', ['2027-09-15']],
  ['a lunar day at the end of its year', 'lunar:--12-29', '2027-01-01', '2027-02-28', ['2027-02-05']],
  [
    'twice in a view over the turn of the year',
    '--01-02',
    '2026-12-20',
    '2028-01-10',
    ['2027-01-02', '2028-01-02'],
  ],
  ['not before it was', '2026-06-01', '2025-05-01', '2025-07-01', []],
  ['nothing that cannot be read', 'soon', '2026-01-01', '2026-12-31', []],
])('%s', (_name, text, from, to, days) => {
  expect(daysWithin(text, { from, to })).toEqual(days);
});

const days = fc
  .record({
    calendar: fc.constantFrom<Birthday['calendar']>('solar', 'lunar'),
    year: fc.constant(null),
    month: fc.integer({ min: 1, max: 12 }),
    leap: fc.boolean(),
    day: fc.integer({ min: 1, max: 31 }),
  })
  .filter(isBirthday);
const dates = fc
  .integer({ min: 0, max: 365 * 40 })
  .map((after) => Temporal.PlainDate.from('2005-01-01').add({ days: after }));

test('whatever is kept within a view has its next day in one of the windows asked for', () => {
  fc.assert(
    fc.property(days, dates, dates, fc.integer({ min: 0, max: 45 }), (day, start, now, length) => {
      const view = { from: start.toString(), to: start.add({ days: length }).toString() };
      if (daysWithin(birthdayText(day), view).length === 0) return;
      const next = nextBirthday(day, now.toString()).date;
      const windows = windowsOf(view, now.toString(), day.calendar);
      expect(windows.some(({ from, to }) => next >= from && next <= to)).toBe(true);
    }),
    { numRuns: 2000 },
  );
});

test('what moves little is not looked for far away', () => {
  const view = { from: '2028-05-01', to: '2028-05-31' };
  expect(windowsOf(view, '2026-11-23', 'solar')).toEqual([{ from: '2027-04-30', to: '2027-06-01' }]);
  expect(windowsOf(view, '2026-11-23', 'lunar')).toEqual([{ from: '2027-02-28', to: '2027-08-01' }]);
});
