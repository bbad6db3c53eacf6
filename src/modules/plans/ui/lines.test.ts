import { describe, expect, test } from 'vitest';
import type { WireRecord } from '../../../web/api/types.ts';
import type { ReadLine } from '../paper/read.ts';
import { isReadable, linesOf, takenOver, wireOf, written, yearOf } from './lines.ts';

const twelve = (text: string) => Array.from({ length: 12 }, () => text);
const plan = {
  lines: [
    {
      id: 'a',
      area: '浙江',
      amounts: twelve('1'),
      quantities: twelve('0'),
      product: { id: 'p', title: '阀' },
    },
    { id: 'b', area: '四川', amounts: twelve('0').with(3, '5.5'), quantities: null },
  ],
} as unknown as WireRecord;
const evenly = { shares: twelve('0'), digits: 2 };
const first = () => linesOf(plan)[0] as ReturnType<typeof linesOf>[number];

describe('a line of a plan', () => {
  test('is written month by month, and adds up', () => {
    expect(yearOf(first(), 'amounts')).toBe('12');
    const line = written(first(), 'amounts', 2, '1万', evenly);
    expect(yearOf(line, 'amounts')).toBe('10011');
    expect(wireOf(line)).toMatchObject({ id: 'a', product: 'p', amounts: twelve('1').with(2, '10000') });
  });

  test('has its year divided while it is typed, as far as that can be read', () => {
    const typing = written(first(), 'amounts', null, '12.', evenly);
    expect([yearOf(typing, 'amounts'), isReadable(typing)]).toEqual(['12.', false]);
    const typed = written(typing, 'amounts', null, '100', evenly);
    expect([yearOf(typed, 'amounts'), isReadable(typed)]).toEqual(['100', true]);
    expect(typed.amounts.slice(2, 5)).toEqual(['8.34', '8.34', '8.33']);
    const season = { shares: twelve('0').with(0, '3').with(1, '1'), digits: 2 };
    expect(written(first(), 'amounts', null, '8', season).amounts.slice(0, 3)).toEqual(['6', '2', '']);
    expect(yearOf(written(typed, 'amounts', null, '', evenly), 'amounts')).toBe('');
  });

  test('from a table takes the place of the one for the same; others are added, or all replaced', () => {
    const read: ReadLine[] = [
      {
        product: null,
        category: null,
        channel: null,
        partner: null,
        remark: null,
        area: '四川',
        amounts: twelve('2'),
        quantities: twelve('0'),
      },
      {
        product: null,
        category: null,
        channel: 'agent',
        partner: null,
        remark: null,
        area: null,
        amounts: twelve('3'),
        quantities: twelve('0'),
      },
    ];
    const sums = (replace: boolean) =>
      takenOver(linesOf(plan), read, replace).map((line) => [line.id, yearOf(line, 'amounts')]);
    expect(sums(false)).toEqual([
      ['a', '12'],
      ['b', '24'],
      [undefined, '36'],
    ]);
    expect(sums(true)).toEqual([
      ['b', '24'],
      [undefined, '36'],
    ]);
  });
});
