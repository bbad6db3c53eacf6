import { sql } from 'kysely';
import type { Change } from '../audit/audit.ts';
import { writeAudit } from '../audit/audit.ts';
import type { Context } from '../context/context.ts';
import { dayOf } from '../context/day.ts';
import { type BulkColumn, bulkInsert, rowsAsRelation } from '../db/bulk.ts';
import { enterKeys, moveKeys, removeKeys } from '../duplicates/store.ts';
import { emit } from '../events/events.ts';
import { indexRows, removeFromIndex } from '../search/records.ts';
import { writeTimeline } from '../timeline/timeline.ts';
import type { Draft, Row } from './behaviour.ts';
import type { ScopeColumns } from './check.ts';
import { fieldColumns, fromColumns, toColumns } from './columns.ts';
import type { MoneyValue } from './meta.shared.ts';
import { rootField } from './registry.ts';
import type { Entity, Field } from './types.ts';

export interface Stored {
  draft: Draft;
  row: Row;
}

export interface StoreOptions {
  /** Leave the search index to a following batch (large imports). */
  deferSearch?: boolean;
  /** Run every check and write nothing (the dry run of an import). */
  checkOnly?: boolean;
  /** Take over the numbers that records already bear, where ours would be given otherwise (imports). */
  keepNumbers?: boolean;
}

export type ScopedDraft = { draft: Draft; scope: ScopeColumns | null };

/** Writes new records with their audit, event, timeline and search entries; all in the caller's transaction. */
export async function insertDrafts(
  ctx: Context,
  entity: Entity,
  drafts: ScopedDraft[],
  options: StoreOptions = {},
): Promise<Stored[]> {
  if (drafts.length === 0) return [];
  const today = dayOf(ctx);
  const { userId } = ctx.principal;
  const rows: Row[] = drafts.map(({ draft, scope }) => {
    const row: Row = {
      id: draft.id,
      version: 1,
      created_at: ctx.now,
      updated_at: ctx.now,
      created_by: userId,
      updated_by: userId,
    };
    for (const field of entity.fieldList) {
      if (field.readOnly && !(field.name in draft.values)) continue;
      Object.assign(row, toColumns(field, draft.values[field.name] ?? null, ctx.currency, today));
    }
    return Object.assign(row, scope ?? {});
  });
  if (entity.numberPrefix) await assignNumbers(ctx, entity, rows);
  const stored = drafts.map(({ draft }, index) => ({ draft, row: rows[index] as Row }));
  // Sent together: nothing here needs the answer of another.
  await Promise.all([
    bulkInsert(ctx.db, entity.table, insertColumns(entity), rows),
    enterKeys(ctx, entity, rows),
    recordChanges(ctx, entity, stored, 'create', 'created', options),
  ]);
  return stored;
}

/** Numbers set aside by this process and not yet given, by record type: single records need not ask for each. */
const reserved = new WeakMap<Entity, number[]>();
const RESERVE = 20;

/** Numbers such as KH-2026-000123; gaps are allowed, so a sequence serves and a stopped process loses a few. */
async function assignNumbers(ctx: Context, entity: Entity, rows: Row[]): Promise<void> {
  const open = rows.filter((row) => row.number === undefined || row.number === null);
  // Many records take numbers of their own: others may empty the reserve while they are fetched.
  const numbers = open.length > RESERVE ? [] : (reserved.get(entity) ?? []);
  if (open.length <= RESERVE) reserved.set(entity, numbers);
  if (numbers.length < open.length) {
    const most = Math.max(RESERVE, open.length - numbers.length);
    const fresh = await sql<{
      n: number;
    }>`select nextval(${`${entity.table}_number_seq`}) as n from generate_series(1, ${most})`.execute(ctx.db);
    numbers.push(...fresh.rows.map((row) => row.n));
  }
  const year = dayOf(ctx).slice(0, 4);
  open.forEach((row, at) => {
    const number = open.length > RESERVE ? numbers[at] : numbers.shift();
    row.number = `${entity.numberPrefix}-${year}-${String(number).padStart(6, '0')}`;
  });
}

const insertable = new WeakMap<Entity, BulkColumn[]>();

function insertColumns(entity: Entity): BulkColumn[] {
  let columns = insertable.get(entity);
  if (!columns) {
    columns = [
      { name: 'id', type: 'uuid' },
      { name: 'version', type: 'integer' },
      ...entity.fieldList.flatMap(fieldColumns),
      ...(entity.scope.kind === 'child' ? [{ name: 'root_owner_id', type: 'uuid' }] : []),
    ];
    insertable.set(entity, columns);
  }
  return columns;
}

/** Changes of the same columns, written by one statement. */
interface ChangeGroup {
  columns: BulkColumn[];
  rows: Row[];
  stored: Stored[];
}

