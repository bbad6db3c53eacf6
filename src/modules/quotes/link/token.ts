import { createHmac, timingSafeEqual } from 'node:crypto';
import { problem } from '../../../platform/errors/problem.ts';

const signature = (secret: string, id: string) =>
  createHmac('sha256', secret).update(`quote link ${id}`).digest('base64url');

/** What the address of a link bears: which link, signed by this house. When it ends stands with the link itself. */
export const linkToken = (secret: string, id: string): string => `${id}.${signature(secret, id)}`;

/** The link an address names; throws `link_invalid` where this house did not sign it. */
export function linkIdOf(secret: string, token: string): string {
  const [id = '', sign = ''] = token.split('.');
  const [expected, given] = [Buffer.from(signature(secret, id)), Buffer.from(sign)];
  if (expected.length !== given.length || !timingSafeEqual(expected, given))
    throw problem('link_invalid', { status: 404 });
  return id;
}
