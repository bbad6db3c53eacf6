import type { Auth } from './auth.ts';
import { IP_HEADER } from './names.ts';

/** Where a request comes from. */
export interface Client {
  ip: string;
  userAgent: string;
  /** The request's `Cookie` header. */
  cookie: string;
}

type Call<Body> = (options: {
  body: Body;
  headers: Headers;
  returnHeaders: true;
}) => Promise<{ headers: Headers; response: unknown }>;

export interface LibraryAnswer<T> {
  value: T;
  /** `Set-Cookie` lines for the browser. */
  cookies: string[];
}

/**
 * Calls one function of the sign-in library on behalf of a browser.
 * Returns null when the library refuses (wrong password, code, cookie …); anything else it throws is a fault.
 */
export async function callLibrary<Body, T>(
  call: Call<Body>,
  body: Body,
  client: Client,
): Promise<LibraryAnswer<T> | null> {
  const headers = new Headers({ [IP_HEADER]: client.ip, 'user-agent': client.userAgent });
  if (client.cookie) headers.set('cookie', client.cookie);
  try {
    const answer = await call({ body, headers, returnHeaders: true });
    return { value: answer.response as T, cookies: answer.headers.getSetCookie() };
  } catch (error) {
    if (isRefusal(error)) return null;
    throw error;
  }
}

/** The library's own error class is not imported here: that would load the whole library. */
function isRefusal(error: unknown): boolean {
  const { name, statusCode } = error as { name?: string; statusCode?: number };
  return name === 'APIError' && statusCode !== undefined && statusCode < 500;
}

/** Loads the sign-in library when first needed: reading a record needs none of it. */
export function lazily<T>(make: () => Promise<T>): () => Promise<T> {
  let made: Promise<T> | undefined;
  return () => {
    made ??= make();
    return made;
  };
}

export type LazyAuth = () => Promise<Auth>;
