import { type RawBuilder, type SqlBool, sql } from 'kysely';
import type { Context, Db } from '../context/context.ts';
import { bulkInsert } from '../db/bulk.ts';
import { uuidv7 } from '../db/uuid.ts';
import { notFound } from '../errors/problem.ts';
import { nobodyAtWork } from './lease.ts';
import type { CheckSummary, ColumnMapping, Counts, ImportOptions, Outcome, Reason } from './types.ts';

export type ImportState =
  | 'mapping'
  | 'checking'
  | 'checked'
  | 'running'
  | 'done'
  | 'failed'
  | 'undoing'
  | 'undone';

/** An import as it is stored. */
export interface ImportRecord {
  id: string;
  entity: string;
  file_name: string;
  file_path: string;
  file_digest: string;
  sheet: string | null;
  state: ImportState;
  mapping: ColumnMapping[];
  options: ImportOptions;
  checked: CheckSummary | null;
  counts: Counts | null;
  total: number | null;
  searchable: number;
  error_code: string | null;
  error_params: Record<string, unknown> | null;
  conflicts: { entity: string; id: string; title: string }[] | null;
  job_id: string | null;
  created_by: string | null;
  created_at: string;
  started_at: string | null;
  finished_at: string | null;
  /** How often something it brought in was erased. */
  erasures: number;
  /** Since when it is no longer known what its lines did. */
  journal_removed_at: string | null;
}

type NewImport = Pick<
  ImportRecord,
  'entity' | 'file_name' | 'file_path' | 'file_digest' | 'mapping' | 'options'
> & { id?: string };

export async function insertImport(ctx: Context, values: NewImport): Promise<ImportRecord> {
  const { rows } = await sql<ImportRecord>`
    insert into import (id, entity, file_name, file_path, file_digest, sheet, mapping, options, created_by)
    values (${values.id ?? uuidv7()}, ${values.entity}, ${values.file_name}, ${values.file_path}, ${values.file_digest},
      ${values.options.sheet ?? null}, ${JSON.stringify(values.mapping)}::jsonb, ${JSON.stringify(values.options)}::jsonb,
      ${ctx.principal.userId}) returning *`.execute(ctx.db);
  return rows[0] as ImportRecord;
}

/** An import of the caller's own, or any for an administrator; to others it does not exist. */
export async function importOf(ctx: Context, id: string): Promise<ImportRecord> {
  const { rows } = await sql<ImportRecord>`select * from import where id = ${id}
    and (created_by = ${ctx.principal.userId} or ${ctx.policies.administrator})`.execute(ctx.db);
  const record = rows[0];
  if (!record) throw notFound('import');
  return record.state === 'checking' ? ((await freeInterrupted(ctx.db)).get(id) ?? record) : record;
}

/** Gives imports back to their people whose check ended with its process; a check changes nothing, so nothing is lost. */
export async function freeInterrupted(db: Db): Promise<Map<string, ImportRecord>> {
  const { rows } =
    await sql<ImportRecord>`update import set state = 'mapping', error_code = 'import_check_interrupted', error_params = null
    where state = 'checking' and ${nobodyAtWork()} returning *`.execute(db);
  return new Map(rows.map((row) => [row.id, row]));
}

const JSON_COLUMNS = new Set(['mapping', 'options', 'checked', 'counts', 'conflicts', 'error_params']);

/** Changes an import's own data; gives null when it is in none of the expected states (someone else was faster). */
export async function updateImport(
  db: Db,
  id: string,
  values: Partial<ImportRecord>,
  from: readonly ImportState[] = [],
): Promise<ImportRecord | null> {
  const sets = Object.entries(values).map(([name, value]) =>
    JSON_COLUMNS.has(name)
      ? sql`${sql.ref(name)} = ${value === null ? null : JSON.stringify(value)}::jsonb`
      : sql`${sql.ref(name)} = ${value}`,
  );
  const expected = from.length ? sql`and state = any(${from})` : sql``;
  const { rows } =
    await sql<ImportRecord>`update import set ${sql.join(sets)} where id = ${id} ${expected} returning *`.execute(
      db,
    );
  return rows[0] ?? null;
}

