import { describe, expect, test } from 'vitest';
import type { MetaEntity, WireRecord } from '../api/types.ts';
import { leftOut, usualFilter } from './leftOut.ts';

const entity = (leavesOut?: object) =>
  ({
    list: { columns: [], sort: 'name', ...(leavesOut ? { leavesOut } : {}) },
    fields: [{ name: 'status', options: [{ value: 'gone', label: '已放弃' }] }],
  }) as unknown as MetaEntity;
const customers = entity({ field: 'status', values: ['gone'] });
const record = (status: unknown) => ({ id: '1', status }) as unknown as WireRecord;

describe('what a list leaves out', () => {
  test('is a condition like any other', () => {
    expect(usualFilter(customers)).toEqual({ and: [{ field: 'status', op: 'nin', value: ['gone'] }] });
    expect(usualFilter(entity())).toBeNull();
  });

  test.each([
    ['a record of it bears its name', customers, 'gone', '已放弃'],
    ['another does not', customers, 'active', null],
    ['nor one that says nothing', customers, null, null],
    ['nor one of a type that leaves nothing out', entity(), 'gone', null],
    ['a value without a name', entity({ field: 'status', values: ['old'] }), 'old', null],
  ])('%s', (_name, type, status, word) => {
    expect(leftOut(type, record(status))).toBe(word);
  });
});
