import type { ComponentType } from 'react';
import type { MetaEntity, MetaField } from '../api/types.ts';
import type { Row } from './rows.ts';

/** A control of one cell; it is one line high. */
export interface CellProps {
  field: MetaField;
  value: unknown;
  onChange(value: unknown): void;
  id: string;
  label: string;
  invalid: boolean;
}

export interface FootProps {
  part: MetaEntity;
  /** The record the rows belong to, as far as it is filled in. */
  head: Row;
  rows: readonly Row[];
}

/** What follows from a change a moment later: other fields of the row, and the rows that stand beneath it from now on. */
export interface Completed {
  values: Row;
  beneath?: Row[];
}

export interface RowProps {
  head: Row;
  rows: readonly Row[];
  at: number;
}

export interface NoteProps extends RowProps {
  /** Puts other rows beneath the one they belong to. */
  replace(whole: number, beneath: Row[]): void;
}

export interface IntakeProps {
  part: MetaEntity;
  /** The rows as they are by now. */
  rows(): readonly Row[];
  /** Changes one value of a row as if it were written. */
  change(at: number, name: string, value: unknown): void;
  /** Puts a row beneath the others, or in place of one with nothing in it; completes it as after a change of `name`. */
  add(values: Row, name: string): void;
}

/** What a module knows of the rows of a part: what follows from them while they are written. */
export interface LineRules {
  fits(part: MetaEntity): boolean;
  /** What a new row starts with besides the defaults of its fields. */
  fresh(): Row;
  /** Values that follow from the rows, row by row, for the columns nobody writes. */
  figures(head: Row, rows: readonly Row[], currency: string): Row[];
  /** What a row's other fields become when one of them was changed, or `beneath`, the rows that stand under it. */
  complete(head: Row, row: Row, changed: string, beneath: readonly Row[]): Promise<Completed>;
  /** Kept with a row, but in no column. */
  hidden: readonly string[];
  /** How many rows from one on belong together: they are moved and removed as one. */
  together(rows: readonly Row[], at: number): number;
  /** Whether a field tells something of these rows where they are read; one that only repeats another is left out. */
  tells(field: string, rows: readonly Row[]): boolean;
  /** Belongs to a row above it. */
  isBeneath(row: Row): boolean;
  /** A value that follows from other rows: it is shown, not written. */
  isSettled(row: Row, field: string): boolean;
  /** What rows beneath one become at once when it was changed. */
  follow(row: Row, beneath: readonly Row[]): Row[];
  /** Under the name of a row while it is written: what may be added to it, or taken instead. */
  Note: ComponentType<NoteProps>;
  /** Beneath the rows: adds to them without the hand. */
  Intake: ComponentType<IntakeProps>;
  /** Under the amount of a row. */
  Aside: ComponentType<RowProps>;
  /** A copied text as the value of a field; undefined where it is read as any other. */
  read(field: string, text: string): unknown;
  cells: Readonly<Record<string, ComponentType<CellProps>>>;
  /** How a value is shown where it is only read; undefined for the usual way. */
  text(field: string, value: unknown, row?: Row): string | undefined;
  /** Stored rows as they are shown. */
  shown(rows: readonly Row[]): readonly Row[];
  /** The head of a column where its cells are written in another way than the value is kept. */
  label(field: string): string | undefined;
  /** Beneath the rows: what they come to. */
  Foot: ComponentType<FootProps>;
}
