import { createHmac, timingSafeEqual } from 'node:crypto';

/**
 * What only this house can write beneath a text: an address, a form, a link in a mail.
 * @param purpose keeps what was signed for one use from serving another
 */
export const signatureOf = (secret: string, purpose: string, text: string): string =>
  createHmac('sha256', secret).update(`${purpose} ${text}`).digest('base64url');

/** Whether a signature is the one expected; takes as long for a wrong one as for the right one. */
export function isSameSignature(expected: string, given: string): boolean {
  const [right, sent] = [Buffer.from(expected), Buffer.from(given)];
  return right.length === sent.length && timingSafeEqual(right, sent);
}

/** By what attempts from a network address are counted, so that the address itself is not kept. */
export const addressKey = (secret: string, ip: string): string => signatureOf(secret, 'address', ip);
