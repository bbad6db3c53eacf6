import type { Context } from '../context/context.ts';
import { bulkInsert } from '../db/bulk.ts';
import { uuidv7 } from '../db/uuid.ts';

export interface DomainEvent {
  /** For example `customer.created`, `customer.transferred`. */
  name: string;
  entity: string;
  recordIds: readonly string[];
  payload?: Record<string, unknown>;
}

const COLUMNS = [
  { name: 'id', type: 'uuid' },
  { name: 'at', type: 'timestamptz' },
  { name: 'name', type: 'text' },
  { name: 'entity', type: 'text' },
  { name: 'record_ids', type: 'uuid[]' },
  { name: 'actor_id', type: 'uuid' },
  { name: 'payload', type: 'jsonb' },
] as const;

/** Writes events in the transaction of the change; subscribers see them after commit, at least once, in order per record. */
export async function emit(ctx: Context, ...events: DomainEvent[]): Promise<void> {
  const rows = events.map((event) => ({
    id: uuidv7(),
    at: ctx.now,
    name: event.name,
    entity: event.entity,
    record_ids: event.recordIds,
    actor_id: ctx.principal.userId,
    payload: { ...event.payload, ...(ctx.noNews ? { noNews: true } : {}) },
  }));
  await bulkInsert(ctx.db, 'event', COLUMNS, rows);
  ctx.afterCommit(ctx.wakeSubscribers);
}
