import { expect, test } from 'vitest';
import { isLate } from './when.ts';

const TODAY = '2026-11-23';
const NOW = Date.parse('2026-11-23T02:30:00Z');

test.each([
  ['a visit this morning that nobody began', { at: '2026-11-23T02:00:00Z', date: null, rank: 20 }, true],
  ['a visit this afternoon', { at: '2026-11-23T06:00:00Z', date: null, rank: 20 }, false],
  ['a task of yesterday', { at: null, date: '2026-11-22', rank: 80 }, true],
  ['a task of today', { at: null, date: TODAY, rank: 25 }, false],
  ['a promise whose hours ended today', { at: null, date: TODAY, rank: 10 }, true],
  ['something of tomorrow', { at: null, date: '2026-11-24', rank: 90 }, false],
  ['something without a day', { at: null, date: null, rank: 30 }, false],
])('%s', (_name, item, late) => expect(isLate(item, TODAY, NOW)).toBe(late));
