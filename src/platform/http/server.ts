import cookie from '@fastify/cookie';
import multipart from '@fastify/multipart';
import Fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify';
import helmet from 'helmet';
import type { Context, Principal } from '../context/context.ts';
import { anonymousContext, contextFor, type Services } from '../context/services.ts';
import { parseBody } from '../entity/schema.ts';
import { problem } from '../errors/problem.ts';
import { chooseLanguage, type Language } from '../i18n/translations.ts';
import { idempotent } from './idempotency.ts';
import { parseJson } from './json.ts';
import { asProblem, sendProblem } from './problems.ts';
import type { Route } from './route.ts';

export interface ServerOptions {
  services: Services;
  routes: readonly Route[];
  /** Who asks; null when nobody is signed in. */
  authenticate(request: FastifyRequest): Promise<Principal | null>;
  /** Before every answer to a request that was not only a question. */
  afterChange?(request: FastifyRequest): void;
}

/** Requests that take longer are worth a line in the log. */
const SLOW_MS = 1000;
const MEBIBYTE = 1024 * 1024;

/** The HTTP server: every route is checked, run with the caller's rights, and fails with a problem document. */
export async function createServer({
  services,
  routes,
  authenticate,
  afterChange,
}: ServerOptions): Promise<FastifyInstance> {
  const app = Fastify({
    bodyLimit: MEBIBYTE,
    trustProxy: 'loopback',
    routerOptions: { maxParamLength: 200 },
    logger: false,
  });
  await app.register(cookie);
  await app.register(multipart, {
    limits: { fileSize: 512 * MEBIBYTE, files: 1, fields: 20, fieldSize: 64 * 1024 },
  });
  // The middleware itself, made once: as a plug-in it would put its headers together anew for every request.
  const protect = helmet(securityHeaders(services.baseUrl));
  app.addHook('onRequest', (request, reply, done) => protect(request.raw, reply.raw, () => done()));
  app.removeContentTypeParser('application/json');
  app.addContentTypeParser('application/json', { parseAs: 'string' }, (request, body, done) => {
    try {
      if (request.routeOptions.config.keepsText) request.bodyText = body as string;
      done(null, parseJson(body as string));
    } catch (error) {
      done(error as Error);
    }
  });
  // The one click of a mailbox (RFC 8058) is a form whose single word nobody needs; only pages have forms of their own.
  app.addContentTypeParser(
    'application/x-www-form-urlencoded',
    { parseAs: 'string' },
    (request, body, done) =>
      done(
        null,
        request.routeOptions.config.page
          ? Object.fromEntries(new URLSearchParams(body as string))
          : undefined,
      ),
  );
  const languageOf = (request: FastifyRequest): Language =>
    request.language ?? chooseLanguage(request.headers['accept-language']);
  app.decorateRequest('language', undefined);
  app.decorateRequest('bodyText', undefined);
  app.setErrorHandler((error, request, reply) => {
    const expected = asProblem(error);
    if (expected.status >= 500)
      services.log.error(
        { err: error, method: request.method, url: request.routeOptions.url },
        'request failed',
      );
    return sendProblem(reply, expected, services.registry().words, languageOf(request));
  });
  app.get('/healthz', async (_request, reply) => {
    await services.pool.query('select 1');
    return reply.send({ status: 'ok' });
  });
  if (afterChange)
    app.addHook('onSend', (request, _reply, _payload, done) => {
      afterChange(request);
      done();
    });
  app.addHook('onResponse', async (request, reply) => {
    const { method, routeOptions, id } = request;
    const ms = Math.round(reply.elapsedTime);
    const entry = { request: id, method, route: routeOptions.url, status: reply.statusCode, ms };
    if (ms > SLOW_MS && !routeOptions.url?.endsWith('/live')) services.log.warn(entry, 'slow request');
    else services.log.info(entry, 'request');
  });
  for (const each of routes) {
    app.route({
      method: each.method,
      url: `${each.page ? '' : '/api/v1'}${each.path.replaceAll(/\{(\w+)\}/g, ':$1')}`,
      config: { page: each.page ?? false, keepsText: each.keepsText ?? false },
      ...(each.bodyLimit ? { bodyLimit: each.bodyLimit } : {}),
      handler: (request, reply) => answer(each, request, reply),
    });
  }
  app.setNotFoundHandler((request, reply) =>
    sendProblem(
      reply,
      problem('unknown_route', { status: 404 }),
      services.registry().words,
      languageOf(request),
    ),
  );

  async function answer(each: Route, request: FastifyRequest, reply: FastifyReply): Promise<unknown> {
    const principal = each.page ? null : await authenticate(request);
    if (principal) request.language = principal.language;
    const ctx = principal
      ? await contextFor(services, principal, request.ip)
      : anonymousContext(services, request.ip);
    if (!principal && each.access !== 'open') throw problem('sign_in_required', { status: 401 });
    if (each.access === 'administrator' && !ctx.policies.administrator)
      throw problem('administrator_required', { status: 403 });
    if (ctx.policies.outsider && each.access !== 'open' && !each.outside)
      throw problem('not_for_outsiders', { status: 403 });
    const params = each.params
      ? await checked(each.params, request.params, 'not_found', 404)
      : request.params;
    const query = each.query ? parseQuery(each, request) : {};
    const call = { ctx, services, params, query, request, reply };
    const form = each.receive ? await each.receive({ ...call, body: undefined }) : null;
    const body = form ? form.body : each.body ? parseBody(each.body, request.body ?? {}) : request.body;
    let done = false;
    const handle = async (inner: Context) => {
      const result = await each.handle({ ...call, ctx: inner, body });
      done = true;
      return result;
    };
    let result: unknown;
    try {
      result = await (each.method === 'POST' && principal
        ? idempotent(ctx, request, reply, each, handle, form?.digest)
        : handle(ctx));
    } catch (error) {
      done = false;
      throw error;
    } finally {
      if (!done) await form?.discard();
    }
    if (reply.sent || result === reply) return reply;
    if (result === undefined) return reply.code(reply.statusCode === 200 ? 204 : reply.statusCode).send();
    if (each.status && reply.statusCode === 200) reply.code(each.status);
    return reply.type('application/json; charset=utf-8').send(JSON.stringify(result));
  }

  return app;
}

