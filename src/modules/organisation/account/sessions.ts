import { sql } from 'kysely';
import { writeAudit } from '../../../platform/audit/audit.ts';
import type { Context } from '../../../platform/context/context.ts';
import { inTransaction } from '../../../platform/context/transaction.ts';
import { notFound } from '../../../platform/errors/problem.ts';
import { deviceName } from './device.ts';

export interface Session {
  id: string;
  device: string;
  ip: string | null;
  createdAt: string;
  lastSeenAt: string;
  current: boolean;
}

/** A person's sessions, the latest used first; `token` is the one that asks. */
export async function listSessions(ctx: Context, userId: string, token: string | null): Promise<Session[]> {
  const { rows } = await sql<Session & { userAgent: string | null }>`
    select id, "userAgent", nullif("ipAddress", '') as ip, "createdAt", "updatedAt" as "lastSeenAt",
      coalesce(token = ${token}, false) as current
    from auth.session where "userId" = ${userId} and "expiresAt" > now()
    order by "updatedAt" desc, id limit 100`.execute(ctx.db);
  return rows.map(({ userAgent, ...session }) => ({ ...session, device: deviceName(userAgent) }));
}

/** Ends one of a person's own sessions. */
export async function revokeSession(ctx: Context, userId: string, id: string): Promise<void> {
  await inTransaction(ctx, async (inner) => {
    const { numAffectedRows } =
      await sql`delete from auth.session where id = ${id} and "userId" = ${userId}`.execute(inner.db);
    if (!numAffectedRows) throw notFound();
    await writeAudit(inner, { action: 'session_revoked', entity: 'user', recordId: userId });
  });
}
