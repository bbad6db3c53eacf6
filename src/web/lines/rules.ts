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

/** What a module knows of the rows of a part: what follows from them while they are written. */
export interface LineRules {
  fits(part: MetaEntity): boolean;
  /** What a new row starts with besides the defaults of its fields. */
  fresh(): Row;
  /** Values that follow from the rows, row by row, for the columns nobody writes. */
  figures(head: Row, rows: readonly Row[], currency: string): Row[];
  /** What a row's other fields become when one of them was changed; `held` are the fields written by hand since. */
  complete(head: Row, row: Row, changed: string): Promise<Row>;
  /** A copied text as the value of a field; undefined where it is read as any other. */
  read(field: string, text: string): unknown;
  cells: Readonly<Record<string, ComponentType<CellProps>>>;
  /** How a value is shown where it is only read; undefined for the usual way. */
  text(field: string, value: unknown): string | undefined;
  /** The head of a column where its cells are written in another way than the value is kept. */
  label(field: string): string | undefined;
  /** Beneath the rows: what they come to. */
  Foot: ComponentType<FootProps>;
}
