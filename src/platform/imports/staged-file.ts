import { once } from 'node:events';
import { createReadStream, createWriteStream, type WriteStream } from 'node:fs';
import { createInterface } from 'node:readline';
import type { StagedRow } from './types.ts';

const FLUSH_AT = 256 * 1024;

/** Rows one transaction takes. */
export const CHUNK_ROWS = 1000;

/** Writes staged rows, one JSON document a line; an empty line is a barrier: what follows needs all that stands before. */
export class StagedWriter {
  #file: WriteStream;
  #text = '';
  rows = 0;

  constructor(path: string) {
    this.#file = createWriteStream(path);
  }

  async write(row: StagedRow): Promise<void> {
    this.rows += 1;
    await this.#put(JSON.stringify(row));
  }

  async barrier(): Promise<void> {
    await this.#put('');
  }

  async #put(line: string): Promise<void> {
    this.#text += `${line}\n`;
    if (this.#text.length < FLUSH_AT) return;
    const text = this.#text;
    this.#text = '';
    if (!this.#file.write(text)) await once(this.#file, 'drain');
  }

  async close(): Promise<void> {
    this.#file.end(this.#text);
    await once(this.#file, 'close');
  }
}

/** Staged rows in order; null is a barrier. */
export async function* stagedRows(path: string): AsyncGenerator<StagedRow | null> {
  const input = createReadStream(path, { encoding: 'utf8', highWaterMark: FLUSH_AT });
  try {
    for await (const line of createInterface({ input, crlfDelay: Number.POSITIVE_INFINITY })) {
      yield line === '' ? null : (JSON.parse(line) as StagedRow);
    }
  } finally {
    input.destroy();
  }
}

export interface StagedChunk {
  no: number;
  rows: StagedRow[];
  /** Wait for all chunks before this one. */
  alone: boolean;
}

/** Staged rows in the parts that are committed together; the same parts, however often the file is read. */
export async function* stagedChunks(path: string): AsyncGenerator<StagedChunk> {
  let rows: StagedRow[] = [];
  let no = 0;
  let alone = false;
  for await (const row of stagedRows(path)) {
    if (row) rows.push(row);
    if ((row === null && rows.length > 0) || rows.length >= CHUNK_ROWS) {
      yield { no: no++, rows, alone };
      rows = [];
      alone = false;
    }
    if (row === null) alone = true;
  }
  if (rows.length) yield { no, rows, alone };
}
