import { Decimal } from 'decimal.js';
import { problem } from '../errors/problem.ts';
import { periodAfter } from './groups.ts';
import type { GroupSpec, ReportQuery, ValueKind, ValueSpec } from './query.shared.ts';

/** A row as the database gives it: numbers of one set of keys, or of all of them. */
export interface RawRow {
  rowTotal: boolean;
  columnTotal: boolean;
  keys: (string | null)[];
  numbers: (string | null)[];
  unvalued: number;
  found: number;
}

export interface Shaped {
  columns: (string | null)[][];
  lines: { keys: (string | null)[]; cells: (string | null)[][]; total: (string | null)[] }[];
  totals: { columns: (string | null)[][]; all: (string | null)[] };
}

type Line = Shaped['lines'][number];

export interface Order {
  /** Compares keys of a group as people expect them. */
  compare(group: number, a: string | null, b: string | null): number;
}

const text = (keys: readonly (string | null)[]) => JSON.stringify(keys);
const MOST_FILLED = 400;

/** Numbers as a table: its rows in order, with what is derived of several of them. */
export function shape(
  query: ReportQuery,
  rows: readonly RawRow[],
  kinds: readonly ValueKind[],
  order: Order,
): Shaped {
  const { length: split } = query.rows;
  // Of what is not there, there are none; of it there is no average.
  const nothing = (): (string | null)[] => query.values.map((value) => (isCount(value) ? '0' : null));
  const columns = columnsOf(query, rows, order);
  const places = new Map(columns.map((keys, at) => [text(keys), at]));
  const lines = new Map<string, Line>();
  const empty = (keys: (string | null)[]): Line => ({ keys, cells: columns.map(nothing), total: nothing() });
  const lineOf = (keys: (string | null)[]): Line => {
    const line = lines.get(text(keys)) ?? empty(keys);
    lines.set(text(keys), line);
    return line;
  };
  const totals = { columns: columns.map(nothing), all: nothing() };
  for (const { rowTotal, columnTotal, keys, numbers } of rows) {
    const target = rowTotal ? null : lineOf(keys.slice(0, split));
    const column = query.columns.length === 0 ? 0 : (places.get(text(keys.slice(split))) ?? 0);
    const whole = columnTotal || query.columns.length === 0;
    if (!columnTotal) (target?.cells ?? totals.columns)[column] = numbers;
    if (whole && target) target.total = numbers;
    if (whole && (rowTotal || split === 0)) totals.all = numbers;
    if (split === 0 && !columnTotal) totals.columns[column] = numbers;
  }
  for (const keys of gaps(query, [...lines.values()])) lineOf(keys);
  const sorted = [...lines.values()].toSorted(comparing(query, order));
  return derived(query, { columns, lines: sorted, totals }, kinds);
}

const isCount = (value: ValueSpec) => 'fn' in value && (value.fn === 'count' || value.fn === 'distinct');

function columnsOf(query: ReportQuery, rows: readonly RawRow[], order: Order): (string | null)[][] {
  const { length: split } = query.rows;
  if (query.columns.length === 0) return [[]];
  const found = new Map<string, (string | null)[]>();
  for (const { columnTotal, keys } of rows)
    if (!columnTotal) found.set(text(keys.slice(split)), keys.slice(split));
  return [...found.values()].toSorted((a, b) => byKeys(a, b, split, order));
}

function byKeys(
  a: readonly (string | null)[],
  b: readonly (string | null)[],
  from: number,
  order: Order,
): number {
  for (const [at, key] of a.entries()) {
    const other = b[at] ?? null;
    if (key === other) continue;
    if (key === null) return 1;
    if (other === null) return -1;
    return order.compare(from + at, key, other);
  }
  return 0;
}

/** Without an order of its own a report goes by time, or else the most comes first. */
export function sortOf(query: ReportQuery): NonNullable<ReportQuery['sort']> {
  if (query.sort) return query.sort;
  const ordered = query.rows.some(({ by, cuts }) => by || cuts);
  return ordered || query.rows.length > 1 ? { by: 'label' } : { by: 0, desc: true };
}

function comparing(query: ReportQuery, order: Order) {
  const { by, desc } = sortOf(query);
  const sign = desc ? -1 : 1;
  return (a: Line, b: Line): number => {
    if (by === 'label') return sign * byKeys(a.keys, b.keys, 0, order);
    const [left, right] = [a.total[by] ?? null, b.total[by] ?? null];
    if (left === right) return byKeys(a.keys, b.keys, 0, order);
    if (left === null) return 1;
    if (right === null) return -1;
    return sign * compareNumbers(left, right) || byKeys(a.keys, b.keys, 0, order);
  };
}

const isDecimal = (number: string) => /^-?\d+(\.\d+)?$/.test(number);
const compareNumbers = (a: string, b: string) =>
  isDecimal(a) && isDecimal(b) ? new Decimal(a).comparedTo(b) : a < b ? -1 : a > b ? 1 : 0;

