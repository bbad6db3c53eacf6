import { describe, expect, it } from 'vitest';
import { readOptions } from './fieldOptions.ts';

const label = (zh: string, en = zh) => ({ zh, en });

describe('options of a choice, one a line', () => {
  it.each([
    ['A\nB', [{ label: label('A') }, { label: label('B') }]],
    [' A | a \n\n', [{ label: label('A', 'a') }]],
    ['A\uff5ca', [{ label: label('A', 'a') }]],
    ['', []],
  ])('%j', (text, options) => {
    expect(readOptions(text)).toEqual(options);
  });

  it('known ones keep their stored value and English name', () => {
    const known = [{ value: 'v1', label: label('A', 'a') }];
    expect(readOptions('A\nB', known)).toEqual([
      { value: 'v1', label: label('A', 'a') },
      { label: label('B') },
    ]);
  });
});
