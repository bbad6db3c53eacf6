import { isSameSignature, signatureOf } from '../../../platform/http/signature.ts';

/** A customer may look so many days after he was sent the address. */
const DAYS = 180;

const PURPOSE = 'order tracking';

const daysSince = (instant: string) =>
  Math.floor(Temporal.Instant.from(instant).epochMilliseconds / 86_400_000);

/** What only we can make: it names an order and until when it may be looked at. */
export function trackingToken(secret: string, order: string, now: string): string {
  const text = `${Buffer.from(order.replaceAll('-', ''), 'hex').toString('base64url')}.${daysSince(now) + DAYS}`;
  return `${text}.${signatureOf(secret, PURPOSE, text)}`;
}

/** The order a token of ours names; null for one that is forged or past its time. */
export function trackedOrder(secret: string, token: string, now: string): string | null {
  const [id = '', until = '', given = ''] = token.split('.');
  if (!isSameSignature(signatureOf(secret, PURPOSE, `${id}.${until}`), given)) return null;
  if (Number(until) < daysSince(now)) return null;
  const hex = Buffer.from(id, 'base64url').toString('hex');
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}
