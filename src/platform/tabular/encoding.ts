import { isUtf8 } from 'node:buffer';
import { fileChunks } from './bytes.ts';
import { TableError } from './errors.ts';
import { looksGb18030, scanGb18030 } from './gb18030.ts';
import { scanUtf16, utf16Order } from './utf16.ts';

/** What is recognised by itself. Others (`big5`, `windows-1252` …) can be named by the person. */
export type Encoding = 'utf-8' | 'gb18030' | 'utf-16le' | 'utf-16be';
export type DetectedEncoding = { encoding: Encoding; bom: boolean };

/** Bytes at the end of `bytes` that begin a UTF-8 character which continues in the next chunk. */
function openTail(bytes: Buffer): number {
  for (let back = 1; back <= Math.min(3, bytes.length); back++) {
    const byte = bytes[bytes.length - back] as number;
    if (byte < 0x80) return 0;
    if (byte >= 0xc0) return (byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : 2) > back ? back : 0;
  }
  return 0;
}

type Utf8Scan = { valid: boolean; cut: boolean; nulls: boolean };

async function scanUtf8(path: string): Promise<Utf8Scan> {
  let carry: Buffer = Buffer.alloc(0);
  let nulls = false;
  for await (const chunk of fileChunks(path)) {
    const bytes = carry.length > 0 ? Buffer.concat([carry, chunk]) : chunk;
    nulls ||= chunk.includes(0);
    const tail = openTail(bytes);
    if (!isUtf8(bytes.subarray(0, bytes.length - tail))) return { valid: false, cut: false, nulls };
    carry = Buffer.from(bytes.subarray(bytes.length - tail));
  }
  return { valid: true, cut: carry.length > 0, nulls };
}

/** Counts whole multi-byte UTF-8 characters and stray bytes, and finds the line of the first stray one. */
async function damagedUtf8(path: string): Promise<{ characters: number; stray: number; line: number }> {
  let characters = 0;
  let stray = 0;
  let line = 1;
  let firstLine = 0;
  let missing = 0;
  for await (const chunk of fileChunks(path)) {
    for (const byte of chunk) {
      if (byte === 0x0a) line++;
      if (missing > 0 && byte >= 0x80 && byte < 0xc0) {
        if (--missing === 0) characters++;
        continue;
      }
      const broken = missing > 0 || (byte >= 0x80 && byte < 0xc2) || byte > 0xf4;
      if (broken) {
        stray++;
        firstLine ||= line;
      }
      missing = byte < 0xc2 || byte > 0xf4 ? 0 : byte >= 0xf0 ? 3 : byte >= 0xe0 ? 2 : 1;
    }
  }
  return { characters, stray, line: firstLine || line };
}

function utf16Mark(head: Buffer): 'utf-16le' | 'utf-16be' | undefined {
  if (head[0] === 0xff && head[1] === 0xfe) return 'utf-16le';
  return head[0] === 0xfe && head[1] === 0xff ? 'utf-16be' : undefined;
}

async function checkUtf16(path: string, encoding: 'utf-16le' | 'utf-16be'): Promise<void> {
  const scan = await scanUtf16(path, encoding);
  if (scan.badLine > 0) throw new TableError('file_encoding_unknown', { line: scan.badLine });
  if (scan.odd) throw new TableError('file_truncated');
}

/**
 * Decides the encoding over every byte of the file: one Chinese character at its end is enough to tell. Reading
 * 100 MB for this takes about 0.1 s for UTF-8.
 * @returns undefined for bytes that are no text at all
 * @throws TableError `file_encoding_unknown` with the first line that cannot be decoded, or `file_truncated`
 */
export async function detectEncoding(path: string, head: Buffer): Promise<DetectedEncoding | undefined> {
  const order = utf16Mark(head);
  if (order) {
    await checkUtf16(path, order);
    return { encoding: order, bom: true };
  }
  const mark = head[0] === 0xef && head[1] === 0xbb && head[2] === 0xbf;
  const utf8 = await scanUtf8(path);
  if (utf8.nulls) {
    const guess = mark ? undefined : utf16Order(head);
    if (guess === undefined) return undefined;
    await checkUtf16(path, guess);
    return { encoding: guess, bom: false };
  }
  if (utf8.valid) {
    if (utf8.cut && !mark) await mustNotBeGb18030(path);
    if (utf8.cut) throw new TableError('file_truncated');
    return { encoding: 'utf-8', bom: mark };
  }
  const damage = await damagedUtf8(path);
  const mostlyUtf8 = mark || (damage.characters >= 8 && damage.characters > damage.stray * 8);
  const gb = await scanGb18030(path);
  if (!mostlyUtf8 && looksGb18030(gb)) {
    if (gb.badLine > 0) throw new TableError('file_encoding_unknown', { line: gb.badLine });
    if (gb.cut) throw new TableError('file_truncated');
    return { encoding: 'gb18030', bom: false };
  }
  if (!mostlyUtf8 && gb.control > gb.total / 50) return undefined;
  throw new TableError('file_encoding_unknown', { line: damage.line });
}

/** A file whose only fault is a cut last character may as well be GB18030 that ends in a single lead byte. */
async function mustNotBeGb18030(path: string): Promise<void> {
  const gb = await scanGb18030(path);
  if (gb.badLine === 0 && !gb.cut && looksGb18030(gb))
    throw new TableError('file_encoding_unknown', { line: 1 });
}
