import type { DateOrder } from '../values/date-parts.shared.ts';
import type { DecimalSign } from '../values/number.shared.ts';

export type ImportMode = 'create' | 'upsert';
export type OnDuplicate = 'skip' | 'update' | 'create';
export type Outcome = 'created' | 'updated' | 'skipped' | 'failed';

/** What one column of the file becomes. */
export interface ColumnMapping {
  /** Position in the file, from 0. */
  column: number;
  header: string;
  /** A field of the record type, `contact.name` for a field of its people, `id`, or null: the column is left out. */
  field: string | null;
  /** How the column writes dates and decimals, where its values settle it. */
  dateOrder?: DateOrder | undefined;
  decimal?: DecimalSign | undefined;
}

/** Everything a person decides about an import; kept with it, and saved as a mapping for the next file. */
export interface ImportOptions {
  mode: ImportMode;
  /** Upsert: the field by which rows and records are the same. */
  key?: string | undefined;
  onDuplicate: OnDuplicate;
  dateOrder?: DateOrder | undefined;
  decimal?: DecimalSign | undefined;
  /** Of amounts without a currency of their own; the company's when absent. */
  currency?: string | undefined;
  sheet?: string | undefined;
  encoding?: string | undefined;
  headerLine?: number | undefined;
  /** Relation fields whose missing targets are made: departments, managers, tags. */
  createMissing: string[];
}

export interface Reason {
  /** The field's name, or '' for the row as a whole. */
  path: string;
  code: string;
  params?: Record<string, unknown>;
}

export interface Counts {
  total: number;
  created: number;
  updated: number;
  skipped: number;
  failed: number;
}

export const noCounts = (): Counts => ({ total: 0, created: 0, updated: 0, skipped: 0, failed: 0 });

/** A decision the file leaves open; nothing is changed until a person has made it. */
export interface Question {
  /** Header of the column; null when it concerns the file. */
  column: string | null;
  code: string;
  choices: { value: string; label: string }[];
  /** The option of the command line that answers it. */
  option: string;
}

/** A department as a row tells it: one that stands, or the name of one to be made. */
export type Place = { id: string } | { name: string };

/** A name that is written otherwise than the record it was taken for, and in how many rows. */
export interface MatchedName {
  text: string;
  title: string;
  rows: number;
}

/** Rows with an amount in a currency of which no rate is known, on the first of their days without. */
export interface UnratedRows {
  currency: string;
  rows: number;
  from: string;
}

/** What the check found beyond counts, for the summary people read before they say go. */
export interface CheckSummary extends Counts {
  /** How often each reason or warning occurs. */
  reasons: Record<string, number>;
  /** Names as written that belong to nobody, by field; the first hundred. */
  unresolved: Record<string, string[]>;
  /** Names taken for a record that is written otherwise, by field; the hundred that come most often. */
  matched?: Record<string, MatchedName[]>;
  /** What will be in no sum until its currency has a rate. */
  unrated?: UnratedRows[];
  /** Records to be made because a relation names them, by field. */
  missing: Record<string, string[]>;
  /** The department of the row that first names someone to be made, by field and name. */
  placed?: Record<string, Record<string, Place>>;
  /** Headers of columns left out. */
  ignored: string[];
}

/** A row of the file after the check, as it waits in the staged file. */
export interface StagedRow {
  line: number;
  /** `join`: a record that stands already, or comes from an earlier line; only this line's person is added to it. */
  action: 'create' | 'update' | 'skip' | 'fail' | 'join';
  /** The record meant, where it stands already. */
  id?: string;
  /** The earlier line of the file that makes the record meant. */
  same?: number;
  values?: Record<string, unknown>;
  /** Relations whose targets are made by this import: the names as written, by field. */
  pending?: Record<string, string[]>;
  person?: { values: Record<string, unknown>; pending?: Record<string, string[]> };
  /** Marks a row of a record type that nothing else tells apart. */
  key?: string;
  reasons?: Reason[];
  cells?: string[];
}
