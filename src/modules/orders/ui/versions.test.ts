import { describe, expect, test } from 'vitest';
import type { WireRecord } from '../../../web/api/types.ts';
import { changedFields, rowsOf } from './versions.ts';

const version = (more: object): WireRecord => ({ id: 'c', version: 1, title: '合同', ...more }) as WireRecord;
const kinds = (part: 'lines' | 'instalments', before: object | undefined, after: object) =>
  rowsOf(part, before && version(before), version(after)).map(({ row, kind }) => `${row.name} ${kind}`);

describe('two versions of a contract', () => {
  test('differ in what is agreed at their head, however it is written', () => {
    const before = {
      terms: null,
      deduction: '10.00',
      customer: { id: 'a', title: '甲' },
      total: 1,
      endsOn: '2026-12-10',
    };
    const after = {
      terms: '免费更换',
      deduction: '10',
      customer: { id: 'a', title: '甲公司' },
      total: 2,
      endsOn: '2027-12-10',
    };
    expect(changedFields(version(before), version(after))).toEqual(['endsOn', 'terms']);
  });

  const pump = { id: '1', name: '泵', quantity: '5', price: '11000.00', gross: '55000.00' };
  const box = { id: '2', name: '柜', quantity: '1', price: '8000' };

  test.each([
    ['of the first nothing is new', undefined, [pump, box], ['泵 same', '柜 same']],
    [
      'what stands as before is the same, with another id and amount',
      [pump],
      [{ ...pump, id: '9', price: '11000', gross: '1' }],
      ['泵 same'],
    ],
    [
      'a changed line stands twice: as it is and as it was',
      [pump, box],
      [{ ...pump, quantity: '4' }, box],
      ['泵 added', '柜 same', '泵 removed'],
    ],
    ['one of two equal lines went', [box, box], [box], ['柜 same', '柜 removed']],
    ['what came', [pump], [pump, box], ['泵 same', '柜 added']],
  ])('%s', (_case, before, after, told) => {
    expect(kinds('lines', before && { lines: before }, { lines: after })).toEqual(told);
  });

  test('an instalment is the same while only its amount sank with what came back', () => {
    const part = { id: '1', name: '验收款', percent: '20', event: 'acceptance', days: 0, amount: '100' };
    const before = { instalments: [part] };
    expect(kinds('instalments', before, { instalments: [{ ...part, amount: '80' }] })).toEqual([
      '验收款 same',
    ]);
    expect(kinds('instalments', before, { instalments: [{ ...part, days: 60 }] })).toEqual([
      '验收款 added',
      '验收款 removed',
    ]);
  });
});
