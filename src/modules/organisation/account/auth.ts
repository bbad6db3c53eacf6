import { betterAuth } from 'better-auth';
import { twoFactor } from 'better-auth/plugins/two-factor';
import type { Db } from '../../../platform/context/context.ts';
import { withDates } from './dates.ts';
import { COOKIE_PREFIX, IP_HEADER } from './names.ts';

/** Sessions end this long after sign-in at the latest; unused ones earlier (see access/authenticate.ts). */
const SESSION_DAYS = 30;
const DAY = 86_400;

export interface AuthOptions {
  db: Db;
  /** Signs cookies and encrypts two-factor secrets; at least 32 random characters. */
  secret: string;
}

/**
 * The sign-in library on our database. It is called from our routes only and has no routes of its own.
 *
 * It knows a person by `internalMail(id)`, never by the mail they type: mail, phone and user name belong to the record
 * `user` and may change there without touching what proves who someone is. Attempts are limited in attempts.ts.
 */
export function createAuth({ db, secret }: AuthOptions) {
  return betterAuth({
    appName: 'Guanxi',
    baseURL: 'http://guanxi.invalid',
    secret,
    database: { db: withDates(db), type: 'postgres', schemaName: 'auth', transaction: true },
    emailAndPassword: { enabled: true, disableSignUp: true, minPasswordLength: 1, maxPasswordLength: 128 },
    session: { expiresIn: SESSION_DAYS * DAY, updateAge: DAY, cookieCache: { enabled: false }, freshAge: 0 },
    rateLimit: { enabled: false },
    telemetry: { enabled: false },
    logger: { disabled: true },
    plugins: [
      twoFactor({ issuer: 'Guanxi', accountLockout: { maxFailedAttempts: 10, durationSeconds: 900 } }),
    ],
    advanced: {
      cookiePrefix: COOKIE_PREFIX,
      // The routes add `Secure` when the request came over https; the names stay the same.
      useSecureCookies: false,
      ipAddress: { ipAddressHeaders: [IP_HEADER] },
      database: { generateId: 'uuid' },
    },
  });
}

export type Auth = ReturnType<typeof createAuth>;
