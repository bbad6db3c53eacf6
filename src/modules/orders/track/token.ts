import { createHmac, timingSafeEqual } from 'node:crypto';

/** A customer may look so many days after he was sent the address. */
const DAYS = 180;

const mac = (secret: string, text: string) =>
  createHmac('sha256', secret).update(`order tracking ${text}`).digest('base64url');

const daysSince = (instant: string) =>
  Math.floor(Temporal.Instant.from(instant).epochMilliseconds / 86_400_000);

/** What only we can make: it names an order and until when it may be looked at. */
export function trackingToken(secret: string, order: string, now: string): string {
  const text = `${Buffer.from(order.replaceAll('-', ''), 'hex').toString('base64url')}.${daysSince(now) + DAYS}`;
  return `${text}.${mac(secret, text)}`;
}

/** The order a token of ours names; null for one that is forged or past its time. */
export function trackedOrder(secret: string, token: string, now: string): string | null {
  const [id = '', until = '', given = ''] = token.split('.');
  const expected = Buffer.from(mac(secret, `${id}.${until}`));
  const sent = Buffer.from(given);
  if (expected.length !== sent.length || !timingSafeEqual(expected, sent)) return null;
  if (Number(until) < daysSince(now)) return null;
  const hex = Buffer.from(id, 'base64url').toString('hex');
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}
