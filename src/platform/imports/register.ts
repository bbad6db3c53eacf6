import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { basename, resolve } from 'node:path';
import { sql } from 'kysely';
import type { Context } from '../context/context.ts';
import { type ImportRecord, insertImport } from './store.ts';
import type { ColumnMapping, ImportOptions } from './types.ts';

/** SHA-256 of a file's contents. */
export async function fileDigest(path: string): Promise<string> {
  const digest = createHash('sha256');
  for await (const part of createReadStream(path)) digest.update(part as Buffer);
  return digest.digest('hex');
}

/** Enters a file as an import; nothing of it is read into records yet. */
export async function registerImport(
  ctx: Context,
  entity: string,
  path: string,
  options: ImportOptions,
  mapping: readonly ColumnMapping[],
  known: { id?: string; fileName?: string; digest?: string } = {},
): Promise<ImportRecord> {
  return insertImport(ctx, {
    ...(known.id ? { id: known.id } : {}),
    entity,
    file_name: known.fileName ?? basename(path),
    file_path: resolve(path),
    file_digest: known.digest ?? (await fileDigest(path)),
    mapping: [...mapping],
    options,
  });
}

/** An import of the same file, in the same way, that the caller began and something interrupted. */
export async function interruptedImport(
  ctx: Context,
  entity: string,
  digest: string,
  options: ImportOptions,
  mapping: readonly ColumnMapping[],
): Promise<ImportRecord | null> {
  const { rows } =
    await sql<ImportRecord>`select * from import where file_digest = ${digest} and entity = ${entity}
    and state = 'running' and created_by = ${ctx.principal.userId} and options = ${JSON.stringify(options)}::jsonb
    and mapping = ${JSON.stringify(mapping)}::jsonb order by id desc limit 1`.execute(ctx.db);
  return rows[0] ?? null;
}
