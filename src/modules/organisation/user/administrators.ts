import { sql } from 'kysely';
import type { Context } from '../../../platform/context/context.ts';
import { forbidden, problem } from '../../../platform/errors/problem.ts';

/** Roles that may do everything. */
const GRANTS_ALL = sql`r.deleted_at is null and (r.permissions->>'administrator')::boolean`;

/**
 * Someone must remain who may do everything, else nobody could ever give rights again. Called after a change, or before a
 * deletion with what is about to go. Throws `last_administrator` (409).
 */
export async function requireAdministratorLeft(
  ctx: Context,
  without: { users?: readonly string[]; roles?: readonly string[] } = {},
): Promise<void> {
  // Two administrators removing each other at the same time wait for one another here.
  await sql`select pg_advisory_xact_lock(7245012)`.execute(ctx.db);
  const { rows } = await sql<{ left: boolean }>`
    select exists (
      select from "user" u join role r on r.id = any(u.role_ids)
      where u.status = 'active' and u.deleted_at is null and ${GRANTS_ALL}
        and u.id <> all(${without.users ?? []}::uuid[]) and r.id <> all(${without.roles ?? []}::uuid[])
    ) as left`.execute(ctx.db);
  if (!rows[0]?.left) throw problem('last_administrator', { status: 409 });
}

/** Of these people, those who may do everything. */
export async function administratorsAmong(ctx: Context, userIds: readonly string[]): Promise<Set<string>> {
  const { rows } = await sql<{ id: string }>`
    select distinct u.id from "user" u join role r on r.id = any(u.role_ids)
    where u.id = any(${userIds}::uuid[]) and ${GRANTS_ALL}`.execute(ctx.db);
  return new Set(rows.map(({ id }) => id));
}

/** All active people who may do everything. */
export async function administrators(db: Context['db']): Promise<string[]> {
  const { rows } = await sql<{
    id: string;
  }>`select distinct u.id from "user" u join role r on r.id = any(u.role_ids)
    where u.status = 'active' and u.deleted_at is null and ${GRANTS_ALL} order by u.id`.execute(db);
  return rows.map(({ id }) => id);
}

/** The person the command line acts for: the first administrator. */
export async function firstAdministrator(db: Context['db']): Promise<string | null> {
  const { rows } = await sql<{ id: string }>`
    select u.id from "user" u join role r on r.id = any(u.role_ids)
    where u.status = 'active' and u.deleted_at is null and ${GRANTS_ALL} order by u.created_at, u.id limit 1`.execute(
    db,
  );
  return rows[0]?.id ?? null;
}

/**
 * Commands on other people's accounts: administrators, and who has the named command on people. Only an administrator
 * may act on an administrator's account, else the command would be a way to become one.
 */
export async function requireAccountCommand(ctx: Context, command: string, userId: string): Promise<void> {
  if (ctx.policies.administrator) return;
  if (!ctx.policies.for('user').hasCommand(command)) throw forbidden();
  if ((await administratorsAmong(ctx, [userId])).size) throw forbidden('administrator_account');
}
