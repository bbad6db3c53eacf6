import { sql } from 'kysely';
import { invalid, problem } from '../../../platform/errors/problem.ts';
import type { AccountServices } from '../services.ts';
import { readSettings } from '../settings/settings.ts';
import {
  countAttempt,
  forgetAttempts,
  type Limit,
  PER_ADDRESS,
  PER_LOGIN,
  uncountAttempt,
} from './attempts.ts';
import { auditAccount } from './audit.ts';
import { type Client, callLibrary, type LibraryAnswer } from './library.ts';
import { findPerson } from './person.ts';
import { hashToken } from './token.ts';

/** A code of the authenticator app stays valid for up to 90 seconds; it must not open the door twice in that time. */
const ONCE: Limit = { max: 1, seconds: 120 };

export interface SecondFactor {
  /** Of the authenticator app. */
  code?: string | undefined;
  recoveryCode?: string | undefined;
  /** Do not ask on this device for 30 days. */
  trustDevice?: boolean | undefined;
}

interface Verified {
  token: string;
  user: { id: string };
}

/** Answers the question for the second factor. Throws `two_factor_failed` (401) or `too_many_attempts`. */
export async function provideSecondFactor(
  services: AccountServices,
  factor: SecondFactor,
  client: Client,
): Promise<string[]> {
  const addressKey = `address:${client.ip}`;
  await countAttempt(services.db, addressKey, PER_ADDRESS);
  const answer = await verify(services, factor, client);
  if (!answer) {
    await auditAccount(services, null, client.ip, 'two_factor_failed');
    throw problem('two_factor_failed', { status: 401 });
  }
  const { user, token } = answer.value;
  await refuseRepeated(services, user.id, factor.code, token);
  await uncountAttempt(services.db, addressKey);
  await auditAccount(services, user.id, client.ip, 'signed_in', {
    note: factor.recoveryCode ? 'recovery_code' : 'two_factor',
  });
  return answer.cookies;
}

async function verify(
  services: AccountServices,
  factor: SecondFactor,
  client: Client,
): Promise<LibraryAnswer<Verified> | null> {
  const auth = await services.auth();
  const trustDevice = factor.trustDevice ?? false;
  return factor.recoveryCode
    ? callLibrary(auth.api.verifyBackupCode, { code: factor.recoveryCode.trim(), trustDevice }, client)
    : callLibrary(auth.api.verifyTOTP, { code: factor.code?.trim() ?? '', trustDevice }, client);
}

async function refuseRepeated(
  services: AccountServices,
  userId: string,
  code: string | undefined,
  token: string,
) {
  if (!code) return;
  try {
    await countAttempt(
      services.db,
      `code:${hashToken(`${userId} ${code.trim()}`).toString('base64url')}`,
      ONCE,
    );
  } catch {
    await services.db.deleteFrom('auth.session').where('token', '=', token).execute();
    throw problem('two_factor_failed', { status: 401 });
  }
}

export interface TwoFactorSetup {
  uri: string;
  secret: string;
  recoveryCodes: string[];
}

/** Begins setting up the second factor: what the authenticator app needs. Nothing is asked at sign-in until confirmed. */
export async function beginTwoFactor(
  services: AccountServices,
  userId: string,
  password: string,
  client: Client,
): Promise<TwoFactorSetup> {
  const person = await findPerson(services.db, userId);
  if (person?.twoFactor) throw problem('two_factor_already_on', { status: 409 });
  const auth = await services.auth();
  const answer = await withPassword(services, userId, () =>
    callLibrary<{ password: string }, { totpURI: string; backupCodes: string[] }>(
      auth.api.enableTwoFactor as never,
      { password },
      client,
    ),
  );
  const secret = new URL(answer.value.totpURI).searchParams.get('secret')!;
  const { companyName } = await readSettings(services.db);
  const account = person?.email ?? person?.phone ?? person?.username ?? person?.name ?? '';
  const issuer = `Guanxi ${companyName}`.trim();
  const label = `${encodeURIComponent(issuer)}:${encodeURIComponent(account)}`;
  const uri = `otpauth://totp/${label}?secret=${secret}&issuer=${encodeURIComponent(issuer)}&digits=6&period=30`;
  return { uri, secret, recoveryCodes: answer.value.backupCodes };
}

/** Turns the second factor on, once the app has shown a right code. The session is renewed. */
export async function confirmTwoFactor(
  services: AccountServices,
  userId: string,
  code: string,
  client: Client,
): Promise<string[]> {
  const key = `confirm:${userId}`;
  await countAttempt(services.db, key, PER_LOGIN);
  const answer = await verify(services, { code }, client);
  if (!answer) throw invalid([{ path: 'code', code: 'two_factor_code_wrong' }]);
  await forgetAttempts(services.db, key);
  await auditAccount(services, userId, client.ip, 'two_factor_on');
  return answer.cookies;
}

export async function endTwoFactor(
  services: AccountServices,
  userId: string,
  password: string,
  client: Client,
): Promise<string[]> {
  const auth = await services.auth();
  const answer = await withPassword(services, userId, () =>
    callLibrary(auth.api.disableTwoFactor as never, { password }, client),
  );
  await auditAccount(services, userId, client.ip, 'two_factor_off');
  return answer.cookies;
}

/** A signed-in person proves himself once more; wrong passwords are limited as at sign-in. */
export async function withPassword<T>(
  services: AccountServices,
  userId: string,
  call: () => Promise<LibraryAnswer<T> | null>,
  path = 'password',
): Promise<LibraryAnswer<T>> {
  const key = `password:${userId}`;
  await countAttempt(services.db, key, PER_LOGIN);
  const answer = await call();
  if (!answer) throw invalid([{ path, code: 'password_wrong' }]);
  await forgetAttempts(services.db, key);
  return answer;
}

/** For someone who lost his device and his recovery codes: an administrator takes the second factor away. */
export async function removeTwoFactor(db: AccountServices['db'], userId: string): Promise<void> {
  await db.deleteFrom('auth.twoFactor').where('userId', '=', userId).execute();
  await sql`update auth."user" set "twoFactorEnabled" = false where id = ${userId}`.execute(db);
}
