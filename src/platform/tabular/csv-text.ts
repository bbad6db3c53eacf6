import iconv from 'iconv-lite';
import { fileChunks } from './bytes.ts';
import { TableError } from './errors.ts';
import { LIMITS } from './limits.ts';

const BOM_LENGTH: Record<string, number> = { 'utf-8': 3, 'utf-16le': 2, 'utf-16be': 2 };

/** Checked over the whole file when it was detected; here a replacement character is one the file really holds. */
const CHECKED = new Set(['utf-8', 'utf-16le', 'utf-16be']);

/**
 * The text of a file as UTF-8 bytes, without byte order mark. Bytes that have no character in the encoding end the
 * reading with `file_encoding_unknown`; a "line" of many megabytes with `file_line_too_long`.
 */
export async function* utf8Chunks(path: string, encoding: string, bom: boolean): AsyncGenerator<Buffer> {
  const decoder = encoding === 'utf-8' ? undefined : iconv.getDecoder(encoding);
  let sinceBreak = 0;
  let line = 1;
  for await (const chunk of fileChunks(path, bom ? (BOM_LENGTH[encoding] ?? 0) : 0)) {
    const text = decoder?.write(chunk);
    if (!CHECKED.has(encoding) && text?.includes('\ufffd')) {
      throw new TableError('file_encoding_unknown', {
        line: line + countBreaks(text.split('\ufffd', 1)[0] ?? ''),
      });
    }
    const bytes = text === undefined ? chunk : Buffer.from(text, 'utf8');
    const lastBreak = Math.max(bytes.lastIndexOf(0x0a), bytes.lastIndexOf(0x0d));
    sinceBreak = lastBreak < 0 ? sinceBreak + bytes.length : bytes.length - lastBreak;
    if (sinceBreak > LIMITS.lineBytes) throw new TableError('file_line_too_long', { line });
    if (text !== undefined) line += countBreaks(text);
    yield bytes;
  }
  const rest = decoder?.end();
  if (rest) {
    if (!CHECKED.has(encoding) && rest.includes('\ufffd')) throw new TableError('file_truncated');
    yield Buffer.from(rest, 'utf8');
  }
}

function countBreaks(text: string): number {
  let count = 0;
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) count++;
  return count;
}