async function checked(
  schema: NonNullable<Route['params']>,
  value: unknown,
  code: string,
  status: number,
): Promise<unknown> {
  const parsed = schema.safeParse(value);
  if (!parsed.success) throw problem(code, { status });
  return parsed.data;
}

function parseQuery(each: Route, request: FastifyRequest): unknown {
  try {
    return parseBody(each.query as NonNullable<Route['query']>, request.query);
  } catch (error) {
    const { errors } = asProblem(error);
    throw problem('bad_query', { status: 400, errors });
  }
}

function securityHeaders(baseUrl: string) {
  const https = baseUrl.startsWith('https:');
  return {
    contentSecurityPolicy: {
      directives: {
        defaultSrc: ["'self'"],
        scriptSrc: ["'self'"],
        // Ant Design writes its styles at run time.
        styleSrc: ["'self'", "'unsafe-inline'"],
        imgSrc: ["'self'", 'data:', 'blob:'],
        mediaSrc: ["'self'", 'blob:'],
        frameSrc: ["'self'", 'blob:'],
        connectSrc: ["'self'"],
        objectSrc: ["'none'"],
        frameAncestors: ["'self'"],
        upgradeInsecureRequests: https ? [] : null,
      },
    },
    hsts: https,
    crossOriginEmbedderPolicy: false,
  };
}

declare module 'fastify' {
  interface FastifyRequest {
    language: Language | undefined;
    bodyText: string | undefined;
  }
  interface FastifyContextConfig {
    page?: boolean;
    keepsText?: boolean;
  }
}