/** Writes changes; drafts that change nothing are left alone. Rows changed meanwhile are the caller's to exclude by lock. */
export async function updateDrafts(
  ctx: Context,
  entity: Entity,
  drafts: ScopedDraft[],
  options: StoreOptions & { action?: string } = {},
): Promise<Stored[]> {
  const today = dayOf(ctx);
  const groups = new Map<string, ChangeGroup>();
  for (const { draft, scope } of drafts) {
    const fields = changedFields(entity, draft);
    const moved =
      scope !== null && Object.entries(scope).some(([name, value]) => draft.before?.[name] !== value);
    if (fields.length === 0 && !moved) continue;
    const changes: Row = { id: draft.id };
    for (const field of fields)
      Object.assign(changes, toColumns(field, draft.values[field.name] ?? null, ctx.currency, today));
    if (moved) Object.assign(changes, scope);
    const types = columnTypes(entity);
    const columns = Object.keys(changes)
      .sort()
      .map((name) => ({ name, type: types.get(name) ?? 'uuid' }));
    const key = columns.map((column) => column.name).join();
    const group: ChangeGroup = groups.get(key) ?? { columns, rows: [], stored: [] };
    group.rows.push(changes);
    group.stored.push({
      draft,
      row: {
        ...draft.before,
        ...changes,
        version: (draft.before?.version as number) + 1,
        updated_at: ctx.now,
        updated_by: ctx.principal.userId,
      },
    });
    groups.set(key, group);
  }
  const all: Stored[] = [];
  for (const { columns, rows, stored } of groups.values()) {
    const sets = columns.flatMap(({ name, type }, index) =>
      name === 'id' ? [] : [sql`${sql.ref(name)} = ${sql.ref(`u.c${index}`)}::${sql.raw(type)}`],
    );
    const idIndex = columns.findIndex((column) => column.name === 'id');
    await sql`update ${sql.table(entity.table)} t set ${sql.join(sets)}, version = t.version + 1, updated_at = ${ctx.now},
      updated_by = ${ctx.principal.userId} from ${rowsAsRelation(columns, rows)}
      where t.id = ${sql.ref(`u.c${idIndex}`)}::uuid`.execute(ctx.db);
    all.push(...stored);
  }
  await moveKeys(
    ctx,
    entity,
    all.map(({ draft, row }) => ({ before: draft.before as Row, after: row })),
  );
  await cascadeScope(ctx, entity, all);
  await recordChanges(ctx, entity, all, options.action ?? 'update', 'updated', options);
  return all;
}

const typesOf = new WeakMap<Entity, Map<string, string>>();

/** The PostgreSQL type of every column a record type stores. */
export function columnTypes(entity: Entity): Map<string, string> {
  let types = typesOf.get(entity);
  if (!types) {
    types = new Map(insertColumns(entity).map(({ name, type }) => [name, type]));
    typesOf.set(entity, types);
  }
  return types;
}

/** Fields whose value a draft really changes. */
export function changedFields(entity: Entity, draft: Draft): Field[] {
  return entity.fieldList.filter(
    (field) =>
      field.name in draft.values &&
      !same(field, fromColumns(field, draft.before ?? {}), draft.values[field.name] ?? null),
  );
}

/** Whether two wire values of a field mean the same: 1200 and 1200.00 do as money, not as text. */
function same({ kind }: Field, before: unknown, after: unknown): boolean {
  if (kind === 'instant' && typeof before === 'string' && typeof after === 'string')
    return Temporal.Instant.compare(before, after) === 0;
  const plain = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.length ? value : null;
    if (kind === 'money' && value !== null && value !== undefined) {
      const { amount, currency } = value as MoneyValue;
      return { amount: canonical(amount), currency };
    }
    return kind === 'decimal' && typeof value === 'string' ? canonical(value) : (value ?? null);
  };
  return JSON.stringify(plain(before)) === JSON.stringify(plain(after));
}

const canonical = (amount: string) => (amount.includes('.') ? amount.replace(/\.?0+$/, '') : amount);

/** Children carry their root's owner and department: they follow in the same command (design: data scope). */
async function cascadeScope(ctx: Context, entity: Entity, stored: Stored[]): Promise<void> {
  const moved = stored.filter(
    ({ draft, row }) =>
      draft.before?.owner_id !== row.owner_id || draft.before?.department_id !== row.department_id,
  );
  if (entity.scope.kind === 'open' || moved.length === 0) return;
  const columns = ['id', 'owner_id', 'department_id'].map((name) => ({ name, type: 'uuid' }));
  for (const child of ctx.registry.entities) {
    const root = rootField(child);
    if (root?.to !== entity.name) continue;
    const table = sql.table(child.table);
    const hangs = sql`${sql.ref(root.column)} = any(${moved.map(({ row }) => row.id)}::uuid[])`;
    // In order of id, as everyone locks them. The index of the root holds what is in use, that of the bin the rest.
    const locked = await sql<{ id: string }>`select id from ${table} where id = any(array(
        select id from ${table} where ${hangs} and deleted_at is null
        union all select id from ${table} where ${hangs} and deleted_at is not null))
      order by id for no key update`.execute(ctx.db);
    if (locked.rows.length === 0) continue;
    const { rows } =
      await sql<Row>`update ${table} t set root_owner_id = u.c1::uuid, department_id = u.c2::uuid
      from ${rowsAsRelation(
        columns,
        moved.map(({ row }) => row),
      )}
      where t.id = any(${locked.rows.map(({ id }) => id)}::uuid[]) and t.${sql.ref(root.column)} = u.c0::uuid returning t.*`.execute(
        ctx.db,
      );
    await indexRows(
      ctx,
      child,
      rows.filter((row) => row.deleted_at === null),
    );
    await writeTimeline(
      ctx,
      child,
      rows.filter((row) => row.deleted_at === null),
    );
  }
}

