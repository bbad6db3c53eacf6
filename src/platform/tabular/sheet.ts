import type { Cell } from './cell.ts';
import { openTable } from './read.ts';

/** A row of a small table, by what its columns are. */
export interface SheetRow<K extends string> {
  /** As the spreadsheet numbers it. */
  line: number;
  cells: Partial<Record<K, string>>;
}

export interface Sheet<K extends string> {
  known: ReadonlySet<K>;
  headers: readonly string[];
  rows: SheetRow<K>[];
  /** There were more rows than are read. */
  cut: boolean;
}

/**
 * Reads a CSV or XLSX file of few rows into texts.
 * @param columnOf what a header stands for; null where it is nobody's. The first of a kind counts.
 * @throws TableError for a file that cannot be read
 */
export async function readSheet<K extends string>(
  path: string,
  columnOf: (header: string) => K | null,
  most: number,
): Promise<Sheet<K>> {
  const table = await openTable(path);
  try {
    const columns = new Map<K, number>();
    for (const [at, header] of table.headers.entries()) {
      const column = columnOf(header.trim());
      if (column !== null && !columns.has(column)) columns.set(column, at);
    }
    const rows: SheetRow<K>[] = [];
    let cut = false;
    for await (const { line, cells } of table.rows()) {
      cut = rows.length >= most;
      if (cut) break;
      const texts = [...columns].flatMap(([column, at]): [K, string][] => {
        const text = textOf(cells[at]);
        return text === '' ? [] : [[column, text]];
      });
      if (texts.length) rows.push({ line, cells: Object.fromEntries(texts) as SheetRow<K>['cells'] });
    }
    return { known: new Set(columns.keys()), headers: table.headers, rows, cut };
  } finally {
    await table.close();
  }
}

/** A long number was rounded by the spreadsheet: what it shows is no worse. */
function textOf(cell: Cell | undefined): string {
  if (!cell || cell.kind === 'empty') return '';
  return (cell.kind === 'number' && !cell.lossy ? cell.value : cell.text).trim();
}
