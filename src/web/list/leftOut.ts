import type { Filter, MetaEntity, WireRecord } from '../api/types.ts';
import { filterOf } from './filterModel.ts';

/** What a list shows as long as nobody asks for more: all but what its record type leaves out. Null where that is nothing. */
export function usualFilter({ list: { leavesOut } }: MetaEntity): Filter | null {
  return leavesOut
    ? filterOf([{ field: leavesOut.field, op: 'nin', value: [...leavesOut.values] } as Filter])
    : null;
}

/** Of a record that lists usually leave out: why, in a word. */
export function leftOut({ list: { leavesOut }, fields }: MetaEntity, record: WireRecord): string | null {
  const value = leavesOut && record[leavesOut.field];
  if (!leavesOut?.values.includes(String(value))) return null;
  const field = fields.find(({ name }) => name === leavesOut.field);
  return field?.options?.find((option) => option.value === value)?.label ?? null;
}
