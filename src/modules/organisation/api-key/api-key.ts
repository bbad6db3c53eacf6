import { sql } from 'kysely';
import { writeAudit } from '../../../platform/audit/audit.ts';
import type { Context } from '../../../platform/context/context.ts';
import { inTransaction } from '../../../platform/context/transaction.ts';
import { forbidden, invalid, notFound } from '../../../platform/errors/problem.ts';
import { hashToken, newToken } from '../account/token.ts';

export interface ApiKey {
  id: string;
  name: string;
  /** The key's beginning, by which people tell keys apart. */
  prefix: string;
  user: { id: string; title: string };
  createdAt: string;
  expiresAt: string | null;
  lastUsedAt: string | null;
}

const PREFIX_LENGTH = 10;

/** Own keys need the command `apiKey` on people; keys of others need an administrator. */
function requireRight(ctx: Context, userId: string): void {
  if (ctx.policies.administrator) return;
  if (userId !== ctx.principal.userId || !ctx.policies.for('user').hasCommand('apiKey')) throw forbidden();
}

/** Makes a key that acts as its user. The key is shown this once; only its hash is kept. */
export async function createApiKey(
  ctx: Context,
  input: { name: string; userId?: string | undefined; expiresAt?: string | null | undefined },
): Promise<{ id: string; key: string; prefix: string }> {
  const userId = input.userId ?? ctx.principal.userId;
  if (!userId) throw invalid([{ path: 'user', code: 'required' }]);
  requireRight(ctx, userId);
  if (input.expiresAt && Temporal.Instant.compare(input.expiresAt, ctx.now) <= 0) {
    throw invalid([{ path: 'expiresAt', code: 'in_the_past' }]);
  }
  const key = `gx_${newToken()}`;
  const prefix = key.slice(0, PREFIX_LENGTH);
  return inTransaction(ctx, async (inner) => {
    const { rows } = await sql<{ id: string }>`
      insert into api_key (name, user_id, key_hash, prefix, created_by, expires_at)
      select ${input.name}, id, ${hashToken(key)}, ${prefix}, ${inner.principal.userId}::uuid, ${input.expiresAt ?? null}::timestamptz
      from "user" where id = ${userId} and status = 'active' and deleted_at is null
      returning id`.execute(inner.db);
    const id = rows[0]?.id;
    if (!id) throw invalid([{ path: 'user', code: 'unknown_reference' }]);
    await writeAudit(inner, {
      action: 'api_key_created',
      entity: 'user',
      recordId: userId,
      note: `${input.name} ${prefix}`,
    });
    return { id, key, prefix };
  });
}

/** Keys that are not revoked: all of them for administrators, else one's own. */
export async function listApiKeys(ctx: Context): Promise<ApiKey[]> {
  const mine = ctx.policies.administrator ? sql`` : sql`and k.user_id = ${ctx.principal.userId}`;
  const { rows } = await sql<ApiKey>`
    select k.id, k.name, k.prefix, json_build_object('id', u.id, 'title', u.name) as user, k.created_at as "createdAt",
      k.expires_at as "expiresAt", k.last_used_at as "lastUsedAt"
    from api_key k join "user" u on u.id = k.user_id where k.revoked_at is null ${mine}
    order by k.id desc limit 500`.execute(ctx.db);
  return rows;
}

/** Ends a key at once. */
export async function revokeApiKey(ctx: Context, id: string): Promise<void> {
  await inTransaction(ctx, async (inner) => {
    const { rows } = await sql<{ user_id: string; name: string; prefix: string }>`
      select user_id, name, prefix from api_key where id = ${id} and revoked_at is null for update`.execute(
      inner.db,
    );
    const key = rows[0];
    const allowed = key && (inner.policies.administrator || key.user_id === inner.principal.userId);
    if (!allowed) throw notFound();
    await sql`update api_key set revoked_at = now() where id = ${id}`.execute(inner.db);
    await writeAudit(inner, {
      action: 'api_key_revoked',
      entity: 'user',
      recordId: key.user_id,
      note: `${key.name} ${key.prefix}`,
    });
  });
}
