import { describe, expect, test } from 'vitest';
import type { WireRecord } from '../api/types.ts';
import { cardColumns, cardFacts } from './cards.ts';
import type { Column } from './columns.ts';

const column = (name: string, kind: string) =>
  ({ field: { name, kind }, width: 100, numeric: false }) as unknown as Column;
const names = (columns: readonly Column[]) => columns.map(({ field }) => field.name);
const visit = [
  column('objective', 'text'),
  column('customer', 'reference'),
  column('date', 'date'),
  column('startsAt', 'instant'),
  column('status', 'choice'),
  column('owner', 'reference'),
];

describe('a card of a list', () => {
  test('bears what is short beside the name', () => {
    const { mark, rest } = cardColumns(visit, 'objective');
    expect(mark?.field.name).toBe('status');
    expect(names(rest)).toEqual(['customer', 'date', 'startsAt', 'owner']);
  });

  test('bears its first fact where nothing is a choice, and never a number one calls', () => {
    const { mark, rest } = cardColumns(
      [column('name', 'text'), column('phone', 'phone'), column('customer', 'reference')],
      'name',
    );
    expect(mark?.field.name).toBe('customer');
    expect(rest).toEqual([]);
  });

  test.each([
    [
      'a day its moment says is not said twice',
      '2026-12-02',
      '2026-12-02T07:30:00Z',
      ['customer', 'startsAt', 'owner'],
    ],
    ['another day is said', '2026-12-05', '2026-12-02T07:30:00Z', ['customer', 'date', 'startsAt']],
    ['nor is a day left out without a moment', '2026-12-02', null, ['customer', 'date', 'owner']],
  ])('%s', (_name, date, startsAt, shown) => {
    const record = {
      id: '1',
      customer: { id: 'c' },
      date,
      startsAt,
      owner: { id: 'u' },
    } as unknown as WireRecord;
    expect(names(cardFacts(cardColumns(visit, 'objective').rest, record))).toEqual(shown);
  });
});
