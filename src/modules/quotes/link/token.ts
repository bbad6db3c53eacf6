import { problem } from '../../../platform/errors/problem.ts';
import { isSameSignature, signatureOf } from '../../../platform/http/signature.ts';

const PURPOSE = 'quote link';

/** What the address of a link bears: which link, signed by this house. When it ends stands with the link itself. */
export const linkToken = (secret: string, id: string): string => `${id}.${signatureOf(secret, PURPOSE, id)}`;

/** The link an address names; throws `link_invalid` where this house did not sign it. */
export function linkIdOf(secret: string, token: string): string {
  const [id = '', sign = ''] = token.split('.');
  if (!isSameSignature(signatureOf(secret, PURPOSE, id), sign))
    throw problem('link_invalid', { status: 404 });
  return id;
}
