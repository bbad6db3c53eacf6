import { sql } from 'kysely';
import { writeAudit } from '../../../platform/audit/audit.ts';
import type { Context } from '../../../platform/context/context.ts';
import { inTransaction } from '../../../platform/context/transaction.ts';
import { problem } from '../../../platform/errors/problem.ts';
import { removeTwoFactor } from '../account/two-factor.ts';
import { requireAccountCommand, requireAdministratorLeft } from './administrators.ts';
import { lockUser, setStatus } from './status.ts';

/** Ends a person's access at once: his sessions, API keys and open invitations. What he owns stays his until handed over. */
export async function deactivateUser(ctx: Context, userId: string): Promise<void> {
  await requireAccountCommand(ctx, 'deactivate', userId);
  if (userId === ctx.principal.userId) throw problem('own_account', { status: 409 });
  await inTransaction(ctx, async (inner) => {
    const user = await lockUser(inner, userId);
    await setStatus(inner, user, 'deactivated', 'deactivated');
    await sql`delete from invitation where user_id = ${userId} and used_at is null`.execute(inner.db);
    await requireAdministratorLeft(inner);
  });
}

/** Gives a deactivated person his access back: with the password he had, or waiting for an invitation. */
export async function activateUser(ctx: Context, userId: string): Promise<void> {
  await requireAccountCommand(ctx, 'activate', userId);
  await inTransaction(ctx, async (inner) => {
    const user = await lockUser(inner, userId);
    if (user.status !== 'deactivated') return;
    const { rows } =
      await sql`select from auth.account where "userId" = ${userId} and password is not null`.execute(
        inner.db,
      );
    await setStatus(inner, user, rows.length ? 'active' : 'waiting', 'activated');
  });
}

/** Takes away the second factor of someone who lost his device; his password remains. */
export async function resetTwoFactor(ctx: Context, userId: string): Promise<void> {
  await requireAccountCommand(ctx, 'reset-two-factor', userId);
  await inTransaction(ctx, async (inner) => {
    await lockUser(inner, userId);
    await removeTwoFactor(inner.db, userId);
    await writeAudit(inner, { action: 'two_factor_off', entity: 'user', recordId: userId });
  });
}
