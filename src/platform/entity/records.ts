import { type SqlBool, sql } from 'kysely';
import { rowInScope, scopeCondition, shareLevel } from '../access/where.ts';
import type { Context } from '../context/context.ts';
import { inTransaction } from '../context/transaction.ts';
import { PREPARED } from '../db/connection.ts';
import { uuidv7 } from '../db/uuid.ts';
import { type FieldProblem, forbidden, notFound, ProblemError, problem } from '../errors/problem.ts';
import { refuseMerged, survivorOf } from '../merge/alias.ts';
import { warnOfUnrated } from '../rates/unrated.ts';
import type { Draft, Row } from './behaviour.ts';
import { setDeleted } from './bin.ts';
import {
  checkFieldRights,
  checkOptions,
  checkRequired,
  fillDefaults,
  mayCreate,
  resolveReferences,
  scopeColumnsOf,
} from './check.ts';
import { entityColumns } from './columns.ts';
import { insertDrafts } from './insert.ts';
import { heldRecords, recordLocked, requireFree } from './lock.ts';
import type { WireRecord } from './meta.shared.ts';
import { checkParts, draftParts } from './parts/check.ts';
import { withParts } from './parts/read.ts';
import { entityNamed, rootField } from './registry.ts';
import { bodySchemas, parseBody } from './schema.ts';
import { selectRows, visibleFields } from './select.ts';
import type { ScopedDraft, Stored, StoreOptions } from './stored.ts';
import type { Action, Entity, Field } from './types.ts';
import { updateDrafts } from './update.ts';
import { toWire, worthOf } from './wire.ts';

export type SavedRecord = WireRecord & { warnings?: FieldProblem[] };

/** One record as the caller may see it; outside his scope it does not exist. */
export async function readRecord(
  ctx: Context,
  entityName: string,
  id: string,
  options: { deleted?: boolean } = {},
): Promise<WireRecord> {
  const entity = entityNamed(ctx.registry, entityName);
  const policy = ctx.policies.for(entityName);
  if (!policy.can('read')) throw forbidden();
  const fields = visibleFields(ctx, entity);
  const scope = scopeCondition(entity, policy.scope('read'), ctx.principal);
  const condition = options.deleted ? scope : sql<SqlBool>`t.deleted_at is null and ${scope}`;
  const [row] = await selectRows(ctx, entity, [id], fields, condition);
  if (!row) {
    // What has become part of another record is read as that one.
    const survivor = await survivorOf(ctx, entityName, id);
    if (!survivor) throw notFound(entityName);
    return readRecord(ctx, entityName, survivor, options);
  }
  const record = toWire(policy, row, fields);
  const inOwn = worthOf(ctx.currency, record, row, fields);
  return withParts(ctx, entity, Object.keys(inOwn).length ? { ...record, inOwn } : record);
}

/** Creates a record from a wire body. Throws `invalid` with every offending field. */
export async function createRecord(ctx: Context, entityName: string, body: unknown): Promise<SavedRecord> {
  const entity = entityNamed(ctx.registry, entityName);
  if (!ctx.policies.for(entityName).can('create')) throw forbidden();
  const values = parseBody(bodySchemas(entity).create, body) as Record<string, unknown>;
  return inTransaction(ctx, async (inner) => {
    const [draft] = await createDrafts(inner, entity, [values]);
    throwProblems(draft as Draft);
    return withWarnings(await readOwn(inner, entity, (draft as Draft).id), draft as Draft);
  });
}

/**
 * Creates many records whose values are already in wire form. Drafts with problems are not stored and say why; the others
 * are. The caller decides whether one problem spoils the whole.
 */
