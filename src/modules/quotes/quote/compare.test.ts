import { describe, expect, test } from 'vitest';
import { type ComparedLine, compareLines } from './compare.shared.ts';

const line = (name: string, more: ComparedLine = {}) => ({ name, quantity: '1', price: '10', ...more });
const said = (before: ComparedLine[], after: ComparedLine[]) =>
  compareLines(before, after).map(({ kind, before: was, after: is, fields }) => [
    kind,
    (is ?? was)?.name,
    ...fields,
  ]);

describe('two versions', () => {
  test.each<[string, ComparedLine[], ComparedLine[], string[][]]>([
    ['nothing', [], [], []],
    ['the same', [line('a', { price: '10.00' })], [line('a')], [['same', 'a']]],
    [
      'another price',
      [line('a')],
      [line('a', { price: '9', discount: '5' })],
      [['changed', 'a', 'price', 'discount']],
    ],
    [
      'one more',
      [line('a')],
      [line('a'), line('b')],
      [
        ['same', 'a'],
        ['added', 'b'],
      ],
    ],
    [
      'one less, where it stood',
      [line('a'), line('b'), line('c')],
      [line('a'), line('c')],
      [
        ['same', 'a'],
        ['removed', 'b'],
        ['same', 'c'],
      ],
    ],
    [
      'in another order',
      [line('a'), line('b')],
      [line('b'), line('a')],
      [
        ['same', 'b'],
        ['same', 'a'],
      ],
    ],
    [
      'twice the same product',
      [line('a'), line('a', { quantity: '2' })],
      [line('a')],
      [
        ['same', 'a'],
        ['removed', 'a'],
      ],
    ],
    [
      'a product under another name',
      [line('a', { product: { id: '1' } })],
      [line('b', { product: { id: '1' } })],
      [['changed', 'b', 'name']],
    ],
  ])('%s', (_what, before, after, expected) => {
    expect(said(before, after)).toEqual(expected);
  });
});
