import { sql } from 'kysely';
import type { Context } from '../context/context.ts';
import type { Services } from '../context/services.ts';
import { uuidv7 } from '../db/uuid.ts';
import { addJob } from '../jobs/job.ts';
import { seal } from './seal.ts';
import { readMailSettings } from './settings.ts';
import type { MailContent } from './smtp.ts';

export interface OutgoingMail extends MailContent {
  to: string;
  userId?: string;
  /** For example `invitation`; people see it as `mail.purpose.<purpose>`. */
  purpose: string;
  /** Sent again when the line broke before the server's answer: better twice than not at all. */
  mustArrive?: boolean;
  /** Ids of what it tells of; erased while it waits, these take it along. */
  about?: readonly string[];
}

export const SEND_JOB = 'mail.send';

/**
 * Puts a mail in the queue, in the caller's transaction: it goes out if and only if that commits. Gives whether there is a
 * server to send it through; without one nothing is queued.
 */
export async function queueMail(
  ctx: Context,
  { secret }: Pick<Services, 'secret'>,
  mail: OutgoingMail,
): Promise<boolean> {
  const settings = await readMailSettings(ctx.db);
  if (!settings) return false;
  const { to, userId, purpose, mustArrive, about = [], ...content } = mail;
  const id = uuidv7();
  // The same in every attempt: by it mailboxes know a message again.
  const messageId = `<${id}@${settings.from.split('@').at(-1)}>`;
  await sql`insert into mail_message (id, created_at, purpose, recipient, user_id, message_id, content, must_arrive, about, next_at)
    values (${id}, ${ctx.now}, ${purpose}, ${to}, ${userId ?? null}, ${messageId},
      ${seal(secret, JSON.stringify(content))}, ${mustArrive ?? false}, ${[...about]}::uuid[], ${ctx.now})`.execute(
    ctx.db,
  );
  await addJob(ctx, SEND_JOB, {});
  return true;
}
