import { hash } from 'node:crypto';
import { writeAudit } from '../../../platform/audit/audit.ts';
import { contextFor } from '../../../platform/context/services.ts';
import { inTransaction } from '../../../platform/context/transaction.ts';
import { countAttempt, type Limit } from '../account/attempts.ts';
import type { Client } from '../account/library.ts';
import { findByLogin } from '../account/person.ts';
import { newToken } from '../account/token.ts';
import { type AccountServices, actingPerson } from '../services.ts';
import { lockUser } from '../user/status.ts';
import { enterLink } from './invitation.ts';
import { mailInvitation } from './mail.ts';

const PER_PLACE: Limit = { max: 20, seconds: 900 };
const PER_LOGIN: Limit = { max: 3, seconds: 3600 };
/** Who asks himself sits before his mailbox. */
const HOURS = 2;

/**
 * Mails a link for a new password to whom this login belongs. The answer never tells whether there is such a person: limits
 * count what was typed, known or not, and the work is not waited for, because the time it takes would tell.
 */
export async function askForPassword(
  services: AccountServices,
  login: string,
  client: Client,
): Promise<void> {
  await countAttempt(services.db, `forgot:${client.ip}`, PER_PLACE);
  const typed = hash('sha256', login.trim().toLowerCase(), 'base64url');
  await countAttempt(services.db, `forgot:${typed}`, PER_LOGIN);
  void mailLink(services, login, client).catch((error: unknown) =>
    services.log.error({ err: error }, 'no link for a new password could be mailed'),
  );
}

async function mailLink(services: AccountServices, login: string, client: Client): Promise<void> {
  const person = await findByLogin(services.db, login);
  if (person?.status !== 'active' || !person.email || !person.hasPassword) return;
  const ctx = await contextFor(services, actingPerson(person.id), client.ip);
  await inTransaction(ctx, async (inner) => {
    const user = await lockUser(inner, person.id);
    if (user.status !== 'active') return;
    const token = newToken();
    const link = `${services.baseUrl}/invitation/${token}`;
    // Without a mail server nobody would get the link: the one an administrator gave stays good.
    if (!(await mailInvitation(inner, services, user, link, HOURS))) return;
    await enterLink(inner, user.id, token, HOURS);
    await writeAudit(inner, { action: 'password_forgotten', entity: 'user', recordId: user.id });
  });
}
