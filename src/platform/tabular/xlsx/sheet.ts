import { type Cell, columnOf, EMPTY_CELL, filledWidth, type RawRow } from '../cell.ts';
import { TableError } from '../errors.ts';
import { LIMITS } from '../limits.ts';
import type { Archive } from './archive.ts';
import { buildCell, type CellContext, type RawCell } from './cell-value.ts';
import { type Attributes, readXml, type XmlHandler } from './xml.ts';

/** Collects the rows of a worksheet while its XML streams by. Formatting-only cells cost nothing. */
class SheetHandler implements XmlHandler {
  readonly #context: CellContext;
  #rows: RawRow[] = [];
  #line = 0;
  #cells: Cell[] = [];
  #column = -1;
  #raw: RawCell | undefined;
  #collect = false;
  #phonetic = false;

  constructor(context: CellContext) {
    this.#context = context;
  }

  take(): RawRow[] {
    const rows = this.#rows;
    this.#rows = [];
    return rows;
  }

  open(name: string, attributes: Attributes): void {
    switch (name) {
      case 'c':
        this.#openCell(attributes);
        break;
      case 'v':
        this.#collect = true;
        break;
      case 'row':
        this.#openRow(attributes);
        break;
      case 'f':
        if (this.#raw) this.#raw.formula = true;
        break;
      case 't':
        this.#collect = !this.#phonetic;
        break;
      case 'rPh':
        this.#phonetic = true;
        break;
      default:
    }
  }

  text(text: string): void {
    if (!this.#collect || !this.#raw) return;
    this.#raw.value += text;
    if (this.#raw.value.length > LIMITS.cellLength * 7) this.#tooLarge();
  }

  close(name: string): void {
    switch (name) {
      case 'v':
      case 't':
        this.#collect = false;
        break;
      case 'c':
        this.#closeCell();
        break;
      case 'row':
        this.#rows.push({ line: this.#line, cells: this.#cells.slice(0, filledWidth(this.#cells)) });
        break;
      case 'rPh':
        this.#phonetic = false;
        break;
      default:
    }
  }

  #openRow(attributes: Attributes): void {
    const line = Number(attributes.r ?? this.#line + 1);
    if (!Number.isInteger(line) || line <= this.#line || line > LIMITS.sheetRows) {
      throw new TableError('file_malformed', { detail: this.#context.part });
    }
    this.#line = line;
    this.#cells = [];
    this.#column = -1;
  }

  #openCell(attributes: Attributes): void {
    const column = attributes.r === undefined ? this.#column + 1 : columnOf(attributes.r);
    if (column < 0) throw new TableError('file_malformed', { detail: this.#context.part });
    this.#column = column;
    this.#raw = { type: attributes.t ?? 'n', style: Number(attributes.s ?? 0), value: '', formula: false };
  }

  #closeCell(): void {
    if (!this.#raw) return;
    const cell = buildCell(this.#raw, this.#context);
    this.#raw = undefined;
    if (cell.kind === 'empty') return;
    if (this.#column >= LIMITS.columns) {
      throw new TableError('file_too_wide', { columns: this.#column + 1, max: LIMITS.columns });
    }
    if (cell.text.length > LIMITS.cellLength) this.#tooLarge();
    while (this.#cells.length < this.#column) this.#cells.push(EMPTY_CELL);
    this.#cells[this.#column] = cell;
  }

  #tooLarge(): never {
    const place = { line: this.#line, column: this.#column + 1 };
    throw new TableError('file_cell_too_large', { ...place, max: LIMITS.cellLength });
  }
}

/** The rows of one worksheet in order; rows the file leaves out are simply missing, their numbers are kept. */
export async function* sheetRows(archive: Archive, context: CellContext): AsyncGenerator<RawRow> {
  const handler = new SheetHandler(context);
  for await (const _ of readXml(archive, context.part, handler)) yield* handler.take();
}

/**
 * Merged ranges that begin above `lastRow`, read from the end of the sheet's XML, where workbooks keep them.
 * Costs one pass over the sheet, so it is only asked for when the header has gaps.
 */
export async function mergedRanges(archive: Archive, part: string, lastRow: number): Promise<MergedRange[]> {
  const ranges: MergedRange[] = [];
  let tail = '';
  for await (const chunk of archive.chunks(part)) {
    // latin1: references are ASCII, and a cut character in between does no harm.
    tail += chunk.toString('latin1');
    for (const match of tail.matchAll(/mergeCell ref="([A-Z]{1,3})(\d{1,7}):([A-Z]{1,3})(\d{1,7})"/g)) {
      const top = Number(match[2]);
      if (top > lastRow || ranges.length >= LIMITS.columns) continue;
      const [left, right] = [columnOf(match[1] as string), columnOf(match[3] as string)];
      ranges.push({ top, bottom: Number(match[4]), left, right });
    }
    tail = tail.slice(-64);
  }
  return ranges;
}

export type MergedRange = { top: number; bottom: number; left: number; right: number };