export async function createDrafts(
  ctx: Context,
  entity: Entity,
  values: Record<string, unknown>[],
  options: StoreOptions = {},
): Promise<Draft[]> {
  const drafts = values.map(
    (each): Draft => ({ id: uuidv7(), before: null, values: { ...each }, problems: [], warnings: [] }),
  );
  await draftParts(ctx, entity, drafts);
  checkFieldRights(ctx, entity, drafts, options);
  checkOptions(entity, drafts);
  fillDefaults(ctx, entity, drafts);
  const scoped = await prepared(ctx, entity, drafts);
  for (const { draft, scope } of scoped) {
    checkRequired(entity, draft);
    if (!draft.problems.length && !mayCreate(ctx, entity, scope))
      draft.problems.push({ path: 'owner', code: 'outside_scope' });
  }
  if (options.checkOnly) return drafts;
  const good = await readied(ctx, entity, scoped);
  const stored = await naming(ctx, () => insertDrafts(ctx, entity, good, options));
  await ctx.behaviours.get(entity.name)?.afterSave?.(
    ctx,
    stored.map(({ draft }) => draft),
  );
  return drafts;
}

/** Checks references, lets the module complete the drafts, and derives who will see them. */
async function prepared(ctx: Context, entity: Entity, drafts: Draft[]): Promise<ScopedDraft[]> {
  await ctx.behaviours.get(entity.name)?.prepare?.(ctx, drafts);
  await checkParts(ctx, entity, drafts);
  const found = await resolveReferences(ctx, entity, drafts);
  await warnOfUnrated(ctx, entity, drafts);
  return drafts.map((draft) => {
    const scope = scopeColumnsOf(ctx, entity, draft, found);
    // What follows from owner and root is a change like any other: it is audited, and undone.
    if (scope) draft.values.department = scope.department_id;
    return { draft, scope };
  });
}

/** Those of the drafts that nothing forbids to save, with what has to stand before them. */
async function readied(ctx: Context, entity: Entity, scoped: readonly ScopedDraft[]): Promise<ScopedDraft[]> {
  const isGood = ({ draft }: ScopedDraft) => draft.problems.length === 0;
  const good = scoped.filter(isGood);
  await ctx.behaviours.get(entity.name)?.beforeSave?.(
    ctx,
    good.map(({ draft }) => draft),
  );
  return good.filter(isGood);
}

/**
 * Changes a record. `version` is the one the caller saw: if the record has changed since, nothing is written and the
 * conflict carries the current record, so that both can be shown.
 */
export async function updateRecord(
  ctx: Context,
  entityName: string,
  id: string,
  body: unknown,
  version: number | null,
): Promise<SavedRecord> {
  const entity = entityNamed(ctx.registry, entityName);
  const values = parseBody(bodySchemas(entity).patch, body) as Record<string, unknown>;
  return inTransaction(ctx, async (inner) => {
    const [row] = await lockRows(inner, entity, [id], { roots: rootsIn(entity, [values]) });
    if (!row) throw notFound(entityName);
    requireScope(inner, entity, 'update', row);
    if (version !== null && row.version !== version) {
      throw problem('version_conflict', {
        status: 412,
        extra: { current: await readOwn(inner, entity, id) },
      });
    }
    const { drafts } = await changeRows(inner, entity, [{ row, values }]);
    throwProblems(drafts[0] as Draft);
    return withWarnings(await readOwn(inner, entity, id), drafts[0] as Draft);
  });
}

/**
 * Changes locked rows; drafts with problems are not stored and say why. What something else holds (`holder` is who asks) is
 * left as it is.
 */
export async function changeRows(
  ctx: Context,
  entity: Entity,
  changes: { row: Row; values: Record<string, unknown> }[],
  options: StoreOptions & { action?: string; holder?: string } = {},
): Promise<{ drafts: Draft[]; stored: Stored[] }> {
  const drafts = changes.map(
    ({ row, values }): Draft => ({
      id: row.id as string,
      before: row,
      values: { ...values },
      problems: [],
      warnings: [],
    }),
  );
  await draftParts(ctx, entity, drafts);
  checkFieldRights(ctx, entity, drafts);
  checkOptions(entity, drafts);
  for (const draft of drafts) if (moves(draft)) checkTransfer(ctx, entity, draft);
  // Sent along with what preparing asks: it costs no journey of its own.
  const [held, scoped] = await Promise.all([
    heldRecords(
      ctx,
      entity,
      drafts.map(({ id }) => id),
      options.holder,
    ),
    prepared(ctx, entity, drafts),
  ]);
  for (const draft of drafts)
    if (held.has(draft.id)) draft.problems.push({ path: '', code: 'record_locked' });
  for (const draft of drafts) checkRequired(entity, draft);
  if (options.checkOnly) return { drafts, stored: [] };
  const good = await readied(ctx, entity, scoped);
  const stored = await naming(ctx, () => updateDrafts(ctx, entity, good, options));
  await ctx.behaviours.get(entity.name)?.afterSave?.(
    ctx,
    stored.map(({ draft }) => draft),
  );
  return { drafts, stored };
}

