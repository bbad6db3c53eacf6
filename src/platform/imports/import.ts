import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { mkdir, rm, stat } from 'node:fs/promises';
import { basename, join, resolve } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { sql } from 'kysely';
import { writeAudit } from '../audit/audit.ts';
import type { Context } from '../context/context.ts';
import type { Services } from '../context/services.ts';
import { uuidv7 } from '../db/uuid.ts';
import { entityNamed } from '../entity/registry.ts';
import type { Entity } from '../entity/types.ts';
import { forbidden, problem } from '../errors/problem.ts';
import { TableError, type TableNotice } from '../tabular/errors.ts';
import { openTable } from '../tabular/read.ts';
import type { Table } from '../tabular/table.ts';
import { matchHeaders, type Proposal } from './headers.ts';
import { type ImportPlan, planImport } from './plan.ts';
import { isKey, lookAt, questionsOf, settled } from './questions.ts';
import { commitStaged, indexImported } from './run.ts';
import { stageFile } from './stage.ts';
import { type ImportRecord, importOf, insertImport, sumCounts, updateImport } from './store.ts';
import type { CheckSummary, ColumnMapping, ImportOptions, Question } from './types.ts';
import { type UndoResult, undoImported } from './undo.ts';

export const DEFAULT_OPTIONS: ImportOptions = { mode: 'create', onDuplicate: 'skip', createMissing: [] };

/** What is known of a file before it is imported: how its columns are understood, and what is still open. */
export interface FileProposal {
  headers: string[];
  samples: string[][];
  sheetNames: string[];
  sheet: string | undefined;
  mapping: Proposal[];
  notices: TableNotice[];
  questions: Question[];
}

/** Throws unless the caller may import records of this type at all. */
export function requireImport(ctx: Context, entityName: string): Entity {
  const entity = entityNamed(ctx.registry, entityName);
  const policy = ctx.policies.for(entityName);
  if (!policy.can('import')) throw forbidden('import_forbidden');
  return entity;
}

/** Opens a file; what is wrong with it becomes an expected failure with the table's own code. */
export async function openSource(
  path: string,
  options: Pick<ImportOptions, 'sheet' | 'encoding' | 'headerLine'>,
): Promise<Table> {
  const { sheet, encoding, headerLine } = options;
  return tabular(() =>
    openTable(path, {
      ...(sheet ? { sheet } : {}),
      ...(encoding ? { encoding } : {}),
      ...(headerLine ? { headerLine } : {}),
    }),
  );
}

async function tabular<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof TableError) throw problem(error.code, { params: error.params });
    throw error;
  }
}

/** Relations whose missing targets are made unless the person says otherwise: tags, and a person's department and manager. */
export function defaultCreateMissing(ctx: Context, entity: Entity): string[] {
  const made = (to: string | undefined) =>
    to === 'tag' || (entity.name === 'user' && (to === 'department' || to === 'user'));
  const own = entity.fieldList.filter(({ to, readOnly }) => made(to) && !readOnly).map(({ name }) => name);
  const contact = ctx.registry.byName.get('contact');
  const people =
    contact?.fieldList.filter(({ to }) => to === 'tag').map(({ name }) => `contact.${name}`) ?? [];
  return [...own, ...(entity.name === 'customer' ? people : [])];
}

/** Reads the top of a file and proposes how its columns are to be understood. */
export async function proposeImport(
  ctx: Context,
  entityName: string,
  path: string,
  options: ImportOptions,
  chosen: readonly { header: string; field: string | null }[] = [],
): Promise<FileProposal> {
  const entity = requireImport(ctx, entityName);
  if (options.key && !isKey(entity, options.key)) {
    throw problem('invalid', {
      errors: [{ path: 'key', code: 'key_not_usable', params: { key: options.key } }],
    });
  }
  const table = await openSource(path, options);
  try {
    const mapping = withChoices(matchHeaders(ctx, entity, table.headers), chosen);
    planImport(ctx, entityName, mapping, options);
    const look = await tabular(() => lookAt(table, ctx, entity, mapping));
    const ways = settled(look, mapping);
    return {
      headers: table.headers,
      samples: look.samples,
      sheetNames: table.sheetNames,
      sheet: table.sheet,
      mapping: mapping.map((each, at) => ({ ...each, ...ways[at] })),
      notices: table.warnings,
      questions: questionsOf(ctx, entity, mapping, look, options),
    };
  } finally {
    await table.close();
  }
}

