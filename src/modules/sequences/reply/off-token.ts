import type { Services } from '../../../platform/context/services.ts';
import { isSameSignature, signatureOf } from '../../../platform/http/signature.ts';

const PURPOSE = 'sequence off';

/** Where whoever got a mail says that he wants no more; only we can make it. */
export const offLink = ({ baseUrl, secret }: Pick<Services, 'baseUrl' | 'secret'>, run: string): string =>
  `${baseUrl}/seq-off/${run}.${signatureOf(secret, PURPOSE, run)}`;

/** The run a link was made for, or null. */
export function runOfLink({ secret }: Pick<Services, 'secret'>, token: string): string | null {
  const [run = '', given = ''] = token.split('.');
  return /^[0-9a-f-]{36}$/.test(run) && isSameSignature(signatureOf(secret, PURPOSE, run), given)
    ? run
    : null;
}
