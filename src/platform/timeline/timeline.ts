import { sql } from 'kysely';
import type { Context } from '../context/context.ts';
import { bulkInsert } from '../db/bulk.ts';
import { uuidv7 } from '../db/uuid.ts';
import type { Row } from '../entity/behaviour.ts';
import type { Entity } from '../entity/types.ts';

const COLUMNS = [
  { name: 'root_id', type: 'uuid' },
  { name: 'at', type: 'timestamptz' },
  { name: 'id', type: 'uuid' },
  { name: 'root_entity', type: 'text' },
  { name: 'category', type: 'text' },
  { name: 'entity', type: 'text' },
  { name: 'record_id', type: 'uuid' },
  { name: 'actor_id', type: 'uuid' },
  { name: 'owner_id', type: 'uuid' },
  { name: 'root_owner_id', type: 'uuid' },
  { name: 'department_id', type: 'uuid' },
] as const;

/** A record whose scope follows its root's has not changed itself: it stands there already. */
const REPLACE = sql`on conflict (root_id, entity, record_id) do update set at = excluded.at, owner_id = excluded.owner_id,
  root_owner_id = excluded.root_owner_id, department_id = excluded.department_id`;

/** Puts records on the timelines of the records they name, or moves them there. */
export async function writeTimeline(ctx: Context, entity: Entity, rows: Row[]): Promise<void> {
  const { timeline } = entity;
  if (!timeline || rows.length === 0) return;
  const at = entity.fields[timeline.at]?.column ?? 'created_at';
  const entries = rows.flatMap((row) =>
    timeline.on.flatMap((name) => {
      const field = entity.fields[name];
      const roots = [(field && row[field.column]) ?? []].flat() as string[];
      return roots.map((root) => ({
        ...row,
        id: uuidv7(),
        root_id: root,
        at: row[at] ?? row.created_at,
        root_entity: field?.to,
        category: timeline.category,
        entity: entity.name,
        record_id: row.id,
        actor_id: row.created_by,
      }));
    }),
  );
  const ids = rows.filter((row) => (row.version as number) > 1).map((row) => row.id as string);
  if (ids.length) await sql`delete from timeline where record_id = any(${ids}::uuid[])`.execute(ctx.db);
  await bulkInsert(ctx.db, 'timeline', COLUMNS, entries, REPLACE);
}
