import type { Link, WireRecord } from '../../../web/api/types.ts';

/** What is agreed at the head of a contract, in the order it is told. */
export const AGREED = [
  'name',
  'customer',
  'contact',
  'legalEntity',
  'performer',
  'theirNumber',
  'signedOn',
  'startsOn',
  'endsOn',
  'currency',
  'pricesIncludeTax',
  'deduction',
  'amount',
  'taxRate',
  'warrantyMonths',
  'terms',
  'remark',
] as const;

/** What of a line and of an instalment is agreed; their amounts follow, and sink with what comes back. */
export const PARTS = {
  lines: ['name', 'specification', 'unit', 'quantity', 'price', 'discount', 'taxRate'],
  instalments: ['name', 'percent', 'event', 'days', 'day'],
} as const;
export type Part = keyof typeof PARTS;

/** A row of a version and how it stands to the version before. */
export interface Told {
  row: WireRecord;
  kind: 'same' | 'added' | 'removed';
}

const isLink = (value: unknown): value is Link =>
  typeof value === 'object' && value !== null && 'id' in value;

/** Equal values have equal texts: a reference is its record, and 10.00 is 10. */
function plain(value: unknown): string {
  if (value === null || value === undefined) return '';
  if (isLink(value)) return value.id;
  const text = typeof value === 'object' ? JSON.stringify(value) : String(value);
  return /^-?\d+\.\d+$/.test(text) ? text.replace(/\.?0+$/, '') : text;
}

/** The fields at the head that were agreed otherwise before. */
export const changedFields = (before: WireRecord, after: WireRecord): string[] =>
  AGREED.filter((name) => plain(before[name]) !== plain(after[name]));

/** The rows of a version in their order; after them those of the version before that stand there no more. */
export function rowsOf(part: Part, before: WireRecord | undefined, after: WireRecord): Told[] {
  const words = (row: WireRecord) => JSON.stringify(PARTS[part].map((name) => plain(row[name])));
  const left = [...((before?.[part] ?? []) as WireRecord[])];
  const rows = ((after[part] ?? []) as WireRecord[]).map((row): Told => {
    const at = left.findIndex((each) => words(each) === words(row));
    if (at >= 0) left.splice(at, 1);
    return { row, kind: !before || at >= 0 ? 'same' : 'added' };
  });
  return [...rows, ...left.map((row): Told => ({ row, kind: 'removed' }))];
}
