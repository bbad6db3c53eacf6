import { sql } from 'kysely';
import { z } from 'zod';
import { rowInScope } from '../access/where.ts';
import { writeAudit } from '../audit/audit.ts';
import type { Context } from '../context/context.ts';
import { inTransaction } from '../context/transaction.ts';
import { uuidv7 } from '../db/uuid.ts';
import { lockRows, readRecord, requireScope } from '../entity/records.ts';
import type { Entity } from '../entity/types.ts';
import { forbidden, invalid, notFound } from '../errors/problem.ts';
import { emit } from '../events/events.ts';

export const shareInput = z.strictObject({
  user: z.uuid().optional(),
  department: z.uuid().optional(),
  access: z.enum(['read', 'write']),
  /** An instant; without it the share holds until it is taken back. */
  expiresAt: z.iso.datetime({ offset: true }).nullish(),
});
export type ShareInput = z.infer<typeof shareInput>;

export interface Share {
  id: string;
  user: { id: string; title: string } | null;
  department: { id: string; title: string } | null;
  access: 'read' | 'write';
  expiresAt: string | null;
  createdAt: string;
  createdBy: { id: string; title: string | null } | null;
}

/**
 * Shares one record with a person or a department (CUS-14); sharing again with the same changes access and expiry.
 * Needs the right `share` on the record, and the right to change it where others are to change it.
 */
export async function shareRecord(
  ctx: Context,
  entity: Entity,
  recordId: string,
  input: ShareInput,
): Promise<Share> {
  if ((input.user === undefined) === (input.department === undefined)) {
    throw invalid([{ path: 'user', code: 'share_with_one' }]);
  }
  const expiresAt = input.expiresAt ? Temporal.Instant.from(input.expiresAt).toString() : null;
  if (expiresAt && expiresAt <= ctx.now) throw invalid([{ path: 'expiresAt', code: 'share_expired' }]);
  return inTransaction(ctx, async (inner) => {
    const row = await lockedRow(inner, entity, recordId);
    if (input.access === 'write' && !rowInScope(inner.policies.for(entity.name).scope('update'), row, true)) {
      throw forbidden('share_more_than_own');
    }
    await requireRecipient(inner, input);
    const before = (await sharesOf(inner, entity, recordId)).find(
      (share) => (share.user?.id ?? share.department?.id) === (input.user ?? input.department),
    );
    await sql`insert into record_share (id, entity, record_id, user_id, department_id, access, expires_at, created_at, created_by)
      values (${uuidv7()}, ${entity.name}, ${recordId}, ${input.user ?? null}, ${input.department ?? null}, ${input.access},
        ${expiresAt}, ${inner.now}, ${inner.principal.userId})
      on conflict (entity, record_id, coalesce(user_id, department_id)) where source_id is null do update
        set access = excluded.access, expires_at = excluded.expires_at, created_at = excluded.created_at,
          created_by = excluded.created_by`.execute(inner.db);
    const after = (await sharesOf(inner, entity, recordId)).find(
      (share) => (share.user?.id ?? share.department?.id) === (input.user ?? input.department),
    ) as Share;
    await told(inner, entity, recordId, 'share', before ?? null, after);
    return after;
  });
}

/** Takes a share back; it has no effect from the next request on. */
export async function unshareRecord(
  ctx: Context,
  entity: Entity,
  recordId: string,
  shareId: string,
): Promise<void> {
  await inTransaction(ctx, async (inner) => {
    await lockedRow(inner, entity, recordId);
    const before = (await sharesOf(inner, entity, recordId)).find((share) => share.id === shareId);
    if (!before) throw notFound('share');
    await sql`delete from record_share where id = ${shareId}`.execute(inner.db);
    await told(inner, entity, recordId, 'unshare', before, null);
  });
}

/** With whom a record is shared now; for whoever may read it. */
export async function listShares(ctx: Context, entity: Entity, recordId: string): Promise<Share[]> {
  await readRecord(ctx, entity.name, recordId);
  return sharesOf(ctx, entity, recordId);
}

async function lockedRow(ctx: Context, entity: Entity, recordId: string) {
  const [row] = await lockRows(ctx, entity, [recordId]);
  if (!row) throw notFound(entity.name);
  requireScope(ctx, entity, 'share', row);
  return row;
}

interface Recipient {
  outside: boolean;
}

async function requireRecipient(ctx: Context, { user, department }: ShareInput): Promise<void> {
  const { rows } = user
    ? await sql<Recipient>`select is_outside(department_id) as outside from "user"
        where id = ${user} and deleted_at is null and status <> 'deactivated'`.execute(ctx.db)
    : await sql<Recipient>`select is_outside(id) as outside from department
        where id = ${department} and deleted_at is null`.execute(ctx.db);
  const path = user ? 'user' : 'department';
  if (!rows[0]) throw invalid([{ path, code: 'unknown_reference' }]);
  // They would see nothing of it: what is theirs is given to them, not shared.
  if (rows[0].outside) throw invalid([{ path, code: 'share_outside' }]);
}

async function sharesOf(ctx: Context, entity: Entity, recordId: string): Promise<Share[]> {
  const { rows } = await sql<Share>`
    select s.id, s.access, s.expires_at as "expiresAt", s.created_at as "createdAt",
      case when s.user_id is not null then jsonb_build_object('id', u.id, 'title', u.name) end as "user",
      case when s.department_id is not null then jsonb_build_object('id', d.id, 'title', d.name) end as department,
      case when s.created_by is not null then jsonb_build_object('id', c.id, 'title', c.name) end as "createdBy"
    from record_share s left join "user" u on u.id = s.user_id left join department d on d.id = s.department_id
      left join "user" c on c.id = s.created_by
    where s.entity = ${entity.name} and s.record_id = ${recordId} and s.source_id is null and (s.expires_at is null or s.expires_at > now())
    order by s.created_at, s.id`.execute(ctx.db);
  return rows;
}

/** Audited, and told to live pages: whoever gains or loses the record looks anew at what he may see. */
async function told(
  ctx: Context,
  entity: Entity,
  recordId: string,
  action: 'share' | 'unshare',
  before: Share | null,
  after: Share | null,
): Promise<void> {
  const plain = (share: Share | null) =>
    share && {
      with: (share.user ?? share.department)?.title,
      access: share.access,
      expiresAt: share.expiresAt,
    };
  const changes = { share: { before: plain(before), after: plain(after) } };
  await writeAudit(ctx, { action, entity: entity.name, recordId, changes });
  const share = after ?? before;
  const payload = { user: share?.user?.id ?? null, department: share?.department?.id ?? null };
  await emit(ctx, { name: `${entity.name}.${action}d`, entity: entity.name, recordIds: [recordId], payload });
}
