import { sql } from 'kysely';
import { asSystem, type Context, type Db } from '../../../platform/context/context.ts';
import { contextFor } from '../../../platform/context/services.ts';
import { inTransaction } from '../../../platform/context/transaction.ts';
import { updateRecord } from '../../../platform/entity/records.ts';
import { forbidden, problem } from '../../../platform/errors/problem.ts';
import { countAttempt, PER_ADDRESS } from '../account/attempts.ts';
import type { Client } from '../account/library.ts';
import { requireGoodPassword } from '../account/password-rules.ts';
import { type SignInAnswer, signIn } from '../account/sign-in.ts';
import { hashPassword, storePassword } from '../account/stored-password.ts';
import { hashToken, newToken } from '../account/token.ts';
import { type AccountServices, actingPerson } from '../services.ts';
import { readSettings } from '../settings/settings.ts';
import { requireAccountCommand } from '../user/administrators.ts';
import { type LockedUser, lockUser, setStatus } from '../user/status.ts';

/** How long an administrator's link lasts. */
export const HOURS = 72;

/**
 * Makes a link by which a person chooses a password: the first one, or a new one if he forgot his. It works once, for 72
 * hours, and makes earlier links void. Returns the link's token.
 */
export async function inviteUser(ctx: Context, userId: string): Promise<{ token: string; user: LockedUser }> {
  await requireAccountCommand(ctx, 'invite', userId);
  const token = newToken();
  return inTransaction(ctx, async (inner) => {
    const user = await lockUser(inner, userId);
    if (user.status === 'deactivated') throw problem('user_deactivated', { status: 409 });
    // Who has the link chooses the password: for an account in use that is taking it over.
    if (user.status === 'active' && !inner.policies.administrator) throw forbidden('administrator_required');
    if (!user.email && !user.phone && !user.username) throw problem('user_without_login', { status: 409 });
    await enterLink(inner, userId, token, HOURS);
    await setStatus(inner, user, user.status === 'active' ? 'active' : 'invited', 'invited');
    return { token, user };
  });
}

/** The one link by which a person can choose a password now. */
export async function enterLink(ctx: Context, userId: string, token: string, hours: number): Promise<void> {
  await sql`delete from invitation where user_id = ${userId} and used_at is null`.execute(ctx.db);
  await sql`insert into invitation (user_id, token_hash, created_by, expires_at)
    values (${userId}, ${hashToken(token)}, ${ctx.principal.userId}, now() + make_interval(hours => ${hours}))`.execute(
    ctx.db,
  );
}

interface Invited extends LockedUser {
  invitationId: string;
}

async function findInvitation(db: Db, token: string): Promise<Invited> {
  const { rows } = await sql<Invited>`
    select i.id as "invitationId", u.id, u.name, u.email, u.phone, u.username, u.status, coalesce(u.sample, false) as sample
    from invitation i join "user" u on u.id = i.user_id
    where i.token_hash = ${hashToken(token)} and i.used_at is null and i.expires_at > now()
      and u.deleted_at is null and u.status <> 'deactivated'`.execute(db);
  if (!rows[0]) throw problem('invitation_invalid', { status: 404 });
  return rows[0];
}

/** Whom a link invites. Throws `invitation_invalid` (404) for used, expired and unknown links alike. */
export async function readInvitation(services: AccountServices, token: string, client: Client) {
  await countAttempt(services.db, `invitation:${client.ip}`, PER_ADDRESS);
  const { name, email, phone, username } = await findInvitation(services.db, token);
  return { name, email, login: email ?? phone ?? username };
}

/** Accepts an invitation: the person has this password and is signed in. */
export async function acceptInvitation(
  services: AccountServices,
  token: string,
  input: { password: string; name?: string | undefined },
  client: Client,
): Promise<SignInAnswer> {
  await countAttempt(services.db, `invitation:${client.ip}`, PER_ADDRESS);
  const invited = await findInvitation(services.db, token);
  const { passwordRules } = await readSettings(services.db);
  requireGoodPassword(input.password, passwordRules, invited);
  const hash = await hashPassword(services.auth, input.password);
  const ctx = await contextFor(services, actingPerson(invited.id), client.ip);
  await inTransaction(ctx, async (inner) => {
    const user = await lockUser(inner, invited.id);
    // Of two who use the link at the same time, the second finds it used.
    const { numAffectedRows } = await sql`update invitation set used_at = now()
      where id = ${invited.invitationId} and used_at is null`.execute(inner.db);
    if (numAffectedRows !== 1n) throw problem('invitation_invalid', { status: 404 });
    const name = input.name ?? user.name;
    if (name !== user.name) await rename(inner, user.id, name);
    await storePassword(inner.db, { id: user.id, name }, hash);
    // From now on a real person answers for this account.
    if (user.sample) await sql`update "user" set sample = false where id = ${user.id}`.execute(inner.db);
    await setStatus(inner, user, 'active', 'invitation_accepted');
  });
  await sql`delete from attempt where key = ${`login:${invited.id}`}`.execute(services.db);
  const login = invited.email ?? invited.phone ?? invited.username ?? '';
  return signIn(services, { login, password: input.password }, client);
}

/** People know best how their name is written. */
async function rename(ctx: Context, userId: string, name: string): Promise<void> {
  await updateRecord(asSystem(ctx, 'invitation_accepted'), 'user', userId, { name }, null);
}
