import { createHash, type Hash } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import type { FastifyRequest } from 'fastify';
import type { Services } from '../context/services.ts';
import { problem } from '../errors/problem.ts';
import { importFolder } from './folders.ts';

const MEBIBYTE = 1024 * 1024;
const LARGEST = 512 * MEBIBYTE;

export interface ReceivedFile {
  /** Of the import to be. */
  id: string;
  path: string;
  name: string;
  /** Of the content. */
  digest: string;
  fields: Record<string, string>;
}

/** Receives the file of an import into its folder, never into memory, with the form's other fields. */
export async function receiveFile(
  services: Services,
  request: FastifyRequest,
  id: string,
): Promise<ReceivedFile> {
  if (!request.isMultipart()) throw problem('media_type_unsupported', { status: 415 });
  const folder = importFolder(services, id);
  const path = join(folder, 'source');
  const fields: Record<string, string> = {};
  const hash = createHash('sha256');
  let name: string | undefined;
  try {
    for await (const part of request.parts({ limits: { fileSize: LARGEST, files: 1 } })) {
      if (part.type === 'field') fields[part.fieldname] = String(part.value ?? '');
      else {
        await mkdir(folder, { recursive: true });
        await pipeline(part.file, through(hash), createWriteStream(path, { mode: 0o600 }));
        if (part.file.truncated)
          throw problem('import_too_large', { status: 413, params: { max: LARGEST / MEBIBYTE } });
        name =
          (part.filename ?? '')
            .split(/[\\/]/)
            .at(-1)
            ?.replace(/\p{Cc}/gu, '')
            .slice(0, 200) || 'file';
      }
    }
    if (name === undefined)
      throw problem('file_required', { status: 422, errors: [{ path: 'file', code: 'required' }] });
    return { id, path, name, digest: hash.digest('hex'), fields };
  } catch (error) {
    await rm(folder, { recursive: true, force: true });
    throw error;
  }
}

const through = (hash: Hash) =>
  async function* (parts: AsyncIterable<Buffer>) {
    for await (const part of parts) {
      hash.update(part);
      yield part;
    }
  };
