import { describe, expect, test } from 'vitest';
import { type Book, before, holdsFor } from './books.ts';

const book = (id: string, more: Partial<Book> = {}): Book => ({
  id,
  name: id,
  taxIncluded: true,
  grades: [],
  segment: null,
  regions: [],
  channel: null,
  priority: 0,
  from: null,
  ...more,
});
const buyer = { province: '浙江省', city: '杭州市', district: '滨江区', grade: 'VIP', segments: ['keen'] };

describe('whom a book holds for', () => {
  test.each<[string, Partial<Book>, boolean, boolean]>([
    ['no condition', {}, true, true],
    ['his grade', { grades: ['regular', 'VIP'] }, true, false],
    ['another grade', { grades: ['regular'] }, false, false],
    ['his province, written short', { regions: ['浙江'] }, true, false],
    ['his city', { regions: ['上海市', '杭州市'] }, true, false],
    ['his district', { regions: ['滨江区'] }, true, false],
    ['another region', { regions: ['江苏'] }, false, false],
    ['his segment', { segment: 'keen' }, true, false],
    ['another segment', { segment: 'idle' }, false, false],
    ['all of several', { grades: ['VIP'], regions: ['浙江'], segment: 'keen' }, true, false],
    ['one of several', { grades: ['VIP'], regions: ['江苏'] }, false, false],
  ])('%s: the customer %s → %s, nobody in particular → %s', (_, conditions, him, anyone) => {
    expect(holdsFor(book('b', conditions), buyer)).toBe(him);
    expect(holdsFor(book('b', conditions), null)).toBe(anyone);
  });

  test('a customer without grade has none of the grades', () => {
    expect(holdsFor(book('b', { grades: ['VIP'] }), { ...buyer, grade: null })).toBe(false);
  });
});

describe('which book goes first', () => {
  test.each<[string, Book, Book]>([
    [
      'the higher priority',
      book('a', { priority: 2 }),
      book('b', { priority: 1, grades: ['VIP'], from: '2026-01-01' }),
    ],
    [
      'then more conditions',
      book('a', { grades: ['VIP'], regions: ['浙江'] }),
      book('b', { segment: 's', from: '2026-01-01' }),
    ],
    ['a channel is a condition', book('a', { channel: 'dealer' }), book('b', { from: '2026-01-01' })],
    ['then the later beginning', book('a', { from: '2026-07-01' }), book('b', { from: '2026-01-01' })],
    ['a beginning before none', book('a', { from: '2020-01-01' }), book('b')],
    ['then the one made later', book('b'), book('a')],
  ])('%s', (_, first, second) => {
    expect([second, first].sort(before)).toEqual([first, second]);
    expect([first, second].sort(before)).toEqual([first, second]);
  });
});
