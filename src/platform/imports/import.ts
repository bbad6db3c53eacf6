import { mkdir, rm, stat } from 'node:fs/promises';
import { sql } from 'kysely';
import { writeAudit } from '../audit/audit.ts';
import type { Context } from '../context/context.ts';
import type { Services } from '../context/services.ts';
import { problem } from '../errors/problem.ts';
import { importFolder, KEPT_DAYS, sourcePath, stagedPath } from './folders.ts';
import { exclusively } from './lease.ts';
import { type ImportPlan, planImport } from './plan.ts';
import { openSource, requireImport, tabular } from './propose.ts';
import { commitStaged, indexImported } from './run.ts';
import { stageFile } from './stage.ts';
import { type ImportRecord, importOf, sumCounts, updateImport } from './store.ts';
import type { CheckSummary } from './types.ts';
import { type UndoResult, undoImported } from './undo.ts';

/** The caller's context for the work of one import: its changes bear the import as their cause. */
export function importContext(ctx: Context, id?: string): Context {
  return { ...ctx, principal: { ...ctx.principal, cause: { kind: 'import', ...(id ? { id } : {}) } } };
}

function planOf(
  ctx: Context,
  { entity, mapping, options }: Pick<ImportRecord, 'entity' | 'mapping' | 'options'>,
): ImportPlan {
  requireImport(ctx, entity);
  return planImport(ctx, entity, mapping, options);
}

/**
 * Checks a whole file as it would be imported; changes nothing. Every row gets its outcome.
 * @param staged where the checked rows are kept; a file beside it may come and go
 */
export async function checkFile(
  ctx: Context,
  source: Pick<ImportRecord, 'entity' | 'mapping' | 'options' | 'file_path'>,
  staged: string,
  progress?: (done: number) => Promise<void> | void,
): Promise<CheckSummary> {
  const plan = planOf(ctx, source);
  const table = await openSource(source.file_path, source.options);
  try {
    const summary = await tabular(() => stageFile(importContext(ctx), plan, table.rows(), staged, progress));
    if (summary.total === 0) throw problem('file_without_rows');
    summary.ignored = source.mapping.filter(({ field }) => field === null).map(({ header }) => header);
    return summary;
  } finally {
    await table.close();
  }
}

export interface ImportProgress {
  phase: 'checking' | 'committing' | 'indexing';
  done: number;
  total: number | null;
  searchable: number;
}
export type OnProgress = (progress: ImportProgress) => Promise<void> | void;

/** Checks the file of an import and keeps what was found. */
export async function checkImport(
  ctx: Context,
  services: Services,
  id: string,
  onProgress: OnProgress = () => {},
): Promise<ImportRecord> {
  return exclusively(services, id, async () => {
    const record = await importOf(ctx, id);
    await claim(ctx, record, 'checking', ['mapping', 'checking', 'checked', 'failed']);
    await mkdir(importFolder(services, id), { recursive: true });
    try {
      const checked = await checkFile(ctx, record, stagedPath(services, id), (done) =>
        onProgress({ phase: 'checking', done, total: null, searchable: 0 }),
      );
      return (await updateImport(ctx.db, id, { state: 'checked', checked, total: checked.total }))!;
    } catch (error) {
      await updateImport(ctx.db, id, { state: 'mapping' });
      throw error;
    }
  });
}

async function claim(
  ctx: Context,
  record: ImportRecord,
  state: ImportRecord['state'],
  from: ImportRecord['state'][],
): Promise<void> {
  const claimed = await updateImport(
    ctx.db,
    record.id,
    { state, error_code: null, error_params: null },
    from,
  );
  if (!claimed) throw problem('import_in_state', { status: 409, params: { state: record.state } });
}

/**
 * Brings a checked import in, or goes on with one that was interrupted. What is committed stays, whatever happens; the
 * answer is complete when everything is also searchable.
 */
export async function runImport(
  ctx: Context,
  services: Services,
  id: string,
  onProgress: OnProgress = () => {},
): Promise<ImportRecord> {
  return exclusively(services, id, async () => {
    const record = await importOf(ctx, id);
    const staged = stagedPath(services, id);
    const { checked } = record;
    const there = await stat(staged).then(
      () => true,
      () => false,
    );
    if (!checked || !there) throw problem('import_not_checked', { status: 409 });
    await claim(ctx, record, 'running', ['checked', 'running']);
    const own = importContext(ctx, id);
    const total = checked.total;
    const plan = planOf(own, record);
    const first = !record.started_at;
    if (first) {
      await sql`update import set started_at = now() where id = ${id}`.execute(ctx.db);
      await writeAudit(own, {
        action: 'import',
        entity: record.entity,
        recordId: id,
        note: `${record.file_name} ${total}`,
      });
    }
    await commitStaged(own, id, plan, staged, checked, (done) =>
      onProgress({ phase: 'committing', done, total, searchable: 0 }),
    );
    const counts = await sumCounts(ctx.db, id);
    await updateImport(ctx.db, id, { counts });
    let searchable = 0;
    await indexImported(own, id, async (rows) => {
      searchable += rows;
      await sql`update import set searchable = ${searchable} where id = ${id}`.execute(ctx.db);
      await onProgress({ phase: 'indexing', done: total, total, searchable });
    });
    const done = await updateImport(ctx.db, id, {
      state: 'done',
      counts,
      searchable: total,
      finished_at: Temporal.Now.instant().toString(),
    });
    // Nothing reads them any more; a file of one's own that the command line was given stays where it is.
    await rm(staged, { force: true });
    await rm(sourcePath(services, id), { force: true });
    return done as ImportRecord;
  });
}

/** Takes an import back. Can be called again when it was interrupted; a second time it has nothing to do. */
export async function undoImport(
  ctx: Context,
  services: Services,
  id: string,
  onProgress: (done: number) => Promise<void> | void = () => {},
): Promise<UndoResult> {
  return exclusively(services, id, async () => {
    const record = await importOf(ctx, id);
    requireImport(ctx, record.entity);
    if (record.state === 'undone') return { removed: 0, restored: 0, conflicts: record.conflicts ?? [] };
    requireJournal(record);
    await claim(ctx, record, 'undoing', ['done', 'running', 'undoing', 'failed']);
    const own = { ...ctx, principal: { ...ctx.principal, cause: { kind: 'undo' as const, id } } };
    const result = await undoImported(own, id, onProgress);
    const conflicts = [...(record.conflicts ?? []), ...result.conflicts];
    await updateImport(ctx.db, id, { state: 'undone', conflicts });
    await writeAudit(own, {
      action: 'import_undone',
      entity: record.entity,
      recordId: id,
      note: record.file_name,
    });
    return { ...result, conflicts };
  });
}

/** Throws once it is no longer known what the lines did. */
export function requireJournal(record: ImportRecord): void {
  if (record.journal_removed_at)
    throw problem('import_too_old', { status: 409, params: { days: KEPT_DAYS } });
}
