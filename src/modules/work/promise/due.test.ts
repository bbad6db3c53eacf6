import { describe, expect, test } from 'vitest';
import { DEFAULT_BUSINESS_DAYS } from '../../../platform/time/business-calendar.ts';
import { deadline, type Wish } from './due.ts';

const company = { timeZone: 'Asia/Shanghai', businessDays: DEFAULT_BUSINESS_DAYS };
/** Friday 27 November 2026, 16:00 in Shanghai. */
const NOW = '2026-11-27T08:00:00Z';
const of = (wish: Partial<Wish>) => deadline(company, NOW, { clock: 'clock', ...wish });
const local = (instant: string | null | undefined) =>
  instant && Temporal.Instant.from(instant).toZonedDateTimeISO('Asia/Shanghai').toPlainDateTime().toString();

describe('a promise is due', () => {
  test.each<[string, Partial<Wish>, string, string]>([
    ['by a day: with its end', { dueDate: '2026-12-01' }, '2026-12-02T00:00:00', '2026-12-01'],
    ['by a Saturday: on that Saturday', { dueDate: '2026-11-28' }, '2026-11-29T00:00:00', '2026-11-28'],
    [
      'by a day in working hours: with the last of them',
      { dueDate: '2026-12-01', clock: 'business' },
      '2026-12-01T18:00:00',
      '2026-12-01',
    ],
    [
      'by a Saturday in working hours: on Monday',
      { dueDate: '2026-11-28', clock: 'business' },
      '2026-11-30T18:00:00',
      '2026-11-30',
    ],
    ['at a time: then', { dueAt: '2026-11-28T14:30:00+08:00' }, '2026-11-28T14:30:00', '2026-11-28'],
    ['within 24 hours, whenever: on Saturday', { withinHours: 24 }, '2026-11-28T16:00:00', '2026-11-28'],
    [
      // Two hours are left on Friday; 7.5 make Monday; 7.5 Tuesday; seven remain on Wednesday.
      'within 24 working hours: on Wednesday',
      { withinHours: 24, clock: 'business' },
      '2026-12-02T17:30:00',
      '2026-12-02',
    ],
    [
      'within working hours over a holiday: after it',
      { dueDate: '2027-01-01', clock: 'business' },
      '2027-01-04T18:00:00',
      '2027-01-04',
    ],
  ])('%s', (_what, wish, at, day) => {
    const set = of(wish);
    expect([local(set?.dueAt), set?.dueDate]).toEqual([at, day]);
  });

  test('never without a day, a time, or hours', () => {
    expect(of({})).toBeNull();
    expect(of({ dueDate: null, dueAt: null, withinHours: null })).toBeNull();
  });
});

describe('its owner is reminded', () => {
  test.each<[string, Partial<Wish>, string | null]>([
    ['of a day as the working day before opens', { dueDate: '2026-12-01' }, '2026-11-30T09:00:00'],
    ['of a Monday on Friday — not when that has passed', { dueDate: '2026-11-30' }, null],
    ['of a time an hour ahead', { dueAt: '2026-11-28T06:30:00Z' }, '2026-11-28T13:30:00'],
    ['of an hour from now not at all', { withinHours: 1 }, null],
  ])('%s', (_what, wish, at) => {
    expect(local(of(wish)?.remindAt) ?? null).toBe(at);
  });
});

test('his manager hears of it as the next working day opens', () => {
  expect(local(of({ dueDate: '2026-11-27' })?.escalateAt)).toBe('2026-11-30T09:00:00');
  expect(local(of({ dueAt: '2026-11-28T06:30:00Z' })?.escalateAt)).toBe('2026-11-30T09:00:00');
});
