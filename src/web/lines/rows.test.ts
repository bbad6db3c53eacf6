import { describe, expect, it } from 'vitest';
import type { MetaEntity, MetaField } from '../api/types.ts';
import { asRead, cellsOf, columnsOf, decimalOf, isBlank, moved, newRow, rowFields, rowOf } from './rows.ts';

const field = (name: string, more: Partial<MetaField> = {}): MetaField => ({
  name,
  kind: 'text',
  label: name,
  access: 'write',
  ...more,
});
const part = {
  name: 'quoteLine',
  partOf: 'quote',
  scopeOf: 'customer',
  fields: [
    field('quote', { kind: 'reference', to: 'quote' }),
    field('customer', { kind: 'reference', to: 'customer' }),
    field('product', { kind: 'reference', to: 'product', label: '产品' }),
    field('name', { label: '品名' }),
    field('quantity', { kind: 'decimal', default: '1', label: '数量' }),
    field('discount', { kind: 'decimal', label: '折扣（减 %）' }),
    field('gross', { access: 'read' }),
    field('owner', { kind: 'reference', to: 'user' }),
  ],
} as unknown as MetaEntity;

describe('rows', () => {
  it('hold what people write of them, and their id', () => {
    expect(rowFields(part).map(({ name }) => name)).toEqual(['product', 'name', 'quantity', 'discount']);
    const row = rowOf(part, { id: '1', name: 'a', gross: 'x', version: 2 });
    expect(asRead({ ...row, name: 'b' })).toMatchObject({ name: 'a', gross: 'x' });
    // How it was read is not sent.
    expect(JSON.parse(JSON.stringify(row))).toEqual({
      id: '1',
      product: null,
      name: 'a',
      quantity: null,
      discount: null,
    });
  });

  it('are blank until something is written into them', () => {
    expect(isBlank(part, newRow(part))).toBe(true);
    expect(isBlank(part, { ...newRow(part), name: 'a' })).toBe(false);
    expect(isBlank(part, { ...newRow(part), quantity: '2' })).toBe(false);
    expect(isBlank(part, { id: '1' })).toBe(false);
  });

  it.each([
    [0, 2, ['b', 'c', 'a']],
    [2, 0, ['c', 'a', 'b']],
    [1, 1, ['a', 'b', 'c']],
    [7, 0, ['a', 'b', 'c']],
  ])('row %i goes to %i', (from, to, expected) => {
    expect(moved(['a', 'b', 'c'], from, to)).toEqual(expected);
  });

  it.each([
    ['over those of another', 0, 1, 'Bb12Aa12'],
    ['down past another', 0, 4, 'Bb12Aa12'],
    ['up before the head of another', 3, 1, 'Bb12Aa12'],
    ['over what stands alone', 6, 3, 'Aa12CBb12'],
    ['nowhere by a row beneath', 1, 4, 'Aa12Bb12C'],
    ['nowhere beyond the last', 6, 7, 'Aa12Bb12C'],
  ] as const)('rows that belong together go %s', (_, from, to, expected) => {
    // A capital and what follows it up to the next belong together.
    const rows = ['A', 'a1', 'a2', 'B', 'b1', 'b2', 'C'];
    const told = {
      Aa12Bb12C: rows,
      Bb12Aa12: ['B', 'b1', 'b2', 'A', 'a1', 'a2', 'C'],
      Aa12CBb12: ['A', 'a1', 'a2', 'C', 'B', 'b1', 'b2'],
    };
    const together = (all: readonly string[], at: number) => (/[AB]/.test(all[at] ?? '') ? 3 : 1);
    expect(moved(rows, from, to, together)).toEqual(told[expected]);
  });
});

describe('what is pasted', () => {
  it.each([
    [
      'a\tb\r\nc\td\r\n',
      [
        ['a', 'b'],
        ['c', 'd'],
      ],
    ],
    ['a', [['a']]],
    ['a\t\tb', [['a', '', 'b']]],
    [
      '"x\ny"\t"say ""hi"""\nz\t1',
      [
        ['x\ny', 'say "hi"'],
        ['z', '1'],
      ],
    ],
  ])('%j is cells', (text, cells) => {
    expect(cellsOf(text)).toEqual(cells);
  });

  it.each([
    ['￥1,200.50', '1200.50'],
    ['１２', '12'],
    ['5 台', '5'],
    ['.5', '0.5'],
    ['007', '7'],
    ['12.', '12'],
    ['-3', '-3'],
    ['面议', '面议'],
    ['', ''],
  ])('%s is the number %s', (text, number) => {
    expect(decimalOf(text)).toBe(number);
  });

  it('finds its columns by their heads, or begins where it is pasted', () => {
    const names = (first: string[], from: number) => {
      const { columns, heads } = columnsOf(rowFields(part), first, from);
      return [heads, columns.map((each) => each?.name)];
    };
    expect(names(['数量', '品名', '折扣'], 0)).toEqual([true, ['quantity', 'name', 'discount']]);
    expect(names(['离心泵', '2'], 1)).toEqual([false, ['name', 'quantity']]);
    expect(names(['1', '2', '3'], 2)).toEqual([false, ['quantity', 'discount', undefined]]);
  });
});
