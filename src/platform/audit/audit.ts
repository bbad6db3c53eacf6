import { hash, randomBytes } from 'node:crypto';
import type { Context } from '../context/context.ts';
import { bulkInsert } from '../db/bulk.ts';
import { uuidv7 } from '../db/uuid.ts';

export interface Change {
  before: unknown;
  after: unknown;
}

export interface AuditEntry {
  action: string;
  entity: string;
  recordId: string | null;
  /** By field name. Values go to a side table that can be erased; the entry itself keeps a salted digest of them. */
  changes?: Record<string, Change>;
  note?: string;
}

const ENTRY_COLUMNS = [
  { name: 'id', type: 'uuid' },
  { name: 'at', type: 'timestamptz' },
  { name: 'actor_id', type: 'uuid' },
  { name: 'action', type: 'text' },
  { name: 'entity', type: 'text' },
  { name: 'record_id', type: 'uuid' },
  { name: 'fields', type: 'text[]' },
  { name: 'cause_kind', type: 'text' },
  { name: 'cause_id', type: 'text' },
  { name: 'note', type: 'text' },
  { name: 'ip', type: 'text' },
  { name: 'digest', type: 'text' },
] as const;

const VALUE_COLUMNS = [
  { name: 'audit_id', type: 'uuid' },
  { name: 'record_id', type: 'uuid' },
  { name: 'salt', type: 'text' },
  { name: 'changes', type: 'jsonb', encoded: true },
] as const;

const SALT_BYTES = 12;

/** Records what was done, by whom, from where and by which cause, in the transaction of the change itself. */
export async function writeAudit(ctx: Context, ...entries: AuditEntry[]): Promise<string[]> {
  const { principal, now, ip } = ctx;
  const salts = randomBytes(SALT_BYTES * entries.length);
  const rows = entries.map((entry, at) => {
    const fields = Object.keys(entry.changes ?? {});
    const changes = JSON.stringify(entry.changes ?? {});
    const salt = salts.toString('base64url', at * SALT_BYTES, (at + 1) * SALT_BYTES);
    return {
      id: uuidv7(),
      at: now,
      actor_id: principal.userId,
      action: entry.action,
      entity: entry.entity,
      record_id: entry.recordId,
      fields,
      cause_kind: principal.cause.kind,
      cause_id: principal.cause.id ?? null,
      note: entry.note ?? principal.cause.reason ?? null,
      ip,
      salt,
      changes,
      // The digest stands for the values once they are erased.
      digest: hash('sha256', salt + changes, 'base64url'),
    };
  });
  const valued = rows.filter((row) => row.fields.length > 0).map((row) => ({ ...row, audit_id: row.id }));
  await Promise.all([
    bulkInsert(ctx.db, 'audit_entry', ENTRY_COLUMNS, rows),
    bulkInsert(ctx.db, 'audit_value', VALUE_COLUMNS, valued),
  ]);
  return rows.map((row) => row.id);
}
