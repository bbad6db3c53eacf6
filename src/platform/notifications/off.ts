import { z } from 'zod';
import type { Context } from '../context/context.ts';
import { inTransaction } from '../context/transaction.ts';
import { problem } from '../errors/problem.ts';
import { isSameSignature, signatureOf } from '../http/signature.ts';
import { overlaid, personalPreferences, storePersonalPreferences } from './preferences.ts';
import { kindLabel } from './read.ts';

const claim = z.tuple([z.uuid(), z.array(z.string().max(100)).max(100)]);

const PURPOSE = 'notifications off';

/** What a link in a mail bears: whose mails of which kinds it ends. It can do nothing else, so it never expires. */
export function offToken(secret: string, userId: string, kinds: readonly string[]): string {
  const text = Buffer.from(JSON.stringify([userId, kinds])).toString('base64url');
  return `${text}.${signatureOf(secret, PURPOSE, text)}`;
}

function opened(secret: string, token: string): { userId: string; kinds: string[] } {
  const [text = '', sign = ''] = token.split('.');
  if (!isSameSignature(signatureOf(secret, PURPOSE, text), sign))
    throw problem('link_invalid', { status: 404 });
  const [userId, kinds] = claim.parse(JSON.parse(Buffer.from(text, 'base64url').toString()));
  return { userId, kinds };
}

/** The kinds whose mails a link ends. */
export function mailsOf(ctx: Context, secret: string, token: string): { kinds: string[] } {
  return { kinds: opened(secret, token).kinds.map((kind) => kindLabel(ctx, kind)) };
}

/** Ends mails of these kinds for whom the link was made. */
export async function endMails(ctx: Context, secret: string, token: string): Promise<{ kinds: string[] }> {
  const { userId, kinds } = opened(secret, token);
  await inTransaction(ctx, async (inner) => {
    const before = (await personalPreferences(inner.db, [userId], true)).get(userId) ?? {};
    const off = Object.fromEntries(kinds.map((kind) => [kind, { mail: 'off' as const }]));
    await storePersonalPreferences(inner.db, userId, overlaid(before, { kinds: off }));
  });
  return mailsOf(ctx, secret, token);
}
