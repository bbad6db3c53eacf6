import type { Context } from '../../../platform/context/context.ts';
import type { Sheet, SheetColumn } from '../form/form.shared.ts';
import type { Base } from './base.ts';

/** The lines of a form, with further fields its columns turned out to tell. */
export interface Filled extends Omit<Sheet, 'columns'> {
  needs?: Readonly<Record<string, readonly string[]>>;
}

/** One of the six forms: its columns, what it is filled from, and what follows from judgements. */
export interface Kind {
  landscape: boolean;
  /** Fields without which there is no such form, by record type. */
  needs: Readonly<Record<string, readonly string[]>>;
  /** Whether customers may be put in and left out by hand. */
  byHand?: boolean;
  /** Whether its sums tell of more customers than its lines name. */
  sums?: boolean;
  columns(ctx: Context): Promise<SheetColumn[]>;
  read(base: Base): Promise<Filled>;
  /** Works out what depends on judgements, once they are entered. */
  finish?(ctx: Context, sheet: Sheet): void;
}

/** What a person can read through and a wall can hold. */
export const MOST_ROWS = 500;

const column =
  (kind: SheetColumn['kind']) =>
  (name: string, weight = 1, more: Partial<SheetColumn> = {}): SheetColumn => ({
    name,
    kind,
    weight,
    ...more,
  });
export const text = column('text');
export const number = column('number');
export const percent = column('percent');
export const money = column('money');
export const date = column('date');

/** As many lines as a sheet holds, and whether there were more. */
export const fitting = <T>(rows: readonly T[], most = MOST_ROWS): { rows: T[]; cut: boolean } => ({
  rows: rows.slice(0, most),
  cut: rows.length > most,
});
