import { fileTypeFromBuffer } from 'file-type';
import { fileChunks } from './bytes.ts';
import { TableError, unsupported } from './errors.ts';

const ENCRYPTED_STREAM = Buffer.from('EncryptedPackage', 'utf16le');
const WORD_STREAM = Buffer.from('WordDocument', 'utf16le');

function startsWith(head: Buffer, ...bytes: number[]): boolean {
  return bytes.every((byte, index) => head[index] === byte);
}

/**
 * Tells archive from text by content, never by name. `head` is the first part of the file (64 KB is plenty).
 * Throws `file_type_unsupported` for what is recognisably something else.
 */
export function sniffContainer(head: Buffer): 'zip' | 'ole' | 'text' {
  if (startsWith(head, 0x50, 0x4b, 0x03, 0x04) || startsWith(head, 0x50, 0x4b, 0x05, 0x06)) return 'zip';
  if (startsWith(head, 0xd0, 0xcf, 0x11, 0xe0)) return 'ole';
  if (startsWith(head, 0x25, 0x50, 0x44, 0x46, 0x2d)) unsupported('PDF');
  if (startsWith(head, 0x7b, 0x5c, 0x72, 0x74, 0x66)) unsupported('RTF');
  return 'text';
}

/**
 * An OLE container is an old workbook or document, or a new workbook behind a password. Its directory, which lists
 * the streams by name, lies at the sector the header names.
 */
export async function refuseOle(path: string, head: Buffer): Promise<never> {
  let directory = head;
  if (head.length >= 512) {
    const sectorSize = head.readUInt16LE(30) === 12 ? 4096 : 512;
    for await (const chunk of fileChunks(path, (head.readUInt32LE(48) + 1) * sectorSize)) {
      directory = chunk.subarray(0, 4096);
      break;
    }
  }
  if (directory.includes(ENCRYPTED_STREAM)) throw new TableError('file_encrypted');
  return unsupported(directory.includes(WORD_STREAM) ? 'DOC (Word 97–2003)' : 'XLS (Excel 97–2003)');
}

/** Text formats that are no table: the usual case is a web page saved under the name .xls. */
export function refuseMarkup(sample: string): void {
  const start = sample.slice(0, 4096).trimStart().toLowerCase();
  if (/^<(!doctype html|html|head|body|table|meta|div|style)\b/.test(start)) unsupported('HTML');
  if (start.startsWith('<?xml') || /^<[a-z]+(:[a-z]+)?\s+xmlns/.test(start)) {
    unsupported(/<html|<table/.test(start) ? 'HTML' : 'XML');
  }
  if (/^\[?\s*\{\s*("[^"\n]*"\s*:|\})/.test(start)) unsupported('JSON');
}

/** The best name for bytes that are not text. */
export async function refuseBinary(head: Buffer): Promise<never> {
  const type = await fileTypeFromBuffer(head).catch(() => undefined);
  if (!type) throw new TableError('file_type_unknown');
  return unsupported(type.ext.toUpperCase());
}
