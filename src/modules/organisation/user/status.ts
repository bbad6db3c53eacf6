import { sql } from 'kysely';
import { type Change, writeAudit } from '../../../platform/audit/audit.ts';
import type { Context } from '../../../platform/context/context.ts';
import { notFound } from '../../../platform/errors/problem.ts';
import { emit } from '../../../platform/events/events.ts';
import type { Person } from '../account/person.ts';

export interface LockedUser {
  id: string;
  name: string;
  email: string | null;
  phone: string | null;
  username: string | null;
  status: Person['status'];
  /** Of the sample company and never invited: nobody has a password for this account. */
  sample: boolean;
}

/** A person, locked against other commands until the transaction ends. */
export async function lockUser(ctx: Context, id: string): Promise<LockedUser> {
  const { rows } =
    await sql<LockedUser>`select id, name, email, phone, username, status, coalesce(sample, false) as sample from "user"
    where id = ${id} and deleted_at is null for update`.execute(ctx.db);
  if (!rows[0]) throw notFound('user');
  return rows[0];
}

/**
 * People of the sample company stand like colleagues at work, so that they can be chosen, approve and take over. Nobody can sign in
 * as one of them: they have no password until they accept an invitation.
 */
export async function introduceSamplePeople(ctx: Context, ids: readonly string[]): Promise<void> {
  await sql`update "user" set status = 'active', sample = true where id = any(${[...ids]}::uuid[])`.execute(
    ctx.db,
  );
}

/** Moves a person between waiting, invited, active and deactivated. Leaving "active" ends his sessions (see the schema). */
export async function setStatus(
  ctx: Context,
  user: LockedUser,
  status: Person['status'],
  action: string,
): Promise<void> {
  const changes: Record<string, Change> =
    user.status === status ? {} : { status: { before: user.status, after: status } };
  if (user.status !== status) {
    await sql`update "user" set status = ${status}, version = version + 1, updated_at = ${ctx.now},
      updated_by = ${ctx.principal.userId} where id = ${user.id}`.execute(ctx.db);
    await emit(ctx, { name: 'user.updated', entity: 'user', recordIds: [user.id] });
  }
  await writeAudit(ctx, { action, entity: 'user', recordId: user.id, changes });
}
