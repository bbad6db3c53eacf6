import { describe, expect, test } from 'vitest';
import type { WireRecord } from '../../../web/api/types.ts';
import { goodsOf } from './goods.ts';

const order = {
  id: 'o',
  lines: [
    { id: 'a', name: '型材', quantity: '3', delivered: '1', returned: null },
    { id: 'b', name: '切割', quantity: '2.5', delivered: '2.5', returned: '0.5' },
    { id: 'c', name: '运费', quantity: '1', delivered: null, returned: null },
  ],
} as unknown as WireRecord;

describe('of an order', () => {
  test('all that is left is about to go', () => {
    expect(goodsOf('deliver', order)).toEqual([
      { id: 'a', name: '型材', left: '2', quantity: '2' },
      { id: 'c', name: '运费', left: '1', quantity: '1' },
    ]);
  });
  test('what was delivered may come back, less what has', () => {
    expect(goodsOf('return', order)).toEqual([
      { id: 'a', name: '型材', left: '1', quantity: '' },
      { id: 'b', name: '切割', left: '2', quantity: '' },
    ]);
  });
});
