import { describe, expect, test } from 'vitest';
import type { SheetRow } from '../book/sheet.shared.ts';
import { changesOf, type Edit, isWrong, pastedCells, pastedLines, pasteOver, plainAmount } from './draft.ts';

const row = (id: string, more: Partial<SheetRow> = {}): SheetRow => ({
  id,
  version: 1,
  product: { id: `p${id}`, title: id },
  code: null,
  specification: null,
  active: true,
  unit: 'piece',
  fromQuantity: '1',
  price: '10.00',
  minimumPrice: null,
  listPrice: null,
  ...more,
});
const rows = [row('a'), row('b', { minimumPrice: '8.00' }), row('c')];

test.each([
  ['¥1,280.00', '1280.00'],
  [' １２.５ ', '12.5'],
  ['1,234,567', '1234567'],
  ['1,5', '1,5'],
])('%j is typed as %j', (text, plain) => {
  expect(plainAmount(text)).toBe(plain);
});

test.each([
  ['price', '', true],
  ['price', '1.5', false],
  ['price', '一百', true],
  ['minimumPrice', '', false],
  ['minimumPrice', '-1', true],
  ['fromQuantity', '0.5', false],
] as const)('in %s %j is wrong: %s', (cell, text, wrong) => {
  expect(isWrong(cell, text)).toBe(wrong);
});

describe('what is sent', () => {
  test('only what is another than before; an emptied minimum is taken away', () => {
    const edits = new Map<string, Edit>([
      ['a', { price: '10.00' }],
      ['b', { price: '11', minimumPrice: '' }],
      ['c', { remove: true, price: '1' }],
    ]);
    expect(changesOf(rows, edits, [])).toEqual([
      { id: 'b', version: 1, price: '11', minimumPrice: null },
      { id: 'c', version: 1, remove: true },
    ]);
  });

  test('a new price without a minimum names none', () => {
    const fresh = {
      key: 'n',
      product: { id: 'pn', title: '新' },
      code: null,
      unit: 'box',
      units: ['piece', 'box'],
      listPrice: null,
      values: { fromQuantity: '1', price: '9', minimumPrice: '' },
    };
    expect(changesOf([], new Map(), [fresh])).toEqual([
      { product: 'pn', unit: 'box', fromQuantity: '1', price: '9' },
    ]);
  });
});

describe('pasting', () => {
  test('one value is typed as usual, several fill cells', () => {
    expect(pastedCells('12.5\n')).toBeNull();
    expect(pastedCells('12.5\r\n13\r\n')).toEqual([['12.5'], ['13']]);
    expect(pastedCells('12.5\t10')).toEqual([['12.5', '10']]);
  });

  test('goes right and down from a cell, and not over the edge', () => {
    const next = pasteOver(new Map([['b', { fromQuantity: '5' }]]), rows, 1, 'price', [
      ['¥1,100', '900', '1'],
      ['12'],
      ['13'],
    ]);
    expect([...next]).toEqual([
      ['b', { fromQuantity: '5', price: '1100', minimumPrice: '900' }],
      ['c', { price: '12' }],
    ]);
  });

  test('lines tell product, price, quantity and minimum; a head line is passed over', () => {
    expect(pastedLines('产品\t价格\nT1-100\t¥1,280.00\t10\t1200\n\n温控柜\t18600\nP-10\t面议')).toEqual([
      {
        find: 'T1-100',
        change: { find: 'T1-100', price: '1280.00', fromQuantity: '10', minimumPrice: '1200' },
        wrong: false,
      },
      { find: '温控柜', change: { find: '温控柜', price: '18600' }, wrong: false },
      { find: 'P-10', change: { find: 'P-10', price: '面议' }, wrong: true },
    ]);
  });
});
