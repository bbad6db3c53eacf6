import { createHash } from 'node:crypto';
import type { FastifyRequest } from 'fastify';
import { sql } from 'kysely';
import type { Context } from '../../../platform/context/context.ts';
import type { Services } from '../../../platform/context/services.ts';
import { problem } from '../../../platform/errors/problem.ts';
import { countAttempt } from '../../organisation/public.ts';
import { type Channel, channelAt } from './read.ts';
import { isSigned, secretOf } from './secret.ts';

/** So many requests a channel takes in ten minutes. */
const PER_CHANNEL = { max: 3000, seconds: 600 };

/**
 * The channel another program speaks through: its request bears its time and a signature over time and body (HMAC-SHA256) in
 * X-Guanxi-Time and X-Guanxi-Signature. Throws `lead_signature_wrong` for any other.
 * @param use what is asked, each with a limit of its own
 */
export async function signedChannel(
  ctx: Context,
  services: Pick<Services, 'secret'>,
  key: string,
  request: FastifyRequest,
  use: string,
): Promise<{ channel: Channel; signature: string }> {
  const channel = await channelAt(ctx, 'api', key);
  const { 'x-guanxi-time': time, 'x-guanxi-signature': signature } = request.headers;
  const sent = { time: String(time ?? ''), signature: String(signature ?? ''), body: request.bodyText ?? '' };
  if (!isSigned(secretOf(services.secret, channel.id, channel.secretNumber), sent, ctx.now))
    throw problem('lead_signature_wrong', { status: 401 });
  await countAttempt(ctx.db, `${use} ${channel.id}`, PER_CHANNEL);
  return { channel, signature: sent.signature };
}

/** Whether a request comes for the first time: the same once more, because its answer was lost, changes nothing. */
export async function isFirst({ db, now }: Pick<Context, 'db' | 'now'>, signature: string): Promise<boolean> {
  const { rows } = await sql`insert into lead_form_token (hash, at)
    values (${createHash('sha256').update(signature).digest('hex')}, ${now})
    on conflict (hash) do nothing returning hash`.execute(db);
  return rows.length > 0;
}