async function recordChanges(
  ctx: Context,
  entity: Entity,
  stored: Stored[],
  action: string,
  event: string,
  options: StoreOptions,
): Promise<void> {
  if (stored.length === 0) return;
  const rows = stored.map(({ row }) => row);
  const entries = stored.map(({ draft }) => ({
    action,
    entity: entity.name,
    recordId: draft.id,
    changes: changesOf(entity, draft),
  }));
  const recordIds = stored.map(({ draft }) => draft.id);
  const payload = { ...movedFrom(entity, stored), ...leftBehind(entity, stored) };
  await Promise.all([
    writeAudit(ctx, ...entries),
    emit(ctx, { name: `${entity.name}.${event}`, entity: entity.name, recordIds, payload }),
    options.deferSearch ? undefined : indexRows(ctx, entity, rows),
    writeTimeline(ctx, entity, rows),
  ]);
}

/** What records referred to before and do no longer: what was derived of them there has to be derived anew. */
function leftBehind(entity: Entity, stored: Stored[]): Record<string, unknown> {
  const left: Record<string, string[]> = {};
  const note = (name: string, id: unknown) => {
    if (typeof id === 'string') left[name] = [...(left[name] ?? []), id];
  };
  for (const { draft } of stored) {
    if (!draft.before) continue;
    for (const field of changedFields(entity, draft)) {
      const before = draft.before[field.column];
      if (field.kind === 'reference') note(field.name, before);
      if (field.kind === 'references') for (const id of before as string[]) note(field.name, id);
    }
  }
  return Object.keys(left).length ? { left } : {};
}

/** Who could see the records before they were given to others: whose pages must let go of them. */
function movedFrom(entity: Entity, stored: Stored[]): Record<string, unknown> {
  if (entity.scope.kind === 'open') return {};
  const columns = ['owner_id', 'department_id', 'root_owner_id'];
  const moved = stored.flatMap(({ draft: { id, before }, row }) =>
    before && columns.some((name) => before[name] !== row[name])
      ? [[id, Object.fromEntries(columns.map((name) => [name, before[name]]))] as const]
      : [],
  );
  return moved.length ? { moved: Object.fromEntries(moved) } : {};
}

function changesOf(entity: Entity, draft: Draft): Record<string, Change> {
  const fields = draft.before
    ? changedFields(entity, draft)
    : entity.fieldList.filter((field) => draft.values[field.name] != null);
  return Object.fromEntries(
    fields.map((field) => [
      field.name,
      {
        before: draft.before ? fromColumns(field, draft.before) : null,
        after: draft.values[field.name] ?? null,
      },
    ]),
  );
}

/** Moves records to the recycle bin, or back. Children of a scope root go and come back with it. */
export async function setDeleted(
  ctx: Context,
  entity: Entity,
  rows: Row[],
  deleted: boolean,
  action: string = deleted ? 'delete' : 'restore',
): Promise<void> {
  if (rows.length === 0) return;
  const ids = rows.map((row) => row.id as string);
  const stamp = deleted ? ctx.now : null;
  const actor = deleted ? ctx.principal.userId : null;
  const { rows: after } =
    await sql<Row>`update ${sql.table(entity.table)} set deleted_at = ${stamp}, deleted_by = ${actor},
    version = version + 1, updated_at = ${ctx.now}, updated_by = ${ctx.principal.userId}
    where id = any(${ids}::uuid[]) returning *`.execute(ctx.db);
  await writeAudit(ctx, ...ids.map((recordId) => ({ action, entity: entity.name, recordId })));
  await emit(ctx, {
    name: `${entity.name}.${deleted ? 'deleted' : 'restored'}`,
    entity: entity.name,
    recordIds: ids,
  });
  if (deleted) {
    await removeFromIndex(ctx, entity.name, ids);
    await removeKeys(ctx, entity, after);
    await sql`delete from timeline where record_id = any(${ids}::uuid[])`.execute(ctx.db);
  } else {
    await indexRows(ctx, entity, after);
    await enterKeys(ctx, entity, after);
    await writeTimeline(ctx, entity, after);
  }
  for (const child of ctx.registry.entities) {
    const root = rootField(child);
    if (root?.to !== entity.name) continue;
    const stamps = rows.map((row) => row.deleted_at as string | null);
    const match = deleted ? sql`deleted_at is null` : sql`deleted_at = any(${stamps}::timestamptz[])`;
    const children = await sql<Row>`select * from ${sql.table(child.table)}
      where ${sql.ref(root.column)} = any(${ids}::uuid[]) and ${match} order by id for update`.execute(
      ctx.db,
    );
    await setDeleted(ctx, child, children.rows, deleted);
  }
}
