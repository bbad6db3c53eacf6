import type { Problem } from '../../platform/entity/meta.shared.ts';
import { currentLanguage, say } from '../i18n/index.ts';

/** A refused or failed request. `problem.detail` is already in the caller's language. */
export class ApiError extends Error {
  readonly status: number;
  readonly problem: Problem;
  constructor(problem: Problem) {
    super(problem.detail || problem.title);
    this.status = problem.status;
    this.problem = problem;
  }
  get code(): string {
    return this.problem.code;
  }
}

interface Options {
  body?: unknown;
  query?: Record<string, unknown>;
  version?: number;
  signal?: AbortSignal;
}

const ROOT = '/api/v1';

/** Listeners told when the server is out of reach (`false`) or answers again (`true`). */
type Reach = (reached: boolean) => void;
const reachListeners = new Set<Reach>();
export function onReach(listener: Reach): () => void {
  reachListeners.add(listener);
  return () => reachListeners.delete(listener);
}
const tellReach = (reached: boolean) => {
  for (const listener of reachListeners) listener(reached);
};

let signedOut: () => void = () => {};
/** What to do when the session has ended on the server's side. */
export function onSignedOut(handler: () => void): void {
  signedOut = handler;
}

export function url(path: string, query: Record<string, unknown> = {}): string {
  const pairs = Object.entries(query).filter(
    ([, value]) => value !== undefined && value !== null && value !== '',
  );
  const search = new URLSearchParams(
    pairs.map(([key, value]) => [key, typeof value === 'object' ? JSON.stringify(value) : String(value)]),
  );
  const text = search.toString();
  return `${ROOT}${path}${text ? `?${text}` : ''}`;
}

async function send(
  method: string,
  path: string,
  { body, query, version, signal }: Options,
): Promise<Response> {
  const form = body instanceof FormData;
  const headers: Record<string, string> = {
    accept: 'application/json',
    'accept-language': currentLanguage(),
    'x-guanxi': '1',
  };
  if (body !== undefined && !form) headers['content-type'] = 'application/json';
  if (version !== undefined) headers['if-match'] = `"${version}"`;
  try {
    const response = await fetch(url(path, query), {
      method,
      headers,
      credentials: 'same-origin',
      ...(body === undefined ? {} : { body: form ? body : JSON.stringify(body) }),
      ...(signal ? { signal } : {}),
    });
    tellReach(true);
    return response;
  } catch (error) {
    if ((error as Error).name === 'AbortError') throw error;
    tellReach(false);
    throw new ApiError(localProblem(0, 'unreachable', say('error.unreachable')));
  }
}

function localProblem(status: number, code: string, detail: string): Problem {
  return { type: `about:${code}`, title: detail, status, code, detail };
}

async function problemOf(response: Response): Promise<Problem> {
  try {
    const problem = (await response.json()) as Problem;
    if (typeof problem.code === 'string') return { ...problem, status: response.status };
  } catch {
    // Not a problem document: a proxy's or gateway's page.
  }
  return localProblem(response.status, 'server', say('error.server', { status: response.status }));
}

/** Sends a request; what is refused or fails throws ApiError. */
export async function answerTo(method: string, path: string, options: Options = {}): Promise<Response> {
  const response = await send(method, path, options);
  if (!response.ok) {
    const problem = await problemOf(response);
    if (response.status === 401 && path !== '/session' && !path.startsWith('/session/')) signedOut();
    throw new ApiError(problem);
  }
  return response;
}

/** Sends a request and reads the JSON answer (`undefined` when empty). Throws ApiError. */
export async function request<T>(method: string, path: string, options: Options = {}): Promise<T> {
  const text = await (await answerTo(method, path, options)).text();
  return (text ? JSON.parse(text) : undefined) as T;
}

export const get = <T>(path: string, query?: Record<string, unknown>, signal?: AbortSignal) =>
  request<T>('GET', path, { ...(query ? { query } : {}), ...(signal ? { signal } : {}) });
export const post = <T>(path: string, body?: unknown) => request<T>('POST', path, { body: body ?? {} });
export const put = <T>(path: string, body: unknown) => request<T>('PUT', path, { body });
export const patch = <T>(path: string, body: unknown, version?: number) =>
  request<T>('PATCH', path, { body, ...(version === undefined ? {} : { version }) });
export const remove = <T>(path: string, query?: Record<string, unknown>, body?: unknown) =>
  request<T>('DELETE', path, { ...(query ? { query } : {}), ...(body === undefined ? {} : { body }) });

/** Each thing that was wrong with what was sent, for where no field stands to show it beside; else what happened. */
export function reasonsOf(error: unknown): string {
  const errors = error instanceof ApiError && error.code === 'invalid' ? (error.problem.errors ?? []) : [];
  return [...new Set(errors.map(({ message }) => message))].join(' ') || messageOf(error);
}

/** The words to show for any thrown thing. */
export function messageOf(error: unknown): string {
  if (error instanceof ApiError) return error.message;
  return say('error.unexpected');
}
