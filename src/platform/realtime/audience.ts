import { sql } from 'kysely';
import { rowInScope } from '../access/where.ts';
import type { Context, Db } from '../context/context.ts';
import type { Row } from '../entity/behaviour.ts';
import { type Registry, rootField } from '../entity/registry.ts';
import type { Entity } from '../entity/types.ts';
import type { LiveEvent } from './tail.ts';

/** What a client is told: the record, never its content. Without an id: "some records of this type". */
export interface Notice {
  entity: string;
  id?: string;
  version?: number;
  action: string;
}

/** One changed record with what decides who may see it. */
interface Change {
  entity: Entity;
  id: string;
  action: string;
  row: Row;
  /** Its scope columns before it was given to someone else. */
  former: Row | null;
  /** Of `shared` and `unshared`: with whom. */
  recipient: { user: string | null; department: string | null } | null;
}

interface ShareRow {
  entity: string;
  record_id: string;
  user_id: string | null;
  department_id: string | null;
}

export interface Changes {
  single: Change[];
  /** Record types of which many records changed at once. */
  bulk: { entity: string; action: string }[];
  shares: ShareRow[];
}

/** From this many records of one event on, clients are told of the type only. */
const BULK = 50;

const ACTIONS: Record<string, string> = {
  created: 'create',
  updated: 'update',
  deleted: 'delete',
  restored: 'restore',
};

/** Loads what decides who may see the events of a batch: a query per record type and one for shares, however many clients. */
export async function loadChanges(
  db: Db,
  registry: Registry,
  events: readonly LiveEvent[],
): Promise<Changes> {
  const changes: Changes = { single: [], bulk: [], shares: [] };
  const byEntity = Map.groupBy(events, (event) => event.entity);
  for (const [name, group] of byEntity) {
    const entity = registry.byName.get(name);
    if (!entity) continue;
    const small = group.filter((event) => event.recordIds.length < BULK);
    for (const event of group) {
      if (event.recordIds.length >= BULK) changes.bulk.push({ entity: name, action: actionOf(event) });
    }
    const rows = await scopeRows(db, entity, [...new Set(small.flatMap((event) => event.recordIds))]);
    for (const event of small) {
      for (const id of event.recordIds) {
        const row = rows.get(id);
        if (row) changes.single.push({ entity, id, action: actionOf(event), row, ...detailsOf(event, id) });
      }
    }
  }
  changes.shares = await sharesOf(db, changes.single);
  return changes;
}

function actionOf(event: LiveEvent): string {
  const verb = event.name.slice(event.entity.length + 1);
  return ACTIONS[verb] ?? verb;
}

function detailsOf({ name, payload }: LiveEvent, id: string): Pick<Change, 'former' | 'recipient'> {
  const former = (payload.moved as Record<string, Row> | undefined)?.[id] ?? null;
  const shared = name.endsWith('.shared') || name.endsWith('.unshared');
  return { former, recipient: shared ? (payload as unknown as NonNullable<Change['recipient']>) : null };
}

async function scopeRows(db: Db, entity: Entity, ids: string[]): Promise<Map<string, Row>> {
  if (ids.length === 0) return new Map();
  const columns = ['id', 'version', 'deleted_at'];
  if (entity.scope.kind !== 'open') columns.push('owner_id', 'department_id');
  const root = rootField(entity);
  if (root) columns.push('root_owner_id', root.column);
  const { rows } =
    await sql<Row>`select ${sql.join(columns.map((name) => sql.ref(name)))} from ${sql.table(entity.table)}
    where id = any(${ids}::uuid[])`.execute(db);
  return new Map(rows.map((row) => [row.id as string, row]));
}

async function sharesOf(db: Db, changes: Change[]): Promise<ShareRow[]> {
  const ids = changes.flatMap(({ entity, id, row }) =>
    [id, row[rootField(entity)?.column ?? ''] ?? []].flat(),
  );
  if (ids.length === 0) return [];
  const { rows } = await sql<ShareRow>`select entity, record_id, user_id, department_id from active_share
    where record_id = any(${ids}::uuid[])`.execute(db);
  return rows;
}

/** What one client is told of a batch: only of records he may read, or could until now. */
export function noticesFor(ctx: Context, changes: Changes): Notice[] {
  const notices: Notice[] = changes.bulk.filter(({ entity }) => ctx.policies.for(entity).can('read'));
  for (const change of changes.single) {
    const notice = noticeOf(ctx, change, changes.shares);
    if (notice) notices.push(notice);
  }
  return notices;
}

function noticeOf(ctx: Context, change: Change, shares: ShareRow[]): Notice | null {
  const { entity, id, row, action, former, recipient } = change;
  const scope = ctx.policies.for(entity.name).scope('read');
  const told = { entity: entity.name, id };
  if (rowInScope(scope, { ...row, _share: sharedWith(ctx, change, shares) ? 'read' : null })) {
    const shown = action === 'shared' || action === 'unshared' ? 'update' : action;
    return { ...told, version: row.version as number, action: shown };
  }
  const { userId, departmentId } = ctx.principal;
  const lost =
    (former && rowInScope(scope, former)) ||
    (recipient &&
      (recipient.user === userId || (departmentId !== null && recipient.department === departmentId)));
  // It has gone out of his sight: for his page that is the same as deleted.
  return lost ? { ...told, action: 'delete' } : null;
}

function sharedWith({ principal }: Context, { entity, id, row }: Change, shares: ShareRow[]): boolean {
  const root = rootField(entity);
  const rootId = root ? row[root.column] : null;
  return shares.some(
    (share) =>
      ((share.entity === entity.name && share.record_id === id) ||
        (rootId !== null && share.entity === root?.to && share.record_id === rootId)) &&
      (share.user_id === principal.userId ||
        (share.department_id !== null && share.department_id === principal.departmentId)),
  );
}
