/** The six standard forms about customers (CUS-13). */
export const KINDS = ['area', 'sales', 'grade', 'problem', 'evaluation', 'visit'] as const;
export type FormKind = (typeof KINDS)[number];

/** 编制 → 填写 → 审核 → 锁定. */
export const STATES = ['draft', 'filling', 'review', 'locked'] as const;
export type FormState = (typeof STATES)[number];

/** Whose customers a form is about. */
export const REACHES = ['visible', 'department', 'person', 'segment'] as const;
export type ReachKind = (typeof REACHES)[number];

export type CellKind = 'text' | 'number' | 'percent' | 'money' | 'date';

export interface SheetColumn {
  name: string;
  /** Of columns the company has made; others are named by a translation. */
  labels?: { zh: string; en: string };
  kind: CellKind;
  /** Its share of the width of a page. */
  weight: number;
  /** What it counts for in the total. */
  weightOf?: number;
  /** What is judged by people, and how it is entered. */
  edit?: 'text' | 'date' | 'score';
  /** Fields it tells, as `customer.grade`: whoever may not see one of them does not get the column. */
  needs?: readonly string[];
}

type Cells = Record<string, string | null>;

export interface SheetRow {
  /** What judgements are kept by: the id of a customer or visit, or the name of an area. */
  key: string;
  customer: string | null;
  cells: Cells;
  /** Put in by hand, not by the rules of the form. */
  hand?: boolean;
  /** The customer has been erased; a signed sheet keeps its place only. */
  erased?: boolean;
}

/** What the sheet has to say besides its lines. */
export type SheetNote = 'noSales' | 'noReceipts' | 'noScheme' | 'ownSight';

/** A filled form as plain data. */
export interface Sheet {
  columns: SheetColumn[];
  rows: SheetRow[];
  total?: Cells;
  notes: SheetNote[];
  /** There was more than a sheet holds. */
  cut: boolean;
}

/** One step of signing. */
export interface Signature {
  by: { id: string; title: string } | null;
  at: string | null;
}

/** A form as its page shows it. */
export interface FormSheet extends Omit<Sheet, 'columns'> {
  columns: (SheetColumn & { label: string })[];
  id: string;
  /** Of the record, for changes of who fills it in and reviews it. */
  version: number;
  name: string;
  kind: FormKind;
  status: FormState;
  round: number;
  /** The period and the scope in words. */
  period: string;
  reach: string;
  signatures: Record<'prepared' | 'filled' | 'reviewed', Signature>;
  filler: { id: string; title: string } | null;
  reviewer: { id: string; title: string } | null;
  owner: { id: string; title: string } | null;
  returnReason: string | null;
  /** What has been written into cells so far, by row and column; an editor names what he saw. */
  filled: Record<string, Record<string, string>>;
  /** Lines left out by hand. */
  left: { id: string; title: string }[];
  may: {
    edit: boolean;
    rows: boolean;
    name: boolean;
    sign: boolean;
    sendBack: boolean;
    revise: boolean;
    drop: boolean;
    /** On paper, and as a table. */
    print: boolean;
    table: boolean;
  };
}

/** A state in which a form was handed in. */
export interface FormVersion {
  round: number;
  state: 'submitted' | 'returned' | 'locked';
  filled: Signature;
  decided: Signature;
  reason: string | null;
  rows: number;
}

/** What relations are judged by; all weights together are 100. */
export interface Indicator {
  key: string;
  label: { zh: string; en: string };
  weight: number;
  source: IndicatorSource;
}

/** Where a score comes from: facts, or somebody's judgement. */
export const SOURCES = ['contacts', 'keepRate', 'coverage', 'completeness', 'receipts', 'judgement'] as const;
export type IndicatorSource = (typeof SOURCES)[number];
