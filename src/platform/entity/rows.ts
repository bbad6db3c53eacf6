import { sql } from 'kysely';
import type { Context } from '../context/context.ts';
import { type BulkColumn, rowsAsRelation } from '../db/bulk.ts';
import type { Converting } from '../rates/convert.ts';
import type { Row } from './behaviour.ts';
import { changedFields } from './changed.ts';
import type { ScopeColumns } from './check.ts';
import { columnTypes, fromColumns, toColumns } from './columns.ts';
import type { ScopedDraft, Stored } from './stored.ts';
import type { Entity, Field } from './types.ts';

/** The row of a new record. */
export function newRow(
  ctx: Context,
  entity: Entity,
  { draft, scope }: { draft: ScopedDraft['draft']; scope: Row | ScopeColumns | null },
  converting: Converting,
): Row {
  const { userId } = ctx.principal;
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
    Object.assign(row, toColumns(field, draft.values[field.name] ?? null, converting(draft)));
  }
  return Object.assign(row, scope ?? {});
}

/** Changes of the same columns, written by one statement. */
interface ChangeGroup {
  columns: BulkColumn[];
  rows: Row[];
}

/**
 * Writes what drafts change, and only that.
 * @param also whether a draft that changes no column of its own is written as well, because something of it changes
 */
export async function writeChanges(
  ctx: Context,
  entity: Entity,
  drafts: readonly { draft: ScopedDraft['draft']; scope: Row | ScopeColumns | null }[],
  converting: Converting,
  also: (draft: ScopedDraft['draft']) => boolean = () => false,
): Promise<Stored[]> {
  const groups = new Map<string, ChangeGroup>();
  const all: Stored[] = [];
  const types = columnTypes(entity);
  for (const { draft, scope } of drafts) {
    const fields = writtenFields(entity, draft);
    const moved =
      scope !== null && Object.entries(scope).some(([name, value]) => draft.before?.[name] !== value);
    if (fields.length === 0 && !moved && !also(draft)) continue;
    const changes: Row = { id: draft.id };
    for (const field of fields)
      Object.assign(changes, toColumns(field, valueAfter(draft, field), converting(draft)));
    if (moved) Object.assign(changes, scope);
    const columns = Object.keys(changes)
      .sort()
      .map((name) => ({ name, type: types.get(name) ?? 'uuid' }));
    const key = columns.map((column) => column.name).join();
    const group: ChangeGroup = groups.get(key) ?? { columns, rows: [] };
    group.rows.push(changes);
    groups.set(key, group);
    const stamp = { updated_at: ctx.now, updated_by: ctx.principal.userId };
    const version = (draft.before?.version as number) + 1;
    all.push({ draft, row: { ...draft.before, ...changes, version, ...stamp } });
  }
  for (const group of groups.values()) await writeGroup(ctx, entity, group);
  return all;
}

/** Fields whose columns are written: what changes, and amounts when the day of their rate does. */
function writtenFields(entity: Entity, draft: ScopedDraft['draft']): Field[] {
  const changed = changedFields(entity, draft);
  if (!changed.some(({ name }) => name === entity.rateDate)) return changed;
  const names = new Set(changed.map(({ name }) => name));
  return entity.fieldList.filter((field) => field.kind === 'money' || names.has(field.name));
}

const valueAfter = ({ values, before }: ScopedDraft['draft'], field: Field) =>
  field.name in values ? (values[field.name] ?? null) : fromColumns(field, before ?? {});

async function writeGroup(ctx: Context, entity: Entity, { columns, rows }: ChangeGroup): Promise<void> {
  const sets = columns.flatMap(({ name, type }, index) =>
    name === 'id' ? [] : [sql`${sql.ref(name)} = ${sql.ref(`u.c${index}`)}::${sql.raw(type)},`],
  );
  const idIndex = columns.findIndex((column) => column.name === 'id');
  await sql`update ${sql.table(entity.table)} t set ${sql.join(sets, sql` `)} version = t.version + 1,
    updated_at = ${ctx.now}, updated_by = ${ctx.principal.userId} from ${rowsAsRelation(columns, rows)}
    where t.id = ${sql.ref(`u.c${idIndex}`)}::uuid`.execute(ctx.db);
}