const moves = ({ values, before }: Draft) =>
  ('owner' in values && values.owner !== before?.owner_id) ||
  ('department' in values && values.department !== before?.department_id);

/** Giving a record to someone else is a right of its own. */
function checkTransfer(ctx: Context, entity: Entity, draft: Draft): void {
  if (entity.scope.kind === 'open') return;
  const scope = ctx.policies
    .for(entity.name)
    .scope(entity.without?.includes('transfer') ? 'update' : 'transfer');
  if (!rowInScope(scope, draft.before ?? {}))
    draft.problems.push({ path: 'owner', code: 'transfer_forbidden' });
}

/**
 * Rows the caller may read, locked against others until the transaction ends, in a fixed order so that none deadlock: what they
 * hang on first, because giving that away or deleting it goes on to them. Keys never change, so the check of a reference to
 * such a row need not wait for the lock.
 * @param options.roots ids the rows are about to be hung on, see `rootsIn`
 */
export async function lockRows(
  ctx: Context,
  entity: Entity,
  ids: readonly string[],
  options: { deleted?: boolean; roots?: readonly string[] } = {},
): Promise<Row[]> {
  const root = rootField(entity);
  if (root && (options.deleted || options.roots?.length)) await lockRoots(ctx, entity, root, ids, options);
  const policy = ctx.policies.for(entity.name);
  const scope = scopeCondition(entity, policy.scope('read'), ctx.principal);
  const share =
    ctx.principal.hasShares && entity.scope.kind !== 'open'
      ? sql`, ${shareLevel(entity, ctx.principal)} as _share`
      : sql``;
  const bin = options.deleted ? sql`t.deleted_at is not null` : sql`t.deleted_at is null`;
  const { rows } =
    await sql<Row>`${sql.raw(PREPARED)}select ${allColumns(entity)} ${share} from ${sql.table(entity.table)} t
    where t.id = any(${ids}::uuid[]) and ${bin} and ${scope} order by t.id for no key update of t`.execute(
      ctx.db,
    );
  return rows;
}

/** What changes hang their records on, for `lockRows`. */
export function rootsIn(entity: Entity, changes: readonly Record<string, unknown>[]): string[] {
  const name = rootField(entity)?.name ?? '';
  return [...new Set(changes.flatMap((values) => (typeof values[name] === 'string' ? [values[name]] : [])))];
}

/** Records from the bin come back only where what they hung on is there. */
async function lockRoots(
  ctx: Context,
  entity: Entity,
  root: Field,
  ids: readonly string[],
  { deleted, roots = [] }: { deleted?: boolean; roots?: readonly string[] },
): Promise<void> {
  const target = entityNamed(ctx.registry, root.to as string);
  const former = deleted
    ? sql`union select ${sql.ref(root.column)} from ${sql.table(entity.table)} where id = any(${ids}::uuid[])`
    : sql``;
  await sql`select from ${sql.table(target.table)} where id in (select unnest(${roots}::uuid[]) ${former})
    order by id for share`.execute(ctx.db);
}

/** Named, not `*`: a prepared `*` fails once the administrator has added a column. */
const allColumns = (entity: Entity) =>
  sql.join(entityColumns(entity).map((column) => sql.ref(`t.${column.name}`)));

/** Throws unless the action holds on this row. */
export function requireScope(ctx: Context, entity: Entity, action: Action, row: Row): void {
  if (!rowInScope(ctx.policies.for(entity.name).scope(action), row, action === 'update')) throw forbidden();
}

