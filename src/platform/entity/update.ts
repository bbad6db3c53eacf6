import { sql } from 'kysely';
import type { Context } from '../context/context.ts';
import { dayOf } from '../context/day.ts';
import { type BulkColumn, rowsAsRelation } from '../db/bulk.ts';
import { moveKeys } from '../duplicates/store.ts';
import type { Row } from './behaviour.ts';
import { changedFields } from './changed.ts';
import { columnTypes, toColumns } from './columns.ts';
import { followRoot } from './follow-root.ts';
import { recordChanges } from './record-changes.ts';
import type { ScopedDraft, Stored, StoreOptions } from './stored.ts';
import type { Entity } from './types.ts';

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
  await followRoot(ctx, entity, all);
  await recordChanges(ctx, entity, all, options.action ?? 'update', 'updated', options);
  return all;
}
