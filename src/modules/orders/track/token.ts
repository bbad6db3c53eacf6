import { isSameSignature, signatureOf } from '../../../platform/http/signature.ts';

const PURPOSE = 'order tracking';

/** What the address of a link bears: which link, signed by this house. When it ends stands with the link itself. */
export const trackingToken = (secret: string, link: string): string =>
  `${link}.${signatureOf(secret, PURPOSE, link)}`;

/** The link a token of ours names; null for one that is forged. */
export function trackedLink(secret: string, token: string): string | null {
  const [link = '', given = ''] = token.split('.');
  return isSameSignature(signatureOf(secret, PURPOSE, link), given) ? link : null;
}
