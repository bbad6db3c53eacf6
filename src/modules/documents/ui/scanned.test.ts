import { describe, expect, it } from 'vitest';
import type { Row } from '../../../web/lines/rows.ts';
import { oneMore, rowWith } from './scanned.ts';

const row = (product: string, more: Row = {}): Row => ({ product: { id: product }, unit: 'piece', ...more });
const scanned = (product: string, unit = 'piece') => ({ product: { id: product, title: '' }, unit });

describe('what was scanned', () => {
  it.each<[string, Row[], ReturnType<typeof scanned>, number]>([
    ['on the row that has it', [row('a'), row('b')], scanned('b'), 1],
    ['on none', [row('a'), { product: null }], scanned('b'), -1],
    ['not on a row in another unit', [row('a'), row('a', { unit: 'box' })], scanned('a', 'box'), 1],
    ['on a row whose unit is still asked', [row('a', { unit: null })], scanned('a', 'box'), 0],
    [
      'not on what is in a bundle',
      [row('k', { bundled: 'whole' }), row('a', { bundled: 'part' })],
      scanned('a'),
      -1,
    ],
  ])('counts %s', (_, rows, what, at) => {
    expect(rowWith(rows, what)).toBe(at);
  });

  it.each<[unknown, string]>([
    ['1', '2'],
    ['2.5', '3.5'],
    [null, '1'],
    ['面议', '1'],
  ])('%s and one more is %s', (quantity, sum) => {
    expect(oneMore({ quantity })).toBe(sum);
  });
});
