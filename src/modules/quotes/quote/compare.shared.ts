/** What of a line is compared, in this order. */
export const COMPARED = [
  'name',
  'specification',
  'unit',
  'quantity',
  'price',
  'discount',
  'taxRate',
] as const;

export type ComparedLine = Record<string, unknown>;

export interface LineChange {
  kind: 'same' | 'added' | 'removed' | 'changed';
  before: ComparedLine | null;
  after: ComparedLine | null;
  /** The fields that differ. */
  fields: string[];
}

/**
 * The lines of two versions side by side: those of one product (or, without one, of one name) belong together in their order;
 * what is left stands where it stood.
 */
export function compareLines(before: readonly ComparedLine[], after: readonly ComparedLine[]): LineChange[] {
  const left = [...before];
  const rows = after.map((line): LineChange => {
    const at = left.findIndex((each) => keyOf(each) === keyOf(line));
    const [match] = at < 0 ? [] : left.splice(at, 1);
    if (!match) return { kind: 'added', before: null, after: line, fields: [] };
    const fields = COMPARED.filter((name) => plain(match[name]) !== plain(line[name]));
    return { kind: fields.length ? 'changed' : 'same', before: match, after: line, fields };
  });
  for (const line of left) {
    const at = Math.min(before.indexOf(line), rows.length);
    rows.splice(at, 0, { kind: 'removed', before: line, after: null, fields: [] });
  }
  return rows;
}

const keyOf = ({ product, name }: ComparedLine): string =>
  (product as { id: string } | null | undefined)?.id ?? `name:${String(name ?? '').trim()}`;

/** `10` and `10.00` are one number. */
function plain(value: unknown): string {
  const text = value === null || value === undefined ? '' : String(value);
  return /^-?\d+\.\d+$/.test(text) ? text.replace(/\.?0+$/, '') : text;
}
