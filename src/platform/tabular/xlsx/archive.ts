import { crc32 } from 'node:zlib';
import { type Entry, openPromise, type ZipFile } from 'yauzl';
import { asTableError, TableError, unsupported } from '../errors.ts';
import { LIMITS } from '../limits.ts';

/** An opened workbook archive. Nothing is unpacked before it is asked for, and never more than the limits. */
export type Archive = {
  names: ReadonlySet<string>;
  /** Unpacked bytes of one part, in chunks. Throws `file_malformed` for a missing or damaged part. */
  chunks(name: string): AsyncGenerator<Buffer>;
  close(): void;
};

export async function openArchive(path: string): Promise<Archive> {
  const zip = await openZip(path);
  const entries = new Map<string, Entry>();
  let total = 0;
  try {
    if (zip.entryCount > LIMITS.zipEntries) throw bomb();
    for await (const entry of zip.eachEntry()) {
      if (entry.isEncrypted()) throw new TableError('file_encrypted');
      total += entry.uncompressedSize;
      if (total > LIMITS.unpackedBytes) throw bomb();
      refuseDense(entry.uncompressedSize, entry.compressedSize);
      entries.set(entry.fileName.replaceAll('\\', '/').toLowerCase(), entry);
    }
    refuseOtherKinds(entries);
  } catch (error) {
    zip.close();
    throw asTableError(error, 'file_malformed', { detail: 'zip' });
  }
  return {
    names: new Set(entries.keys()),
    chunks: (name) => partChunks(zip, entries.get(name.toLowerCase()), name),
    close: () => zip.close(),
  };
}

async function openZip(path: string): Promise<ZipFile> {
  try {
    return await openPromise(path, { autoClose: false, lazyEntries: true, strictFileNames: false });
  } catch (error) {
    const cut = error instanceof Error && /end of central directory/i.test(error.message);
    throw asTableError(error, cut ? 'file_truncated' : 'file_malformed', cut ? {} : { detail: 'zip' });
  }
}

async function* partChunks(zip: ZipFile, entry: Entry | undefined, name: string): AsyncGenerator<Buffer> {
  if (!entry) throw new TableError('file_malformed', { detail: name });
  let size = 0;
  let sum = 0;
  try {
    const stream = await zip.openReadStreamPromise(entry);
    for await (const chunk of stream as AsyncIterable<Buffer>) {
      size += chunk.length;
      refuseDense(size, entry.compressedSize);
      sum = crc32(chunk, sum);
      yield chunk;
    }
  } catch (error) {
    throw asTableError(error, 'file_malformed', { detail: name });
  }
  if (sum !== entry.crc32) throw new TableError('file_malformed', { detail: name });
}

function refuseDense(unpacked: number, packed: number): void {
  if (unpacked > LIMITS.ratioFrom && unpacked > packed * LIMITS.ratio) throw bomb();
}

function bomb(): TableError {
  return new TableError('file_zip_bomb', { max: LIMITS.unpackedBytes / 1024 ** 3 });
}

function refuseOtherKinds(entries: ReadonlyMap<string, Entry>): void {
  if (entries.has('xl/workbook.bin')) unsupported('XLSB');
  if (entries.has('[content_types].xml')) {
    if ([...entries.keys()].some((name) => name.startsWith('word/'))) unsupported('DOCX');
    if ([...entries.keys()].some((name) => name.startsWith('ppt/'))) unsupported('PPTX');
    return;
  }
  if (entries.has('meta-inf/manifest.xml') && entries.has('content.xml')) unsupported('ODS');
  if ([...entries.keys()].some((name) => name.endsWith('.iwa'))) unsupported('Numbers');
  unsupported('ZIP');
}