/** What a person chose goes before what was recognised; a field chosen for one column is taken from the others. */
function withChoices(
  proposals: Proposal[],
  chosen: readonly { header: string; field: string | null }[],
): Proposal[] {
  const byHeader = new Map(chosen.map(({ header, field }) => [header, field]));
  for (const header of byHeader.keys()) {
    if (!proposals.some((each) => each.header === header)) {
      throw problem('invalid', { errors: [{ path: 'mapping', code: 'unknown_column', params: { header } }] });
    }
  }
  const taken = new Set([...byHeader.values()].filter((field) => field !== null));
  return proposals.map((each) => {
    const field = byHeader.get(each.header);
    if (field !== undefined) return { ...each, field, confidence: 1 };
    return each.field !== null && taken.has(each.field) ? { ...each, field: null, confidence: 0 } : each;
  });
}

export const importsFolder = (services: Pick<Services, 'dataDir'>) => join(services.dataDir, 'imports');
/** What belongs to one import: the file sent, its rows as checked, the rows that failed. */
export const importFolder = (services: Pick<Services, 'dataDir'>, id: string) =>
  join(importsFolder(services), id);
/** Where the checked rows of an import wait for being brought in. */
export const stagedPath = (services: Pick<Services, 'dataDir'>, id: string) =>
  join(importFolder(services, id), 'staged.ndjson');

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
  names: { id?: string; fileName?: string } = {},
): Promise<ImportRecord> {
  return insertImport(ctx, {
    ...(names.id ? { id: names.id } : {}),
    entity,
    file_name: names.fileName ?? basename(path),
    file_path: resolve(path),
    file_digest: await fileDigest(path),
    mapping: [...mapping],
    options,
  });
}

/** The caller's context for the work of one import: its changes bear the import as their cause. */
export function importContext(ctx: Context, id: string): Context {
  return { ...ctx, principal: { ...ctx.principal, cause: { kind: 'import', id } } };
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
    const summary = await tabular(() => stageFile(ctx, plan, table.rows(), staged, progress));
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
  const record = await importOf(ctx, id);
  await claim(ctx, record, 'checking', ['mapping', 'checking', 'checked', 'failed']);
  const staged = stagedPath(services, id);
  await mkdir(importFolder(services, id), { recursive: true });
  try {
    const checked = await checkFile(ctx, record, staged, (done) =>
      onProgress({ phase: 'checking', done, total: null, searchable: 0 }),
    );
    return (await updateImport(ctx.db, id, { state: 'checked', checked, total: checked.total }))!;
  } catch (error) {
    await updateImport(ctx.db, id, { state: 'mapping' });
    throw error;
  }
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
    await commitStaged(own, id, plan, staged, checked.missing, (done) =>
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
    await rm(staged, { force: true });
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

/** Class of the advisory locks that say which import is being worked on, in whatever process. */
const AT_WORK = 7_245_060;
const LOCK_TRIES = 12;
const LOCK_PAUSE_MS = 250;

/** One process at a time works on an import; another is told so. The lock ends with the process that holds it. */
async function exclusively<T>(services: Services, id: string, work: () => Promise<T>): Promise<T> {
  const client = await services.pool.connect();
  try {
    // Of a process that was killed the database notices only after a moment that it is gone.
    let free = false;
    for (let tries = 0; tries < LOCK_TRIES && !free; tries += 1) {
      if (tries > 0) await delay(LOCK_PAUSE_MS);
      const { rows } = await client.query<{ free: boolean }>(
        'select pg_try_advisory_lock($1, hashtext($2)) as free',
        [AT_WORK, id],
      );
      free = rows[0]?.free ?? false;
    }
    if (!free) throw problem('import_at_work', { status: 409 });
    try {
      return await work();
    } finally {
      await client.query('select pg_advisory_unlock($1, hashtext($2))', [AT_WORK, id]);
    }
  } finally {
    client.release();
  }
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

/** A folder for a check that leaves nothing behind. */
export const passingFolder = (services: Pick<Services, 'dataDir'>) =>
  importFolder(services, `check-${uuidv7()}`);
