import { writeAudit } from '../audit/audit.ts';
import type { Context } from '../context/context.ts';
import { emit } from '../events/events.ts';
import { indexRows } from '../search/records.ts';
import { writeTimeline } from '../timeline/timeline.ts';
import { changedFields, changesOf } from './changed.ts';
import type { Stored, StoreOptions } from './stored.ts';
import type { Entity } from './types.ts';

/** What every write of records leaves besides them: audit, event, search and timeline entries. */
export async function recordChanges(
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
