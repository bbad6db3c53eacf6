import { randomBytes } from 'node:crypto';
import { isSameSignature, signatureOf } from './signature.ts';

/** No person fills in a form faster, in seconds; a page may stand open for a day. */
const SOONEST = 2;
const LATEST = 24 * 3600;

const seconds = (instant: string) => Math.floor(Temporal.Instant.from(instant).epochMilliseconds / 1000);

/**
 * A mark of when a form for people outside was shown, which only we can make.
 * @param purpose which form: a mark of one is none of another
 */
export function formToken(secret: string, purpose: string, now: string): string {
  const text = `${seconds(now)}.${randomBytes(9).toString('base64url')}`;
  return `${text}.${signatureOf(secret, purpose, text)}`;
}

export type Verdict = 'good' | 'early' | 'late' | 'forged';

/** What a token says of the form it came with. */
export function judgeToken(secret: string, purpose: string, token: string, now: string): Verdict {
  const [shown = '', nonce = '', given = ''] = token.split('.');
  const expected = signatureOf(secret, purpose, `${shown}.${nonce}`);
  if (!isSameSignature(expected, given)) return 'forged';
  const age = seconds(now) - Number(shown);
  if (age < SOONEST) return 'early';
  return age > LATEST ? 'late' : 'good';
}
