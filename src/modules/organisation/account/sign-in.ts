import { problem } from '../../../platform/errors/problem.ts';
import type { AccountServices } from '../services.ts';
import { readSettings } from '../settings/settings.ts';
import { countAttempt, forgetAttempts, PER_ADDRESS, PER_LOGIN, uncountAttempt } from './attempts.ts';
import { auditAccount } from './audit.ts';
import { type Client, callLibrary } from './library.ts';
import { internalMail, NOBODY } from './names.ts';
import { findByLogin, type Person } from './person.ts';
import { hashToken } from './token.ts';

export interface SignInAnswer {
  state: 'signedIn' | 'twoFactor';
  cookies: string[];
}

/** A password was right: who it is, and the cookies of the session, or of the question for the second factor. */
interface Proven extends SignInAnswer {
  person: Person;
  /** The session's token; none while the second factor is missing. */
  token: string | null;
}

const failed = () => problem('sign_in_failed', { status: 401 });

/**
 * Checks a login and password. Whether the login exists, is waiting, deactivated or has another password cannot be told
 * apart from outside: same answer, same time, same limits. Throws `sign_in_failed` or `too_many_attempts`.
 */
export async function provePassword(
  services: AccountServices,
  login: string,
  password: string,
  client: Client,
): Promise<Proven> {
  const person = await findByLogin(services.db, login);
  const loginKey = `login:${person?.id ?? hashToken(login.trim().toLowerCase()).toString('base64url')}`;
  const addressKey = `address:${client.ip}`;
  await countAttempt(services.db, addressKey, PER_ADDRESS);
  await countAttempt(services.db, loginKey, PER_LOGIN);
  const usable = person?.status === 'active' && person.hasPassword;
  const auth = await services.auth();
  const answer = await callLibrary<
    { email: string; password: string },
    { token?: string; twoFactorRedirect?: boolean }
  >(auth.api.signInEmail, { email: usable ? internalMail(person.id) : NOBODY, password }, client);
  if (!person || !answer) {
    await auditAccount(services, person?.id ?? null, client.ip, 'sign_in_failed');
    throw failed();
  }
  await Promise.all([forgetAttempts(services.db, loginKey), uncountAttempt(services.db, addressKey)]);
  const state = answer.value.twoFactorRedirect ? 'twoFactor' : 'signedIn';
  return { state, cookies: answer.cookies, person, token: answer.value.token ?? null };
}

/**
 * Signs in by mail, phone or user name. With a second factor the answer is `twoFactor` and the cookies carry the question.
 * Throws further `password_expired` (403) when the password is right but older than the rules allow.
 */
export async function signIn(
  services: AccountServices,
  input: { login: string; password: string },
  client: Client,
): Promise<SignInAnswer> {
  const { person, token, state, cookies } = await provePassword(
    services,
    input.login,
    input.password,
    client,
  );
  const { passwordRules } = await readSettings(services.db);
  if (passwordRules.maxAgeDays > 0 && (person.passwordAgeDays ?? 0) > passwordRules.maxAgeDays) {
    if (token) await services.db.deleteFrom('auth.session').where('token', '=', token).execute();
    throw problem('password_expired', {
      status: 403,
      params: { days: passwordRules.maxAgeDays },
      extra: { twoFactor: person.twoFactor },
    });
  }
  if (state === 'signedIn') await auditAccount(services, person.id, client.ip, 'signed_in');
  return { state, cookies };
}

/** Ends the session of these cookies. */
export async function signOut(services: AccountServices, userId: string, client: Client): Promise<string[]> {
  const auth = await services.auth();
  const answer = await callLibrary(auth.api.signOut as never, undefined, client);
  await auditAccount(services, userId, client.ip, 'signed_out');
  return answer?.cookies ?? [];
}
