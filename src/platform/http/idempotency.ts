import { createHash } from 'node:crypto';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { sql } from 'kysely';
import type { Context } from '../context/context.ts';
import { ERASED_STATUS } from '../entity/traces.ts';
import { problem } from '../errors/problem.ts';
import type { Route } from './route.ts';

/**
 * Honours `Idempotency-Key`: the same request again gets the first answer and does nothing twice; another request under
 * the same key is refused. A key whose first request failed may be used again.
 */
export async function idempotent(
  ctx: Context,
  request: FastifyRequest,
  reply: FastifyReply,
  route: Route,
  handle: () => unknown,
): Promise<unknown> {
  const key = request.headers['idempotency-key'];
  if (key === undefined || route.multipart) return handle();
  if (typeof key !== 'string' || key.length < 1 || key.length > 200)
    throw problem('bad_idempotency_key', { status: 400 });
  const secret =
    typeof route.secret === 'function'
      ? route.secret(request.params as Record<string, string>)
      : route.secret === true;
  const principal = ctx.principal.userId ?? 'system';
  const fingerprint = createHash('sha256')
    .update(`${request.method} ${request.url} ${JSON.stringify(request.body ?? null)}`)
    .digest('base64url');
  const claimed =
    await sql`insert into idempotency (key, principal, fingerprint) values (${key}, ${principal}, ${fingerprint})
    on conflict (principal, key) do nothing returning key`.execute(ctx.db);
  if (claimed.rows.length === 0) return repeat(ctx, reply, secret, principal, key, fingerprint);
  try {
    const result = await handle();
    const status =
      reply.statusCode === 200 ? (route.status ?? (result === undefined ? 204 : 200)) : reply.statusCode;
    await sql`update idempotency set status = ${status}, body = ${JSON.stringify(secret ? null : (result ?? null))}::jsonb
      where principal = ${principal} and key = ${key}`.execute(ctx.db);
    return result;
  } catch (error) {
    await sql`delete from idempotency where principal = ${principal} and key = ${key}`.execute(ctx.db);
    throw error;
  }
}

async function repeat(
  ctx: Context,
  reply: FastifyReply,
  secret: boolean,
  principal: string,
  key: string,
  fingerprint: string,
) {
  const { rows } = await sql<{ fingerprint: string; status: number | null; body: unknown }>`
    select fingerprint, status, body from idempotency where principal = ${principal} and key = ${key}`.execute(
    ctx.db,
  );
  const first = rows[0];
  if (first && first.fingerprint !== fingerprint) throw problem('idempotency_key_reused', { status: 422 });
  if (!first?.status) throw problem('request_in_progress', { status: 409, params: { retryAfter: 1 } });
  if (first.status === ERASED_STATUS) throw problem('record_erased', { status: ERASED_STATUS });
  if (secret) throw problem('secret_shown_once', { status: 409 });
  reply.code(first.status).header('idempotent-replay', 'true');
  return first.body ?? undefined;
}
