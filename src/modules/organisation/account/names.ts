/** Names shared by the sign-in library and by what does without loading it. */
export const COOKIE_PREFIX = 'guanxi';
export const SESSION_COOKIE = `${COOKIE_PREFIX}.session_token`;
export const TWO_FACTOR_COOKIE = `${COOKIE_PREFIX}.two_factor`;
/** Set by us from the connection, never taken from the client. */
export const IP_HEADER = 'x-guanxi-ip';

/** The name under which the library knows a person. `.invalid` never is a real domain (RFC 2606). */
export const internalMail = (userId: string) => `${userId}@user.invalid`;

/** Nobody's name: signing in under it takes as long as a wrong password does. */
export const NOBODY = internalMail('00000000-0000-0000-0000-000000000000');
