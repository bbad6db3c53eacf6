/**
 * How a column is written. Values are canonical text: `number` a plain decimal, `date` `2024-03-05`, `datetime` a
 * local `2024-03-05T14:30:00` (the caller has put it into the reader's zone), `bool` true or false.
 */
export type Column = { header: string; kind: 'text' | 'number' | 'date' | 'datetime' | 'bool' };
export type CellValue = string | boolean | null;

export type WriteResult = {
  rows: number;
  /** Texts longer than a worksheet cell can hold; they were cut there. Always 0 in CSV. */
  cutCells: number;
};

/** A plain decimal that a spreadsheet keeps exactly: at most 15 significant digits. */
export function isExactNumber(text: string): boolean {
  if (!/^-?\d+(\.\d+)?$/.test(text)) return false;
  return text.replace(/^-?0*\.?0*|\./g, '').length <= 15;
}
