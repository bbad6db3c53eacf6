import { formFields, type MetaView } from '../api/meta.tsx';
import type { MetaEntity, MetaField } from '../api/types.ts';
import { isEmpty } from '../fields/format.ts';

/** A row of a part as it is edited: what people may write of it, with its id once it is stored. */
export type Row = Record<string, unknown>;

export interface PartMeta {
  name: string;
  entity: MetaEntity;
}

/** The parts of a record type whose rows the caller may see. */
export const partsMeta = (meta: Pick<MetaView, 'entity'>, entity: MetaEntity): PartMeta[] =>
  (entity.parts ?? []).flatMap(({ name, entity: part }) => {
    const target = meta.entity(part);
    return target ? [{ name, entity: target }] : [];
  });

/** Follows from the record the rows belong to. */
const FOLLOWED = new Set(['owner', 'department']);

/** Whether rows hold lists: such a row is no line of cells, however wide the page is. */
export const holdsLists = (part: MetaEntity): boolean =>
  part.fields.some(({ kind }) => kind === 'multiChoice');

/** What people write of a row, in order. */
export const rowFields = (part: MetaEntity): MetaField[] =>
  formFields(part, true).filter(
    ({ name, to }) =>
      !FOLLOWED.has(name) && name !== part.scopeOf && (to === undefined || to !== part.partOf),
  );

const AS_READ = Symbol('as read');

/** A stored row as it is edited; how it was read goes along unseen and is not sent. */
export function rowOf(part: MetaEntity, stored: Row): Row {
  const values = rowFields(part).map(({ name }) => [name, stored[name] ?? null]);
  return Object.assign({ id: stored.id, ...Object.fromEntries(values) }, { [AS_READ]: stored });
}

/** How a row was read, also what nobody writes of it; a new one has nothing. */
export const asRead = (row: Row): Row => (row as { [AS_READ]?: Row })[AS_READ] ?? {};

/** What a new row starts with. */
export const newRow = (part: MetaEntity): Row =>
  Object.fromEntries(
    rowFields(part).flatMap(({ name, default: value }) => (value === undefined ? [] : [[name, value]])),
  );

/** Nothing was written into it besides what it started with. */
export function isBlank(part: MetaEntity, row: Row, started: Row = newRow(part)): boolean {
  return (
    row.id === undefined &&
    rowFields(part).every(({ name }) => isEmpty(row[name]) || row[name] === started[name])
  );
}

/**
 * Rows in another order. What belongs together moves as one, and lands before or after what belongs together where it goes; a row
 * that belongs to one above it moves with that alone.
 * @param together how many rows, beginning with one, belong together
 */
export function moved<T>(
  rows: readonly T[],
  from: number,
  to: number,
  together: (rows: readonly T[], at: number) => number = () => 1,
): T[] {
  const groups: T[][] = [];
  const places: number[] = [];
  for (let at = 0; at < rows.length; at += groups.at(-1)?.length ?? 1) {
    groups.push(rows.slice(at, at + together(rows, at)));
    places.push(at);
  }
  const own = places.indexOf(from);
  const holding = places.findLastIndex((at) => at <= to);
  // A step down from the head of several rows is over what follows them.
  const target = holding === own && to > from ? own + 1 : holding;
  const group = groups[own];
  if (!group || to >= rows.length || target < 0 || target >= groups.length) return [...rows];
  return groups.toSpliced(own, 1).toSpliced(target, 0, group).flat();
}

/** Cells of a copied range, as spreadsheets put them on the clipboard; quoted cells may hold line breaks. */
export function cellsOf(text: string): string[][] {
  const rows: string[][] = [[]];
  const pattern = /(?:"((?:[^"]|"")*)"|([^\t\n]*))(\t|\n|$)/gy;
  const plain = text.replaceAll('\r\n', '\n').replaceAll('\r', '\n').replace(/\n$/, '');
  for (const [, quoted, bare, end] of plain.matchAll(pattern)) {
    rows.at(-1)?.push((quoted?.replaceAll('""', '"') ?? bare ?? '').trim());
    if (end === '\n') rows.push([]);
    if (end === '') break;
  }
  return rows;
}

/** A number as people write and copy it, as a plain decimal: with marks and groups, full width, a unit behind it; the text itself where it is none. */
export function decimalOf(text: string): string {
  const half = text.normalize('NFKC').replace(/[\s,¥$€£]/g, '');
  const match = /^([-+]?)(\d*)(?:\.(\d*))?\p{L}{0,3}$/u.exec(half);
  if (!match || (!match[2] && !match[3])) return text.trim();
  const whole = (match[2] || '0').replace(/^0+(?=\d)/, '');
  return `${match[1] === '-' ? '-' : ''}${whole}${match[3] ? `.${match[3]}` : ''}`;
}

export const isDecimal = (value: unknown): value is string =>
  typeof value === 'string' && /^-?\d{1,15}(\.\d{1,6})?$/.test(value);

const folded = (label: string) => label.replace(/[\s（(].*$/u, '').toLowerCase();

/** Which column each copied cell is for: by the heads where the first row names columns, else from a column on. */
export function columnsOf(
  fields: readonly MetaField[],
  first: readonly string[],
  from: number,
): { columns: (MetaField | undefined)[]; heads: boolean } {
  const named = first.map((cell) =>
    fields.find(({ label }) => cell !== '' && folded(label) === folded(cell)),
  );
  const heads = named.filter(Boolean).length >= Math.max(1, Math.ceil(first.length / 2));
  return heads ? { columns: named, heads } : { columns: first.map((_, at) => fields[from + at]), heads };
}

/** Rows in a line: what each is, and how many of it. */
export const rowsText = ({ entity }: PartMeta, rows: unknown): string =>
  ((rows as Row[] | null | undefined) ?? [])
    .map((row) => [row[entity.title], row.quantity].filter(Boolean).join(' × '))
    .join('；');

/** Whether some lines of a document stand beneath others. */
export const hasBundles = ({ lines }: Row): boolean =>
  Array.isArray(lines) && lines.some((row: Row) => row.bundled === 'whole');