/** Moves a record to the recycle bin. */
export async function deleteRecord(
  ctx: Context,
  entityName: string,
  id: string,
  version: number | null,
): Promise<void> {
  const entity = entityNamed(ctx.registry, entityName);
  await inTransaction(ctx, async (inner) => {
    const [row] = await lockRows(inner, entity, [id]);
    if (!row) throw notFound(entityName);
    requireScope(inner, entity, 'delete', row);
    if (version !== null && row.version !== version) {
      throw problem('version_conflict', {
        status: 412,
        extra: { current: await readOwn(inner, entity, id) },
      });
    }
    await requireFree(inner, entity, [id]);
    await ctx.behaviours.get(entity.name)?.beforeDelete?.(inner, [row]);
    await setDeleted(inner, entity, [row], true);
  });
}

/** Brings a record back from the recycle bin. A unique value taken meanwhile is named. */
export async function restoreRecord(ctx: Context, entityName: string, id: string): Promise<WireRecord> {
  const entity = entityNamed(ctx.registry, entityName);
  return inTransaction(ctx, async (inner) => {
    const [row] = await lockRows(inner, entity, [id], { deleted: true });
    if (!row) throw notFound(entityName);
    requireScope(inner, entity, 'delete', row);
    await restoreRows(inner, entity, [row]);
    return readOwn(inner, entity, id);
  });
}

/**
 * Brings locked rows back from the recycle bin, with what went there with them. Throws `not_unique` naming the field, and
 * `root_deleted` for what hangs on a record that is in the recycle bin itself.
 */
export async function restoreRows(ctx: Context, entity: Entity, rows: Row[], action?: string): Promise<void> {
  await refuseMerged(ctx, rows);
  await requireRoots(ctx, entity, rows);
  await naming(ctx, () => setDeleted(ctx, entity, rows, false, action));
}

async function requireRoots(ctx: Context, entity: Entity, rows: Row[]): Promise<void> {
  const root = rootField(entity);
  const ids = root ? [...new Set(rows.flatMap((row) => (row[root.column] as string | null) ?? []))] : [];
  if (!root || ids.length === 0) return;
  const target = entityNamed(ctx.registry, root.to as string);
  const { rows: there } = await sql`select id from ${sql.table(target.table)}
    where id = any(${ids}::uuid[]) and deleted_at is null order by id for share`.execute(ctx.db);
  if (there.length < ids.length)
    throw problem('root_deleted', { status: 409, params: { entity: target.label[ctx.principal.language] } });
}

/** The record after one's own change: shown even where the change took it out of one's scope. */
async function readOwn(ctx: Context, entity: Entity, id: string): Promise<WireRecord> {
  const policy = ctx.policies.for(entity.name);
  const fields = visibleFields(ctx, entity);
  const [row] = await selectRows(ctx, entity, [id], fields);
  return withParts(ctx, entity, toWire(policy, row as Row, fields));
}

function withWarnings(record: WireRecord, draft: Draft): SavedRecord {
  return draft.warnings.length ? { ...record, warnings: draft.warnings } : record;
}

const FORBIDDEN_CODES = new Set(['field_not_writable', 'transfer_forbidden', 'outside_scope']);

function throwProblems({ problems }: Draft): void {
  if (problems.length === 0) return;
  if (problems.some((each) => each.code === 'record_locked')) throw recordLocked();
  const rights = problems.every((each) => FORBIDDEN_CODES.has(each.code));
  throw new ProblemError(rights ? (problems[0] as FieldProblem).code : 'invalid', {
    status: rights ? 403 : 422,
    errors: problems,
  });
}

const UNIQUE_VIOLATION = '23505';

/** Turns a broken unique index `<table>_<column…>_unique` into a problem that names the fields. */
async function naming<T>(ctx: Context, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    const { code, constraint, table } = error as { code?: string; constraint?: string; table?: string };
    const entity = ctx.registry.entities.find((each) => each.table === table);
    if (code !== UNIQUE_VIOLATION || !entity) throw error;
    const fields = (entity.unique ?? []).find((names) => constraint === uniqueIndexName(entity, names));
    const paths = fields ?? [entity.title];
    throw problem('not_unique', { status: 409, errors: paths.map((path) => ({ path, code: 'not_unique' })) });
  }
}

/** The name of the index that keeps a set of fields unique. */
export function uniqueIndexName(entity: Pick<Entity, 'table' | 'fields'>, names: readonly string[]): string {
  return `${entity.table}_${names.map((name) => entity.fields[name]?.column ?? name).join('_')}_unique`;
}
