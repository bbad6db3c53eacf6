import { invalid } from '../../../platform/errors/problem.ts';
import { COMMON_PASSWORDS } from './common-passwords.ts';

export interface PasswordRules {
  /** In characters, never below 8. */
  minLength: number;
  /** Days after which a password must be changed; 0 means never. */
  maxAgeDays: number;
}

export const MIN_LENGTH = 8;
/** The sign-in library hashes no longer ones. */
export const MAX_LENGTH = 128;

/** What a password must not contain: whatever its owner is called or signs in with. */
export interface PasswordOwner {
  name?: string | null;
  email?: string | null;
  phone?: string | null;
  username?: string | null;
}

/** Why a password is not good enough, as an error code with its parameters; null if it is. */
export function passwordFault(
  password: string,
  rules: PasswordRules,
  owner: PasswordOwner = {},
): { code: string; params?: Record<string, unknown> } | null {
  const min = Math.max(rules.minLength, MIN_LENGTH);
  const length = [...password].length;
  if (length < min) return { code: 'password_too_short', params: { min } };
  if (password.length > MAX_LENGTH) return { code: 'password_too_long', params: { max: MAX_LENGTH } };
  const folded = password.normalize('NFKC').toLowerCase();
  if (COMMON_PASSWORDS.has(folded) || isMonotonous(folded)) return { code: 'password_common' };
  if (ownNames(owner).some((name) => folded.includes(name))) return { code: 'password_contains_login' };
  return null;
}

/** Throws `invalid` at the given field if the password breaks the rules. */
export function requireGoodPassword(
  password: string,
  rules: PasswordRules,
  owner: PasswordOwner,
  path = 'password',
): void {
  const fault = passwordFault(password, rules, owner);
  if (fault) throw invalid([{ path, ...fault }]);
}

/** Few different characters, or one long run such as 12345678 or hgfedcba. */
function isMonotonous(text: string): boolean {
  if (new Set(text).size <= 3) return true;
  const steps = [...text].slice(1).map((char, index) => char.charCodeAt(0) - text.charCodeAt(index));
  const runs = steps.filter((step) => step === 1 || step === -1).length;
  return runs >= steps.length - 1;
}

function ownNames(owner: PasswordOwner): string[] {
  return [
    owner.email,
    owner.email?.split('@')[0],
    owner.username,
    owner.name,
    owner.phone?.replace(/\D/g, ''),
  ]
    .flatMap((name) => (name ? [name.normalize('NFKC').toLowerCase()] : []))
    .filter((name) => name.length >= 4);
}
