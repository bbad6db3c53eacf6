import { sql } from 'kysely';
import { z } from 'zod';
import type { Context } from '../../../platform/context/context.ts';
import { type Services, systemContext } from '../../../platform/context/services.ts';
import { inTransaction } from '../../../platform/context/transaction.ts';
import type { Row } from '../../../platform/entity/behaviour.ts';
import { problem } from '../../../platform/errors/problem.ts';
import { addressKey } from '../../../platform/http/signature.ts';
import { notify } from '../../../platform/notifications/notify.ts';
import { countAttempt } from '../../organisation/public.ts';
import { settleQuote } from '../quote/states.ts';
import { lockQuote } from './commands.ts';
import type { SeenQuote } from './seen.shared.ts';
import { seenQuote } from './seen.ts';
import { linkIdOf } from './token.ts';

const name = z.string().trim().min(1).max(100);

export const linkAnswer = z.discriminatedUnion('answer', [
  z.strictObject({ answer: z.literal('confirmed'), name }),
  z.strictObject({ answer: z.literal('declined'), name, reason: z.string().trim().min(1).max(500) }),
]);

/** Who answers, as far as the net tells. */
interface From {
  ip: string;
  agent: string | null;
}

const LOOKS = { max: 120, seconds: 3600 };
const ANSWERS = { max: 10, seconds: 3600 };
const STRANGERS = { max: 60, seconds: 900 };

/** The link an address names, for the system: nobody is signed in. Addresses we never gave are counted by where they come from. */
async function opened(services: Services, token: string, { ip }: From, limit: typeof LOOKS) {
  const ctx = await systemContext(services, { kind: 'system', reason: 'by the customer’s link' });
  let id: string;
  try {
    id = linkIdOf(services.secret, token);
  } catch (error) {
    await countAttempt(ctx.db, `quote-link-from:${addressKey(services.secret, ip)}`, STRANGERS);
    throw error;
  }
  await countAttempt(ctx.db, `quote-link:${limit.max}:${id}`, limit);
  return { ctx, id };
}

interface Link {
  quote: string;
  live: boolean;
}

async function linkOf(ctx: Context, id: string): Promise<Link> {
  const { rows } = await sql<Link>`select l.quote_id as quote,
      l.revoked_at is null and l.expires_at > ${ctx.now} as live
    from quote_link l join quote q on q.id = l.quote_id and q.deleted_at is null where l.id = ${id}`.execute(
    ctx.db,
  );
  const [link] = rows;
  if (!link?.live) throw problem('quote_link_ended', { status: 410 });
  return link;
}

/** What the customer sees; that he looked is counted. */
export async function openLink(services: Services, token: string, from: From): Promise<SeenQuote> {
  const { ctx, id } = await opened(services, token, from, LOOKS);
  const { quote } = await linkOf(ctx, id);
  await sql`update quote_link set opened = opened + 1, opened_at = ${ctx.now} where id = ${id}`.execute(
    ctx.db,
  );
  return seenQuote(ctx, services, quote);
}

/** 客户确认: what the customer says is kept with his name, the time, and where it came from; whose quote it is learns of it. */
export async function answerLink(
  services: Services,
  token: string,
  answer: z.infer<typeof linkAnswer>,
  from: From,
): Promise<SeenQuote> {
  const { ctx, id } = await opened(services, token, from, ANSWERS);
  return inTransaction(ctx, async (inner) => {
    const { quote } = await linkOf(inner, id);
    const row = await lockQuote(inner, quote);
    if (!row) throw problem('quote_link_ended', { status: 410 });
    // Whoever took the link back while this waited for the quote was first.
    await linkOf(inner, id);
    const reason = answer.answer === 'declined' ? answer.reason : null;
    const action = answer.answer === 'confirmed' ? 'customerConfirmed' : 'customerDeclined';
    const set = { answeredAt: inner.now, answeredBy: answer.name, answerNote: reason };
    await settleQuote(inner, row, answer.answer, { action, set });
    await sql`update quote_link set answer = ${answer.answer}, answered_at = ${inner.now}, name = ${answer.name},
      reason = ${reason}, ip = ${from.ip}, agent = ${from.agent} where id = ${id}`.execute(inner.db);
    await tell(inner, row, answer);
    return seenQuote(inner, services, quote);
  });
}

/** Whose quote, whose customer and whose business it is. */
async function tell(
  ctx: Context,
  row: Row,
  { answer, name: who }: z.infer<typeof linkAnswer>,
): Promise<void> {
  const { rows } = await sql<{ owner_id: string | null }>`select owner_id from opportunity
    where id = ${row.opportunity_id} and deleted_at is null`.execute(ctx.db);
  const to = [row.owner_id, row.root_owner_id, rows[0]?.owner_id].filter((id) => typeof id === 'string');
  const id = row.id as string;
  await notify(ctx, [
    {
      to: [...new Set(to)],
      kind: `quote.${answer}`,
      record: { entity: 'quote', id },
      params: { who },
      key: `quote.${answer}:${id}`,
    },
  ]);
}
