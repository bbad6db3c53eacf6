import iconv from 'iconv-lite';
import { csvRows } from './csv-read.ts';
import { utf8Chunks } from './csv-text.ts';
import { detectDelimiter, namedDelimiter } from './delimiter.ts';
import { detectEncoding } from './encoding.ts';
import { TableError } from './errors.ts';
import { refuseBinary, refuseMarkup } from './sniff.ts';
import type { OpenTableOptions, TableSource } from './table.ts';

const SAMPLE_BYTES = 256 * 1024;

/** Finds out how a text file is written (encoding, delimiter) and refuses text that is no table. */
export async function csvSource(path: string, options: OpenTableOptions, head: Buffer): Promise<TableSource> {
  const { encoding, bom } = await chooseEncoding(path, options.encoding, head);
  const sample = await textSample(path, encoding, bom);
  if (sample.trim() === '') throw new TableError('file_empty');
  refuseMarkup(sample);
  const named = namedDelimiter(sample);
  const delimiter = options.delimiter ?? named ?? detectDelimiter(sample);
  const source = { path, encoding, bom, delimiter, skipLines: named === undefined ? 0 : 1 };
  return {
    format: 'csv',
    ...{ encoding, delimiter, sheetNames: [], sheet: undefined, warnings: [] },
    rawRows: () => csvRows(source),
    close: () => {},
  };
}

async function chooseEncoding(path: string, chosen: string | undefined, head: Buffer) {
  if (chosen === undefined) return (await detectEncoding(path, head)) ?? (await refuseBinary(head));
  const encoding = chosen.toLowerCase().replace('utf-8', 'utf8');
  if (!iconv.encodingExists(encoding)) throw new TableError('file_encoding_unknown', { line: 1 });
  return { encoding, bom: false };
}

async function textSample(path: string, encoding: string, bom: boolean): Promise<string> {
  for await (const chunk of utf8Chunks(path, encoding, bom)) return chunk.toString('utf8', 0, SAMPLE_BYTES);
  return '';
}
