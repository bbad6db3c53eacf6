import { sql } from 'kysely';
import type { Context } from '../context/context.ts';
import type { Services } from '../context/services.ts';
import { titlesOf } from '../entity/titles.ts';
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
  /** What the record is called, or will be. */
  title: string | null;
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
  const page = rows.slice(0, limit);
  const ids = new Set(page.flatMap(({ id }) => id ?? []));
  const titles = await titlesOf(ctx, new Map([[record.entity, ids]]));
  const titleField = ctx.registry.byName.get(record.entity)?.title ?? '';
  // What gets its title only once it is written is told apart by its number.
  const nameOf = (values: Record<string, unknown> | null | undefined) =>
    textOf(values?.[titleField]) || textOf(values?.number);
  const items = page.map(({ line, outcome: became, id, values, reasons, cells }) => ({
    line,
    outcome: became,
    recordId: id,
    title: (id && titles.get(id)) || nameOf(values),
    reasons: (reasons ?? []).map((reason) => ({
      field: reason.path,
      code: reason.code,
      message: reasonText(ctx, record.entity, reason),
    })),
    cells,
  }));
  return { items, nextCursor: rows.length > limit ? String(page.at(-1)?.at) : null };
}

const textOf = (value: unknown): string | null => (typeof value === 'string' ? value : null);

interface FoundRow {
  /** Where the next page goes on. */
  at: number;
  line: number;
  outcome: Outcome;
  id: string | null;
  values?: Record<string, unknown> | undefined;
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
  const { rows } =
    await sql<FoundRow>`select line as at, line, outcome, record_id as id, reasons, cells from import_row
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

/** Rows wait in the order in which they will be written, parents first: pages go by their place, not by their line. */
async function plannedRows(
  services: Services,
  id: string,
  outcome: Outcome | undefined,
  after: number,
  limit: number,
): Promise<FoundRow[]> {
  const found: FoundRow[] = [];
  let at = 0;
  try {
    for await (const row of stagedRows(stagedPath(services, id))) {
      if (!row) continue;
      at += 1;
      if (at <= after || (outcome && BECOMES[row.action] !== outcome)) continue;
      found.push({
        at,
        line: row.line,
        outcome: BECOMES[row.action],
        id: row.id ?? null,
        values: row.values,
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
