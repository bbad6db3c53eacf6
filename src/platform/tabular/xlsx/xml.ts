import { SaxesParser } from 'saxes';
import { asTableError, TableError } from '../errors.ts';
import { LIMITS } from '../limits.ts';
import type { Archive } from './archive.ts';

export type Attributes = Record<string, string>;

/** Receives elements by local name: some programs write `x:row` for `row`. */
export type XmlHandler = {
  open(name: string, attributes: Attributes): void;
  text?(text: string): void;
  close?(name: string): void;
};

function localName(name: string): string {
  const colon = name.indexOf(':');
  return colon < 0 ? name : name.slice(colon + 1);
}

/** Attribute by local name, so that `r:id` is found whatever prefix the program chose. */
export function attribute(attributes: Attributes, name: string): string | undefined {
  if (Object.hasOwn(attributes, name)) return attributes[name];
  const key = Object.keys(attributes).find((candidate) => localName(candidate) === name);
  return key === undefined ? undefined : attributes[key];
}

/**
 * Feeds one part of the workbook to the handler, yielding after every chunk so that the caller can pass on what has
 * been found. Entities other than XML's own five are an error, so nothing can expand.
 */
export async function* readXml(archive: Archive, name: string, handler: XmlHandler): AsyncGenerator<void> {
  const parser = new SaxesParser({ xmlns: false, position: false, fileName: name });
  parser.on('error', (error) => {
    throw new TableError('file_malformed', { detail: name }, error);
  });
  parser.on('opentag', (tag) => handler.open(localName(tag.name), tag.attributes));
  if (handler.text) parser.on('text', handler.text.bind(handler));
  if (handler.close) parser.on('closetag', (tag) => handler.close?.(localName(tag.name)));
  let decoder: TextDecoder | undefined;
  try {
    for await (const chunk of archive.chunks(name)) {
      decoder ??= new TextDecoder(xmlEncoding(chunk), { fatal: true });
      parser.write(decoder.decode(chunk, { stream: true }));
      yield;
    }
    parser.write(decoder?.decode() ?? '').close();
    yield;
  } catch (error) {
    throw asTableError(error, 'file_malformed', { detail: name });
  }
}

/** Reads a small part (workbook, relations, styles) completely. */
export async function readSmallXml(archive: Archive, name: string, handler: XmlHandler): Promise<void> {
  let steps = 0;
  for await (const _ of readXml(archive, name, handler)) {
    // Unpacked chunks hold at most 64 KB.
    if (++steps * 65_536 > LIMITS.smallPart) throw new TableError('file_zip_bomb', { max: 1 });
  }
}

function xmlEncoding(head: Buffer): string {
  if (head[0] === 0xff && head[1] === 0xfe) return 'utf-16le';
  if (head[0] === 0xfe && head[1] === 0xff) return 'utf-16be';
  return 'utf-8';
}

/** Undoes `_x000D_`, the way a workbook writes characters that XML cannot hold. */
export function unescapeXmlText(text: string): string {
  if (!text.includes('_x')) return text;
  return text.replace(/_x([0-9a-fA-F]{4})_/g, (_, hex: string) =>
    String.fromCharCode(Number.parseInt(hex, 16)),
  );
}