/** What one line did with one record. */
export interface JournalRow {
  line: number;
  part: number;
  chunk: number;
  outcome: Outcome;
  entity?: string;
  record_id?: string;
  version?: number;
  before?: Record<string, unknown> | null;
  reasons?: Reason[] | undefined;
  cells?: string[] | undefined;
  /** By which the same row of the same file is known again, where nothing else tells records apart. */
  mark?: string | undefined;
}

const ROW_COLUMNS = [
  { name: 'import_id', type: 'uuid' },
  { name: 'line', type: 'integer' },
  { name: 'part', type: 'integer' },
  { name: 'chunk', type: 'integer' },
  { name: 'outcome', type: 'text' },
  { name: 'entity', type: 'text' },
  { name: 'record_id', type: 'uuid' },
  { name: 'version', type: 'integer' },
  { name: 'before', type: 'jsonb' },
  { name: 'reasons', type: 'jsonb' },
  { name: 'cells', type: 'jsonb' },
  { name: 'mark', type: 'bigint' },
] as const;

export async function writeJournal(
  ctx: Context,
  importId: string,
  rows: readonly JournalRow[],
): Promise<void> {
  await bulkInsert(
    ctx.db,
    'import_row',
    ROW_COLUMNS,
    rows.map((row) => ({ ...row, import_id: importId })),
  );
}

/**
 * Every look-up of an import has an index. While the tables grow from nothing their statistics lag behind, and the planner
 * would read them whole for each part; the setting ends with the transaction.
 */
export async function byIndexOnly(ctx: Context): Promise<void> {
  await sql`set local enable_seqscan = off`.execute(ctx.db);
}

/** Claims a part for this transaction; false when it is committed already. */
export async function claimChunk(
  ctx: Context,
  importId: string,
  no: number,
  counts: object,
): Promise<boolean> {
  const { rows } = await sql`insert into import_chunk (import_id, no, counts)
    values (${importId}, ${no}, ${JSON.stringify(counts)}::jsonb) on conflict do nothing returning no`.execute(
    ctx.db,
  );
  return rows.length > 0;
}

/** The lines of each part from first to last: what finds the rows of one part without reading those of all. */
export async function linesOfChunks(
  ctx: Context,
  importId: string,
): Promise<Map<number, { first: number; last: number }>> {
  const { rows } = await sql<{ no: number; first: number; last: number }>`
    select chunk as no, min(line) as first, max(line) as last from import_row
    where import_id = ${importId} group by chunk`.execute(ctx.db);
  return new Map(rows.map(({ no, first, last }) => [no, { first, last }]));
}

/** The condition on rows of one part. */
export function rowsOfChunk(
  importId: string,
  no: number,
  lines: { first: number; last: number } = { first: 0, last: 0 },
): RawBuilder<SqlBool> {
  return sql<SqlBool>`import_id = ${importId} and chunk = ${no} and line between ${lines.first} and ${lines.last}`;
}

/** The sums over all committed parts. */
export async function sumCounts(db: Db, importId: string): Promise<Counts> {
  const { rows } = await sql<Counts>`select
      coalesce(sum((counts->>'total')::bigint), 0)::bigint as total,
      coalesce(sum((counts->>'created')::bigint), 0)::bigint as created,
      coalesce(sum((counts->>'updated')::bigint), 0)::bigint as updated,
      coalesce(sum((counts->>'skipped')::bigint), 0)::bigint as skipped,
      coalesce(sum((counts->>'failed')::bigint), 0)::bigint as failed
    from import_chunk where import_id = ${importId}`.execute(db);
  return rows[0] as Counts;
}
