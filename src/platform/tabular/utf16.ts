import { fileChunks } from './bytes.ts';

type Order = 'utf-16le' | 'utf-16be';

/**
 * Byte order of UTF-16 text without a mark: digits, commas and line ends have an empty high byte. Undefined when
 * neither order makes it look like text.
 */
export function utf16Order(sample: Buffer): Order | undefined {
  const count = { 'utf-16le': 0, 'utf-16be': 0 };
  const units = Math.floor(sample.length / 2);
  for (let at = 0; at + 1 < sample.length; at += 2) {
    if (isPlain(sample[at] as number) && sample[at + 1] === 0) count['utf-16le']++;
    if (isPlain(sample[at + 1] as number) && sample[at] === 0) count['utf-16be']++;
  }
  const order = count['utf-16le'] >= count['utf-16be'] ? 'utf-16le' : 'utf-16be';
  const weird = countWeird(sample, order);
  return count[order] > 0 && weird <= units / 100 ? order : undefined;
}

function isPlain(byte: number): boolean {
  return (byte >= 0x20 && byte < 0x7f) || byte === 0x09 || byte === 0x0a || byte === 0x0d;
}

function countWeird(sample: Buffer, order: Order): number {
  let weird = 0;
  for (let at = 0; at + 1 < sample.length; at += 2) {
    if (isWeird(order === 'utf-16le' ? sample.readUInt16LE(at) : sample.readUInt16BE(at))) weird++;
  }
  return weird;
}

/** Control characters, private use and non-characters: rare in text, common in binary data read as UTF-16. */
function isWeird(unit: number): boolean {
  if (unit < 0x20) return unit !== 0x09 && unit !== 0x0a && unit !== 0x0d;
  return (unit >= 0xe000 && unit <= 0xf8ff) || unit >= 0xfffe || (unit >= 0x0700 && unit <= 0x0dff);
}

/** Finds the first line with an unpaired surrogate or a NUL (0 when there is none), and a missing last byte. */
export async function scanUtf16(path: string, order: Order): Promise<{ badLine: number; odd: boolean }> {
  const high = order === 'utf-16le' ? 1 : 0;
  let line = 1;
  let badLine = 0;
  let pending = -1;
  let position = 0;
  let needsLow = false;
  for await (const chunk of fileChunks(path)) {
    for (const byte of chunk) {
      if (position++ % 2 === 0) {
        pending = byte;
        continue;
      }
      const unit = high === 1 ? byte * 256 + pending : pending * 256 + byte;
      const isLow = unit >= 0xdc00 && unit <= 0xdfff;
      if (isLow !== needsLow || unit === 0) badLine ||= line;
      needsLow = unit >= 0xd800 && unit <= 0xdbff;
      if (unit === 0x0a) line++;
    }
  }
  if (needsLow) badLine ||= line;
  return { badLine, odd: position % 2 === 1 };
}
