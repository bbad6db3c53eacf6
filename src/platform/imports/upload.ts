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

/** Receives the file of an import into its folder, never into memory, with the form's other fields. */
export async function receiveFile(
  services: Services,
  request: FastifyRequest,
  id: string,
): Promise<{ path: string; name: string; fields: Record<string, string> }> {
  if (!request.isMultipart()) throw problem('media_type_unsupported', { status: 415 });
  const folder = importFolder(services, id);
  const path = join(folder, 'source');
  const fields: Record<string, string> = {};
  let name: string | undefined;
  try {
    for await (const part of request.parts({ limits: { fileSize: LARGEST, files: 1 } })) {
      if (part.type === 'field') fields[part.fieldname] = String(part.value ?? '');
      else {
        await mkdir(folder, { recursive: true });
        await pipeline(part.file, createWriteStream(path, { mode: 0o600 }));
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
    return { path, name, fields };
  } catch (error) {
    await rm(folder, { recursive: true, force: true });
    throw error;
  }
}
