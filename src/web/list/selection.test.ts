import { describe, expect, it } from 'vitest';
import { clickAll, clickRow, isSelected, NONE, type Selection, selectionCount } from './selection.ts';

const ids = ['a', 'b', 'c', 'd', 'e'];
const chosen = (selection: Selection) => [...selection.ids].sort().join('');

describe('selection', () => {
  it('takes and gives back one row', () => {
    const one = clickRow(NONE, ids, 1, false);
    expect(chosen(one)).toBe('b');
    expect(chosen(clickRow(one, ids, 1, false))).toBe('');
  });

  it.each([
    [1, 3, 'bcd'],
    [3, 1, 'bcd'],
    [0, 4, 'abcde'],
  ])('a range from %i to %i is %s', (from, to, want) => {
    expect(chosen(clickRow(clickRow(NONE, ids, from, false), ids, to, true))).toBe(want);
  });

  it('a range can be given back', () => {
    const all = clickAll(NONE, ids);
    const first = clickRow(all, ids, 1, false);
    expect(chosen(clickRow(first, ids, 3, true))).toBe('ae');
  });

  it('the header selects the loaded rows, then none', () => {
    const all = clickAll(NONE, ids);
    expect(chosen(all)).toBe('abcde');
    expect(clickAll(all, ids)).toEqual(NONE);
    expect(chosen(clickAll(clickRow(NONE, ids, 0, false), ids))).toBe('abcde');
  });

  it('everything matching counts the total and includes rows not loaded', () => {
    const all: Selection = { ids: new Set(), all: true, anchor: null };
    expect(isSelected(all, 'zz')).toBe(true);
    expect(selectionCount(all, 1286)).toBe(1286);
    expect(chosen(clickRow(all, ids, 0, false))).toBe('bcde');
  });
});
