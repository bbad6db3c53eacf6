import { rm } from 'node:fs/promises';
import { basename } from 'node:path';
import type { MultipartFile } from '@fastify/multipart';
import type { FastifyRequest } from 'fastify';
import { sql } from 'kysely';
import type { Context } from '../context/context.ts';
import { uuidv7 } from '../db/uuid.ts';
import { problem } from '../errors/problem.ts';
import { contentTypeOf } from './content-type.ts';
import { type FileStore, stage } from './store.ts';

export const FILE_LIMIT = 100 * 1024 * 1024;

export interface Upload {
  /** Of the stored file. */
  id: string;
  name: string;
  /** The form's other fields. */
  fields: Record<string, unknown>;
  /** Of the file's content. */
  digest: string;
}

/** Receives one file with its fields, checked and stored. Throws when there is none, or it is empty, too large or disguised. */
export async function receiveUpload(
  ctx: Context,
  store: FileStore,
  request: FastifyRequest,
): Promise<Upload> {
  if (!request.isMultipart()) throw problem('media_type_unsupported', { status: 415 });
  const fields: Record<string, unknown> = {};
  let file: Omit<Upload, 'fields'> | undefined;
  for await (const part of request.parts({ limits: { fileSize: FILE_LIMIT, files: 1 } })) {
    if (part.type === 'file') file = await receiveFile(ctx, store, part);
    else if (part.value !== '') fields[part.fieldname] = part.value;
  }
  if (!file) throw problem('file_required', { status: 422, errors: [{ path: 'file', code: 'required' }] });
  return { ...file, fields };
}

async function receiveFile(
  ctx: Context,
  store: FileStore,
  part: MultipartFile,
): Promise<Omit<Upload, 'fields'>> {
  const name = cleanName(part.filename);
  const staged = await stage(store, part.file);
  try {
    if (part.file.truncated)
      throw problem('file_too_large', { status: 413, params: { max: FILE_LIMIT / 1024 / 1024 } });
    if (staged.size === 0) throw problem('file_empty', { status: 422 });
    const { mime, kind } = await contentTypeOf(staged.path, name, part.mimetype);
    const id = uuidv7();
    await ctx.db.transaction().execute(async (tx) => {
      // The nightly cleaning takes the same lock: content is not removed while it is being kept again.
      await sql`select pg_advisory_xact_lock(hashtextextended(${staged.digest}, 0))`.execute(tx);
      await store.keep(staged.path, staged.digest);
      await sql`insert into stored_file (id, digest, size, mime, kind, created_by)
        values (${id}, ${staged.digest}, ${staged.size}, ${mime}, ${kind}, ${ctx.principal.userId})`.execute(
        tx,
      );
    });
    return { id, name, digest: staged.digest };
  } finally {
    await rm(staged.path, { force: true });
  }
}

/** A file name without path or control characters, at most 255 characters with its ending kept. */
export function cleanName(given: string | undefined): string {
  const name = basename((given ?? '').replaceAll('\\', '/'))
    .replace(/[\p{Cc}\p{Cf}]/gu, '')
    .normalize('NFC')
    .trim();
  if (name === '' || name === '.' || name === '..') return 'file';
  if (name.length <= 255) return name;
  const ending = /\.[^.]{1,20}$/.exec(name)?.[0] ?? '';
  return name.slice(0, 255 - ending.length) + ending;
}
