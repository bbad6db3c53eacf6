import { expect, test } from 'vitest';
import type { MetaField } from '../api/types.ts';
import { dayOf, setZone } from './format.ts';
import { dayChosen, hourChosen } from './hour.ts';

setZone('Asia/Shanghai');
const date = { name: 'date', kind: 'date' } as MetaField;
const hour = { name: 'startsAt', kind: 'instant', hourOf: 'date' } as MetaField;
const visit = { fields: [date, hour] };

test('an hour stands on the day chosen, in the zone of the reader', () => {
  expect(hourChosen(hour, { date: '2026-12-03' }, '09:30')).toEqual({ startsAt: '2026-12-03T01:30:00.000Z' });
  expect(hourChosen(hour, { date: '2026-12-03' }, null)).toEqual({ startsAt: null });
});

test('an hour without a day is today’s', () => {
  const { date: day, startsAt } = hourChosen(hour, { date: null }, '23:30');
  expect(day).toBe(dayOf(String(startsAt)));
});

test('another day takes the hour along, none takes it away', () => {
  const values = { date: '2026-12-03', startsAt: '2026-12-03T01:30:00Z' };
  expect(dayChosen(visit, date, values, '2026-12-09')).toEqual({
    date: '2026-12-09',
    startsAt: '2026-12-09T01:30:00.000Z',
  });
  expect(dayChosen(visit, date, values, null)).toEqual({ date: null, startsAt: null });
  expect(dayChosen(visit, date, { date: null }, '2026-12-09')).toEqual({ date: '2026-12-09' });
});
