import { sql } from 'kysely';
import type { Context } from '../context/context.ts';
import type { Services } from '../context/services.ts';
import { errorText } from '../i18n/translations.ts';
import { stagedPath } from './folders.ts';
import { reasonText } from './result-file.ts';
import { stagedRows } from './staged-file.ts';
import { type ImportRecord, sumCounts } from './store.ts';
import type { Outcome, Reason } from './types.ts';

/** An import as the browser sees it. */
export async function wireImport(ctx: Context, record: ImportRecord) {
  const { words } = ctx.registry;
  const running = record.state === 'running' || record.state === 'undoing';
  const counts = record.counts ?? (record.started_at ? await sumCounts(ctx.db, record.id) : record.checked);
  const done = running
    ? (await sumCounts(ctx.db, record.id)).total
    : record.state === 'done'
      ? Number(record.total ?? 0)
      : 0;
  return {
    id: record.id,
    entity: record.entity,
    fileName: record.file_name,
    state: record.state,
    mapping: record.mapping,
    options: record.options,
    progress: { done, total: record.total, searchable: Number(record.searchable) },
    counts: counts && {
      total: counts.total,
      created: counts.created,
      updated: counts.updated,
      skipped: counts.skipped,
      failed: counts.failed,
    },
    checked: record.checked,
    conflicts: record.conflicts ?? [],
    error: record.error_code && {
      code: record.error_code,
      detail: errorText(words, ctx.principal.language, record.error_code, record.error_params ?? {}),
    },
    jobId: record.job_id,
    createdBy: record.created_by,
    createdAt: record.created_at,
    finishedAt: record.finished_at,
  };
}

interface ShownRow {
  line: number;
  outcome: Outcome;
  recordId: string | null;
  reasons: { field: string; code: string; message: string }[];
  cells: string[] | null;
}

/** What became of the lines, a page at a time; before the import runs, what will become of them. */
export async function importRows(
  ctx: Context,
  services: Services,
  record: ImportRecord,
  { outcome, after, limit }: { outcome?: Outcome | undefined; after: number; limit: number },
): Promise<{ items: ShownRow[]; nextCursor: string | null }> {
  const rows = record.started_at
    ? await writtenRows(ctx, record.id, outcome, after, limit + 1)
    : await plannedRows(services, record.id, outcome, after, limit + 1);
  const items = rows.slice(0, limit).map(({ line, outcome: became, id, reasons, cells }) => ({
    line,
    outcome: became,
    recordId: id,
    reasons: (reasons ?? []).map((reason) => ({
      field: reason.path,
      code: reason.code,
      message: reasonText(ctx, record.entity, reason),
    })),
    cells,
  }));
  return { items, nextCursor: rows.length > limit ? String(items.at(-1)?.line) : null };
}

interface FoundRow {
  line: number;
  outcome: Outcome;
  id: string | null;
  reasons: Reason[] | null;
  cells: string[] | null;
}

async function writtenRows(
  ctx: Context,
  id: string,
  outcome: Outcome | undefined,
  after: number,
  limit: number,
): Promise<FoundRow[]> {
  const { rows } = await sql<FoundRow>`select line, outcome, record_id as id, reasons, cells from import_row
    where import_id = ${id} and part = 0 and line > ${after} ${outcome ? sql`and outcome = ${outcome}` : sql``}
    order by line limit ${limit}`.execute(ctx.db);
  return rows;
}

const BECOMES = {
  create: 'created',
  update: 'updated',
  skip: 'skipped',
  fail: 'failed',
  join: 'created',
} as const;

async function plannedRows(
  services: Services,
  id: string,
  outcome: Outcome | undefined,
  after: number,
  limit: number,
): Promise<FoundRow[]> {
  const found: FoundRow[] = [];
  try {
    for await (const row of stagedRows(stagedPath(services, id))) {
      if (!row || row.line <= after || (outcome && BECOMES[row.action] !== outcome)) continue;
      found.push({
        line: row.line,
        outcome: BECOMES[row.action],
        id: row.id ?? null,
        reasons: row.reasons ?? null,
        cells: row.cells ?? null,
      });
      if (found.length === limit) break;
    }
  } catch (error) {
    if ((error as { code?: string }).code !== 'ENOENT') throw error;
  }
  return found;
}
