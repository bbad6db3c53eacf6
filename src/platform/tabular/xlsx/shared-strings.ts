import { closeSync, mkdtempSync, openSync, readSync, rmSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { TableError } from '../errors.ts';
import { LIMITS } from '../limits.ts';
import type { Archive } from './archive.ts';
import { readXml, unescapeXmlText } from './xml.ts';

const PAGE = 1024 * 1024;

/**
 * The shared strings of a workbook as UTF-8 in pages outside the JavaScript heap. Past `residentPages` the pages go
 * to a temporary file and the most recently used ones stay: sheets refer to strings nearly in order.
 */
export class StringTable {
  readonly #resident: number;
  readonly #pages = new Map<number, Buffer>();
  #starts = new Float64Array(1024);
  #count = 0;
  #end = 0;
  #lastPage = -1;
  #spill: { file: number; folder: string } | undefined;

  constructor(residentPages = 64) {
    this.#resident = Math.max(2, residentPages);
  }

  get size(): number {
    return this.#count;
  }

  add(text: string): void {
    if (text.length > LIMITS.cellLength) {
      throw new TableError('file_cell_too_large', { line: 0, column: 0, max: LIMITS.cellLength });
    }
    const bytes = Buffer.from(text, 'utf8');
    const room = PAGE - (this.#end % PAGE);
    if (bytes.length + 4 > room) this.#end += room;
    const page = Math.floor(this.#end / PAGE);
    if (page !== this.#lastPage) this.#addPage(page);
    const buffer = this.#pages.get(page) as Buffer;
    const offset = this.#end % PAGE;
    buffer.writeUInt32LE(bytes.length, offset);
    bytes.copy(buffer, offset + 4);
    if (this.#count === this.#starts.length) this.#grow();
    this.#starts[this.#count++] = this.#end;
    this.#end += bytes.length + 4;
  }

  get(index: number): string | undefined {
    if (!Number.isInteger(index) || index < 0 || index >= this.#count) return undefined;
    const start = this.#starts[index] as number;
    const buffer = this.#load(Math.floor(start / PAGE));
    const offset = start % PAGE;
    return buffer.toString('utf8', offset + 4, offset + 4 + buffer.readUInt32LE(offset));
  }

  close(): void {
    this.#pages.clear();
    if (!this.#spill) return;
    closeSync(this.#spill.file);
    rmSync(this.#spill.folder, { recursive: true, force: true });
    this.#spill = undefined;
  }

  #addPage(page: number): void {
    this.#evict();
    this.#pages.set(page, Buffer.alloc(PAGE));
    this.#lastPage = page;
  }

  #load(page: number): Buffer {
    const known = this.#pages.get(page);
    if (known) {
      if (this.#spill) {
        this.#pages.delete(page);
        this.#pages.set(page, known);
      }
      return known;
    }
    this.#evict();
    const buffer = Buffer.alloc(PAGE);
    if (this.#spill) readSync(this.#spill.file, buffer, 0, PAGE, page * PAGE);
    this.#pages.set(page, buffer);
    return buffer;
  }

  /** Pages never change once full, so that writing one again when it is dropped again is only a little waste. */
  #evict(): void {
    if (this.#pages.size < this.#resident) return;
    const [oldest, buffer] = this.#pages.entries().next().value as [number, Buffer];
    if (!this.#spill) {
      const folder = mkdtempSync(join(tmpdir(), 'guanxi-strings-'));
      this.#spill = { folder, file: openSync(join(folder, 'pages'), 'w+', 0o600) };
      // Unlinked while open, it vanishes with the process however that ends; Windows keeps it until close().
      if (process.platform !== 'win32') rmSync(folder, { recursive: true, force: true });
    }
    writeSync(this.#spill.file, buffer, 0, PAGE, oldest * PAGE);
    this.#pages.delete(oldest);
  }

  #grow(): void {
    const larger = new Float64Array(this.#starts.length * 2);
    larger.set(this.#starts);
    this.#starts = larger;
  }
}

/** Reads the part with the shared strings; rich text is joined, phonetic readings are left out. */
export async function readSharedStrings(archive: Archive, part: string): Promise<StringTable> {
  const table = new StringTable();
  let text = '';
  let inText = false;
  let phonetic = false;
  try {
    for await (const _ of readXml(archive, part, {
      open(name) {
        if (name === 'si') text = '';
        else if (name === 't') inText = !phonetic;
        else if (name === 'rPh') phonetic = true;
      },
      text(piece) {
        if (inText) text += piece;
      },
      close(name) {
        if (name === 't') inText = false;
        else if (name === 'rPh') phonetic = false;
        else if (name === 'si') table.add(unescapeXmlText(text));
      },
    })) {
      // Strings are taken in as they come.
    }
  } catch (error) {
    table.close();
    throw error;
  }
  return table;
}
