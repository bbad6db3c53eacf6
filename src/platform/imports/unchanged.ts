import type { Row } from '../entity/behaviour.ts';
import { fromColumns } from '../entity/columns.ts';
import type { Field } from '../entity/types.ts';
import { type CellStyle, cellOf } from '../exports/cell.ts';
import type { ImportPlan, ReadRow } from './plan.ts';

/**
 * Leaves out of a row what the record already shows in that cell: a text that people typed with two spaces, or a phone in
 * a form of its own, is not changed because a file was exported and read again.
 */
export function dropUnchanged(plan: ImportPlan, row: ReadRow, before: Row, style: CellStyle): void {
  for (const { column, field, read } of plan.own) {
    if (!read || !shows(field, before, row, column, style)) continue;
    delete row.values[field.name];
    row.problems = row.problems.filter(({ path }) => path !== field.name);
    row.warnings = row.warnings.filter(({ path }) => path !== field.name);
  }
}

function shows(field: Field, before: Row, row: ReadRow, column: number, style: CellStyle): boolean {
  const stored = fromColumns(field, before);
  const read = row.values[field.name];
  if (field.kind === 'instant' && typeof stored === 'string' && typeof read === 'string') {
    return inSeconds(stored) === inSeconds(read);
  }
  const shown = cellOf(field, stored, style);
  return shown !== null && String(shown).trim() === row.cells[column]?.trim();
}

/** Files show no parts of a second. */
const inSeconds = (instant: string) => Math.floor(Temporal.Instant.from(instant).epochMilliseconds / 1000);
