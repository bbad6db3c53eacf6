import { expect, test } from 'vitest';
import { queryClient } from './query.ts';
import { dropRecords, listKey, putRecord } from './records.ts';
import type { WireRecord } from './types.ts';

const record = (id: string, title: string) => ({ id, title, version: 1, can: {} }) as unknown as WireRecord;

test('a changed or deleted record reaches the lists that hold it, and nothing that stands beside them', () => {
  const [list, beside] = [listKey('samples', {}), ['short', 'samples', 'card', 'a']];
  queryClient.setQueryData(list, { pages: [{ items: [record('a', '旧'), record('b', '乙')] }] });
  queryClient.setQueryData(beside, { used: '12.00' });
  const titles = () =>
    queryClient
      .getQueryData<{ pages: { items: WireRecord[] }[] }>(list)
      ?.pages.flatMap(({ items }) => items.map(({ title }) => title));
  putRecord('samples', record('a', '新'));
  expect(titles()).toEqual(['新', '乙']);
  dropRecords('samples', new Set(['a']));
  expect(titles()).toEqual(['乙']);
  expect(queryClient.getQueryData(beside)).toEqual({ used: '12.00' });
});
