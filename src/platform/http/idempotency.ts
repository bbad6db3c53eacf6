import { createHash } from 'node:crypto';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { sql } from 'kysely';
import type { Context } from '../context/context.ts';
import { inTransaction } from '../context/transaction.ts';
import { ERASED_STATUS } from '../entity/traces.ts';
import { problem } from '../errors/problem.ts';
import type { Route } from './route.ts';

/** Class of the advisory locks that say which keys are being worked on. */
const AT_WORK = 7_245_070;

interface Request {
  key: string;
  principal: string;
  /** What was asked: the same key for anything else is refused. */
  fingerprint: string;
  secret: boolean;
}

/**
 * Honours `Idempotency-Key`: the same request again gets the first answer and does nothing twice; another request under
 * the same key is refused. A key whose first request failed may be used again.
 *
 * The answer is kept in the transaction of the write itself: a process that dies leaves both or neither, and nobody ever has
 * to guess which. Routes that write `apart` cannot do so; for them the key is taken first, and if their process dies it
 * stays taken until the nightly cleaning, because whether they had written is not known and doing it twice is worse.
 * @param digest of a form's parts, in place of the body
 */
export async function idempotent(
  ctx: Context,
  request: FastifyRequest,
  reply: FastifyReply,
  route: Route,
  handle: (ctx: Context) => unknown,
  digest?: string,
): Promise<unknown> {
  const key = request.headers['idempotency-key'];
  if (key === undefined) return handle(ctx);
  if (typeof key !== 'string' || key.length < 1 || key.length > 200)
    throw problem('bad_idempotency_key', { status: 400 });
  const asked: Request = {
    key,
    principal: ctx.principal.userId ?? 'system',
    fingerprint: createHash('sha256')
      .update(`${request.method} ${request.url} ${digest ?? JSON.stringify(request.body ?? null)}`)
      .digest('base64url'),
    secret:
      typeof route.secret === 'function'
        ? route.secret(request.params as Record<string, string>)
        : route.secret === true,
  };
  const work = route.apart ? takenFirst : inOneTransaction;
  return work(ctx, reply, route, asked, handle);
}

type Way = (
  ctx: Context,
  reply: FastifyReply,
  route: Route,
  asked: Request,
  handle: (ctx: Context) => unknown,
) => Promise<unknown>;

const inOneTransaction: Way = (ctx, reply, route, asked, handle) =>
  inTransaction(ctx, async (inner) => {
    const { key, principal, fingerprint } = asked;
    const { rows } = await sql<{ free: boolean }>`select
      pg_try_advisory_xact_lock(${AT_WORK}, hashtext(${`${principal} ${key}`})) as free`.execute(inner.db);
    if (!rows[0]?.free) throw inProgress();
    // A statement of its own: what another committed before it gave the lock back is seen by the next only.
    const kept = await keptAnswer(inner, asked);
    if (kept) return repeat(reply, asked, kept);
    const result = await handle(inner);
    const stored =
      await sql`insert into idempotency (key, principal, fingerprint, status, body) values (${key}, ${principal},
      ${fingerprint}, ${statusOf(reply, route, result)}, ${bodyOf(asked, result)}::jsonb)
      on conflict (principal, key) do nothing returning key`.execute(inner.db);
    if (stored.rows.length === 0) throw inProgress();
    return result;
  });

const takenFirst: Way = async (ctx, reply, route, asked, handle) => {
  const { key, principal, fingerprint } = asked;
  const claimed =
    await sql`insert into idempotency (key, principal, fingerprint) values (${key}, ${principal}, ${fingerprint})
    on conflict (principal, key) do nothing returning key`.execute(ctx.db);
  if (claimed.rows.length === 0) return repeat(reply, asked, await keptAnswer(ctx, asked));
  try {
    const result = await handle(ctx);
    await sql`update idempotency set status = ${statusOf(reply, route, result)}, body = ${bodyOf(asked, result)}::jsonb
      where principal = ${principal} and key = ${key}`.execute(ctx.db);
    return result;
  } catch (error) {
    await sql`delete from idempotency where principal = ${principal} and key = ${key}`.execute(ctx.db);
    throw error;
  }
};

const inProgress = () => problem('request_in_progress', { status: 409, params: { retryAfter: 1 } });

const statusOf = (reply: FastifyReply, route: Route, result: unknown) =>
  reply.statusCode === 200 ? (route.status ?? (result === undefined ? 204 : 200)) : reply.statusCode;

const bodyOf = ({ secret }: Request, result: unknown) => JSON.stringify(secret ? null : (result ?? null));

interface Kept {
  fingerprint: string;
  status: number | null;
  body: unknown;
}

async function keptAnswer(ctx: Context, { principal, key }: Request): Promise<Kept | undefined> {
  const { rows } = await sql<Kept>`select fingerprint, status, body from idempotency
    where principal = ${principal} and key = ${key}`.execute(ctx.db);
  return rows[0];
}

function repeat(reply: FastifyReply, { fingerprint, secret }: Request, first: Kept | undefined): unknown {
  if (first && first.fingerprint !== fingerprint) throw problem('idempotency_key_reused', { status: 422 });
  if (!first?.status) throw inProgress();
  if (first.status === ERASED_STATUS) throw problem('record_erased', { status: ERASED_STATUS });
  if (secret) throw problem('secret_shown_once', { status: 409 });
  reply.code(first.status).header('idempotent-replay', 'true');
  return first.body ?? undefined;
}
