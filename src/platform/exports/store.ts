import { readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { sql } from 'kysely';
import type { Context } from '../context/context.ts';
import type { Services } from '../context/services.ts';
import { uuidv7 } from '../db/uuid.ts';
import { notFound } from '../errors/problem.ts';
import type { TableFormat } from '../tabular/table.ts';
import type { ExportQuery } from './export.ts';

export interface ExportRecord {
  id: string;
  entity: string;
  format: TableFormat;
  query: ExportQuery;
  state: 'waiting' | 'running' | 'done' | 'failed';
  done: number;
  file_name: string;
  error_code: string | null;
  job_id: string | null;
  created_by: string;
  created_at: string;
  finished_at: string | null;
}

/** Files are kept this long. */
const KEPT_DAYS = 7;
const UUID = /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/;

export const exportPath = (
  services: Pick<Services, 'dataDir'>,
  { id, format }: Pick<ExportRecord, 'id' | 'format'>,
) => join(services.dataDir, 'exports', `${id}.${format}`);

export async function insertExport(
  ctx: Context,
  values: Pick<ExportRecord, 'entity' | 'format' | 'query' | 'file_name'>,
): Promise<ExportRecord> {
  const { rows } =
    await sql<ExportRecord>`insert into export (id, entity, format, query, file_name, created_by)
    values (${uuidv7()}, ${values.entity}, ${values.format}, ${JSON.stringify(values.query)}::jsonb, ${values.file_name},
      ${ctx.principal.userId}) returning *`.execute(ctx.db);
  return rows[0] as ExportRecord;
}

export async function updateExport(
  db: Context['db'],
  id: string,
  values: Partial<ExportRecord>,
): Promise<void> {
  const sets = Object.entries(values).map(([name, value]) => sql`${sql.ref(name)} = ${value}`);
  await sql`update export set ${sql.join(sets)} where id = ${id}`.execute(db);
}

/** An export of the caller's own: nobody else may fetch it, whatever his rights. */
export async function exportOf(ctx: Context, id: string): Promise<ExportRecord> {
  const { rows } = await sql<ExportRecord>`select * from export
    where id = ${id} and created_by = ${ctx.principal.userId} and created_at > now() - make_interval(days => ${KEPT_DAYS})`.execute(
    ctx.db,
  );
  if (!rows[0]) throw notFound('export');
  return rows[0];
}

/** Removes files nobody may fetch any more: of exports whose row went with an erased record. */
export async function sweepExports(services: Services): Promise<{ removed: number }> {
  const folder = join(services.dataDir, 'exports');
  const files = await readdir(folder).catch(() => []);
  const ids = files.map((file) => file.split('.')[0] as string).filter((id) => UUID.test(id));
  // Read after the files: one that is begun meanwhile has its row by then.
  const { rows } = await sql<{
    id: string;
  }>`select id from export where id = any(${ids}::uuid[])`.execute(services.db);
  const known = new Set(rows.map(({ id }) => id));
  const orphans = files.filter((file) => !known.has(file.split('.')[0] as string));
  for (const file of orphans) await rm(join(folder, file), { force: true });
  return { removed: orphans.length };
}

/** Removes files whose time is over. Part of the nightly cleaning. */
export async function cleanExports(services: Services): Promise<void> {
  const { rows } =
    await sql<ExportRecord>`delete from export where created_at < now() - make_interval(days => ${KEPT_DAYS})
    returning id, format`.execute(services.db);
  for (const row of rows) await rm(exportPath(services, row), { force: true });
  await sweepExports(services);
}
