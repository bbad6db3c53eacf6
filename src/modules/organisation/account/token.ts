import { createHash, createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import { SESSION_COOKIE } from './names.ts';

/** A new secret of 256 bits that fits into links and headers. */
export const newToken = () => randomBytes(32).toString('base64url');

/** What is kept of a token. The token is random, so a fast hash suffices and can be looked up. */
export const hashToken = (token: string) => createHash('sha256').update(token).digest();

/** The value of a cookie in a `Cookie` header, decoded. */
export function cookieValue(header: string | undefined, name: string): string | null {
  for (const part of header?.split(';') ?? []) {
    const at = part.indexOf('=');
    if (at < 0 || part.slice(0, at).trim() !== name) continue;
    try {
      return decodeURIComponent(part.slice(at + 1).trim());
    } catch {
      return null;
    }
  }
  return null;
}

/** The session token of a `Cookie` header, if it bears our signature (`token.signature`, HMAC-SHA256). */
export function sessionToken(header: string | undefined, secret: string): string | null {
  const value = cookieValue(header, SESSION_COOKIE);
  const dot = value?.lastIndexOf('.') ?? -1;
  if (!value || dot < 1) return null;
  const token = value.slice(0, dot);
  const expected = createHmac('sha256', secret).update(token).digest();
  const given = Buffer.from(value.slice(dot + 1), 'base64');
  return given.length === expected.length && timingSafeEqual(given, expected) ? token : null;
}

/** The `Cookie` header a browser would send after these `Set-Cookie` lines. */
export const cookieHeader = (lines: readonly string[]) =>
  lines.map((line) => line.split(';', 1)[0]).join('; ');
