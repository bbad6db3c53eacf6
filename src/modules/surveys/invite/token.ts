import type { Services } from '../../../platform/context/services.ts';
import { isSameSignature, signatureOf } from '../../../platform/http/signature.ts';

const PURPOSE = 'survey link';

type Keys = Pick<Services, 'baseUrl' | 'secret'>;

/** The address of a survey everybody may have. */
export const publicAddress = ({ baseUrl }: Pick<Keys, 'baseUrl'>, key: string): string =>
  `${baseUrl}/q/${key}`;

/** The address that is one person's own; only we can make it. */
export const ownAddress = ({ baseUrl, secret }: Keys, invite: string): string =>
  `${baseUrl}/q/${invite}.${signatureOf(secret, PURPOSE, invite)}`;

/** The link of somebody's own an address names; null where it is none, or not signed by this house. */
export function inviteIn(secret: string, text: string): string | null {
  const [id = '', given = ''] = text.split('.');
  return /^[0-9a-f-]{36}$/.test(id) && isSameSignature(signatureOf(secret, PURPOSE, id), given) ? id : null;
}

const PREVIEW = 'survey preview';

/** Where those who write a survey see what others will see. */
export const previewAddress = (keys: Keys, { id, key }: { id: string; key: string }): string =>
  `${publicAddress(keys, key)}?preview=${signatureOf(keys.secret, PREVIEW, id)}`;

/** Whether somebody comes to look before it is open. */
export const isPreview = (secret: string, id: string, given: string | undefined): boolean =>
  given !== undefined && isSameSignature(signatureOf(secret, PREVIEW, id), given);
