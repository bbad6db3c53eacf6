import type { Row } from '../entity/behaviour.ts';
import { fromColumns } from '../entity/columns.ts';
import { type CellStyle, cellOf } from '../exports/cell.ts';
import type { ImportPlan, ReadRow } from './plan.ts';

/**
 * Leaves out of a row what the record already shows in that cell: a text that people typed with two spaces, or a phone in
 * a form of its own, is not changed because a file was exported and read again.
 */
export function dropUnchanged(plan: ImportPlan, row: ReadRow, before: Row, style: CellStyle): void {
  for (const { column, field, read } of plan.own) {
    if (!read || !(field.name in row.values)) continue;
    const shown = cellOf(field, fromColumns(field, before), style);
    if (shown !== null && String(shown).trim() === row.cells[column]?.trim()) delete row.values[field.name];
  }
}