/** The periods between the first and the last in which nothing was: a line of time has no holes. */
function gaps({ rows }: ReportQuery, lines: readonly Line[]): [string][] {
  const by = rows.length === 1 ? rows[0]?.by : undefined;
  const days = lines.flatMap(({ keys }) => keys[0] ?? []).toSorted();
  const [first, last] = [days[0], days.at(-1)];
  if (!by || !first || !last) return [];
  const known = new Set(days);
  const missing: [string][] = [];
  let steps = 0;
  for (let day = first; day < last; day = periodAfter(day, by)) {
    if (++steps > MOST_FILLED) return [];
    if (!known.has(day)) missing.push([day]);
  }
  return missing;
}

/** Shares, running totals and changes, which are told instead of the numbers they are of. */
function derived(query: ReportQuery, shaped: Shaped, kinds: readonly ValueKind[]): Shaped {
  if (!query.values.some(({ show }) => show)) return shaped;
  const { columns, totals } = shaped;
  const plain = new Map(shaped.lines.map((line) => [text(line.keys), line]));
  const lines = shaped.lines.map((line) => ({
    ...line,
    cells: line.cells.map((cell) => [...cell]),
    total: [...line.total],
  }));
  const all = { columns: totals.columns.map((cell) => [...cell]), all: [...totals.all] };
  query.values.forEach(({ show }, value) => {
    if (show === 'share') {
      for (const line of lines) {
        line.cells.forEach((cell, at) => {
          cell[value] = part(cell[value], totals.columns[at]?.[value]);
        });
        line.total[value] = part(line.total[value], totals.all[value]);
      }
      all.columns.forEach((cell, at) => {
        cell[value] = part(cell[value], totals.columns[at]?.[value]);
      });
      all.all[value] = part(totals.all[value], totals.all[value]);
    } else if (show === 'cumulative') running(lines, value);
    else if (show) {
      const before = lookBack(query, show, plain, shaped);
      lines.forEach((line, at) => {
        const own = shaped.lines[at] as Line;
        line.cells.forEach((cell, column) => {
          cell[value] = change(own.cells[column]?.[value], before.cell(own, column)?.[value], kinds[value]);
        });
        line.total[value] = change(own.total[value], before.total(own)?.[value], kinds[value]);
      });
      for (const cell of [...all.columns, all.all]) cell[value] = null;
    }
  });
  return { columns, lines, totals: all };
}

function part(number: string | null | undefined, whole: string | null | undefined): string | null {
  if (number == null || whole == null || new Decimal(whole).isZero()) return null;
  return new Decimal(number).div(whole).toDecimalPlaces(6).toFixed();
}

/** Added up from line to line; it begins again where the first of several keys changes. */
function running(lines: readonly Line[], value: number): void {
  const sums = new Map<string, Decimal>();
  for (const { keys, cells, total } of lines)
    [...cells, total].forEach((cell, at) => {
      const place = text([...keys.slice(0, -1), String(at)]);
      const sum = (sums.get(place) ?? new Decimal(0)).plus(cell[value] ?? 0);
      sums.set(place, sum);
      cell[value] = sum.toFixed();
    });
}

function change(
  now: string | null | undefined,
  before: string | null | undefined,
  kind: ValueKind | undefined,
): string | null {
  if (now == null || before == null || kind === 'date' || kind === 'instant' || new Decimal(before).isZero())
    return null;
  return new Decimal(now).minus(before).div(new Decimal(before).abs()).toDecimalPlaces(6).toFixed();
}

const YEAR: Record<NonNullable<GroupSpec['by']>, number> = {
  year: 1,
  quarter: 4,
  month: 12,
  week: 52,
  day: 364,
};

/** Where the numbers of the period before stand: in another row, or in another column. */
function lookBack(
  { rows, columns }: ReportQuery,
  show: 'change' | 'changeYear',
  lines: ReadonlyMap<string, Line>,
  shaped: Shaped,
) {
  const earlier = (keys: readonly (string | null)[], groups: readonly GroupSpec[], at: number) => {
    const { by = 'day' } = groups[at] as GroupSpec;
    return keys.map((key, index) =>
      index === at && key ? periodAfter(key, by, show === 'change' ? -1 : -YEAR[by]) : key,
    );
  };
  const row = rows.findLastIndex(({ by }) => by);
  if (row >= 0) {
    const line = (own: Line) => lines.get(text(earlier(own.keys, rows, row)));
    return {
      cell: (own: Line, column: number) => line(own)?.cells[column],
      total: (own: Line) => line(own)?.total,
    };
  }
  const column = columns.findLastIndex(({ by }) => by);
  if (column < 0) throw problem('report_needs_period', { status: 422 });
  const places = new Map(shaped.columns.map((keys, at) => [text(keys), at]));
  return {
    cell: (own: Line, at: number) => {
      const before = places.get(text(earlier(shaped.columns[at] ?? [], columns, column)));
      return before === undefined ? undefined : own.cells[before];
    },
    total: () => undefined,
  };
}
