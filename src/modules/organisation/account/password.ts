import { invalid, problem } from '../../../platform/errors/problem.ts';
import type { AccountServices } from '../services.ts';
import { readSettings } from '../settings/settings.ts';
import { auditAccount } from './audit.ts';
import { type Client, callLibrary } from './library.ts';
import { requireGoodPassword } from './password-rules.ts';
import { findPerson, type Person } from './person.ts';
import { provePassword } from './sign-in.ts';
import { cookieHeader } from './token.ts';
import { provideSecondFactor, type SecondFactor, withPassword } from './two-factor.ts';

/** Changes one's own password. All other sessions end; the answer's cookies carry a new one. */
export async function changePassword(
  services: AccountServices,
  userId: string,
  input: { current: string; next: string },
  client: Client,
): Promise<string[]> {
  const person = await findPerson(services.db, userId);
  if (!person) throw problem('not_found', { status: 404 });
  return change(services, person, input, client);
}

/**
 * Replaces an expired password: the old one (and the second factor, if there is one) proves who it is.
 * Signs in. Throws as signing in does, and `two_factor_code_required` when a second factor is on and none was given.
 */
export async function replaceExpiredPassword(
  services: AccountServices,
  input: { login: string; password: string; next: string } & SecondFactor,
  client: Client,
): Promise<string[]> {
  const proven = await provePassword(services, input.login, input.password, client);
  let cookies = proven.cookies;
  if (proven.state === 'twoFactor') {
    if (!input.code && !input.recoveryCode)
      throw invalid([{ path: 'code', code: 'two_factor_code_required' }]);
    cookies = await provideSecondFactor(services, input, { ...client, cookie: cookieHeader(cookies) });
  }
  const session = { ...client, cookie: cookieHeader(cookies) };
  try {
    return await change(services, proven.person, { current: input.password, next: input.next }, session);
  } catch (error) {
    const auth = await services.auth();
    await callLibrary(auth.api.signOut as never, undefined, session);
    throw error;
  }
}

async function change(
  services: AccountServices,
  person: Person,
  { current, next }: { current: string; next: string },
  client: Client,
): Promise<string[]> {
  const { passwordRules } = await readSettings(services.db);
  if (current === next) throw invalid([{ path: 'next', code: 'password_unchanged' }]);
  requireGoodPassword(next, passwordRules, person, 'next');
  const auth = await services.auth();
  const answer = await withPassword(
    services,
    person.id,
    () =>
      callLibrary(
        auth.api.changePassword as never,
        { currentPassword: current, newPassword: next, revokeOtherSessions: true },
        client,
      ),
    'current',
  );
  await auditAccount(services, person.id, client.ip, 'password_changed');
  return answer.cookies;
}
