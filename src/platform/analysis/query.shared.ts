import type { Filter } from '../entity/meta.shared.ts';
import type { FieldKind } from '../entity/types.ts';

/** A report as data: which records, told apart by what, and what of them is counted. */
export interface ReportQuery {
  entity: string;
  filter?: Filter | undefined;
  rows: GroupSpec[];
  /** Across the page: a pivot. */
  columns: GroupSpec[];
  values: ValueSpec[];
  sort?: { by: 'label' | number; desc?: boolean | undefined } | undefined;
  /** The first so many rows; totals are of all. */
  limit?: number | undefined;
}

export const DATE_PARTS = ['year', 'quarter', 'month', 'week', 'day'] as const;
export type DatePart = (typeof DATE_PARTS)[number];

export interface GroupSpec {
  /** Also over references: `customer.city`, `owner.department`. */
  field: string;
  /** Of dates and instants: the part of the company's calendar. */
  by?: DatePart | undefined;
  /** Of numbers: where one range ends and the next begins. */
  cuts?: number[] | undefined;
}

export const FUNCTIONS = ['count', 'sum', 'avg', 'min', 'max', 'distinct'] as const;
export type AggregateFunction = (typeof FUNCTIONS)[number];

export interface AggregateSpec {
  fn: AggregateFunction;
  field?: string | undefined;
  /** Days from this date to `field`: how long it took. */
  since?: string | undefined;
  /** Taken off each amount before it is added up: these fields of it multiplied, of an amount in money at its own rate. */
  less?: readonly string[] | undefined;
  /** Only what is left of each amount: less so much of so much, as what came back of what was sold. */
  except?: readonly [part: string, whole: string] | undefined;
  /** Only these of the records. */
  where?: Filter | undefined;
}

export const SHOWN_AS = ['share', 'cumulative', 'change', 'changeYear'] as const;

export type ValueSpec = (AggregateSpec | { ratio: [AggregateSpec, AggregateSpec] }) & {
  label?: string | undefined;
  /** Instead of the number: its share of the total, running total, change against the period before or a year ago. */
  show?: (typeof SHOWN_AS)[number] | undefined;
};

/** What numbers of a column are, for writing them. `value` is of no unit. */
export type ValueKind = 'count' | 'money' | 'number' | 'percent' | 'days' | 'date' | 'instant';

export interface AnswerKey {
  /** Null where records have none, or it is not the reader's to know. */
  key: string | null;
  label: string;
}

export interface AnswerGroup {
  label: string;
  kind: FieldKind;
  by?: DatePart;
  /** Of a reference: the record type, for links. */
  plural?: string;
}

export interface AnswerValue {
  label: string;
  kind: ValueKind;
  /** Records it counts, of those of its row and column. */
  filter: Filter | null;
  /** Larger is no better or worse, only part of the whole: it can be added up over lines. */
  additive: boolean;
  /** Of records of another type than the report. */
  plural?: string;
}

export interface AnswerLine {
  keys: AnswerKey[];
  /** Records of this row; null where no list shows them. */
  filter: Filter | null;
  /** By column, then by value. Without columns there is one. */
  cells: (string | null)[][];
  total: (string | null)[];
  /** By value, where the records behind a number are told one by one; null where no list shows them. */
  filters?: (Filter | null)[];
}

/** What a report says, whoever made it. Numbers are decimal text. */
export interface ReportAnswer {
  entity: string;
  plural: string;
  filter: Filter | null;
  rows: AnswerGroup[];
  columns: AnswerGroup[];
  values: AnswerValue[];
  columnKeys: { keys: AnswerKey[]; filter: Filter | null }[];
  lines: AnswerLine[];
  /** Of everything, not only of the lines shown: by column, then of all. */
  totals: { columns: (string | null)[][]; all: (string | null)[] };
  /** How many rows there are; more than lines where a limit cut them. */
  found: number;
  /** Amounts in a currency that has no value in the company's: they are in no sum. */
  uncounted?: number;
  /** What was asked, where it can be asked in other words. */
  query?: ReportQuery;
  /** When it was worked out, and how long that took. */
  at: string;
  ms: number;
  /** It is kept from before; a new one is being worked out. */
  refreshing?: boolean;
}

const GROUPED: readonly FieldKind[] = [
  'text',
  'integer',
  'decimal',
  'money',
  'date',
  'instant',
  'boolean',
  'choice',
  'multiChoice',
  'reference',
  'references',
  'region',
];
const DATES: readonly FieldKind[] = ['date', 'instant'];
const NUMBERS: readonly FieldKind[] = ['integer', 'decimal', 'money'];

export const canGroup = (kind: FieldKind): boolean => GROUPED.includes(kind);
export const isDate = (kind: FieldKind): boolean => DATES.includes(kind);
export const isNumber = (kind: FieldKind): boolean => NUMBERS.includes(kind);
export const isList = (kind: FieldKind): boolean => kind === 'references' || kind === 'multiChoice';

/** What can be worked out of a field. */
export function functionsOf(kind: FieldKind): AggregateFunction[] {
  if (isNumber(kind)) return ['sum', 'avg', 'min', 'max'];
  if (isDate(kind)) return ['min', 'max', 'distinct'];
  return canGroup(kind) && !isList(kind) ? ['distinct'] : [];
}

/** All of these at once; conditions that stand side by side are not nested. */
export function joined(...filters: (Filter | null | undefined)[]): Filter | null {
  const parts = filters.flatMap((filter) => (!filter ? [] : 'and' in filter ? filter.and : [filter]));
  return parts.length > 1 ? { and: parts } : (parts[0] ?? null);
}

/** The records behind a cell: what the ordinary list has to be asked for. Null is all of them, undefined that no list tells. */
export function cellFilter(
  answer: Pick<ReportAnswer, 'filter' | 'columnKeys' | 'values' | 'query'>,
  line: Pick<AnswerLine, 'filter' | 'filters'> | null,
  column: number | null,
  value: number,
): Filter | null | undefined {
  if (!answer.query) return line?.filters?.[value] ?? undefined;
  return joined(
    answer.filter,
    line?.filter,
    column === null ? null : answer.columnKeys[column]?.filter,
    answer.values[value]?.filter,
  );
}
