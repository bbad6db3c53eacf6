import type { FastifyReply, FastifyRequest } from 'fastify';
import { sql } from 'kysely';
import { z } from 'zod';
import { type Services, systemContext } from '../../../platform/context/services.ts';
import { notFound } from '../../../platform/errors/problem.ts';
import { escapeHtml, outsidePage } from '../../../platform/http/html.ts';
import { type Route, route } from '../../../platform/http/route.ts';
import { chooseLanguage, translate } from '../../../platform/i18n/translations.ts';
import { wantNothing } from '../../care/public.ts';
import { endWhatIsOver } from '../run/over.ts';
import { runOfLink } from './off-token.ts';

const STYLE = `body{margin:0;font:15px/1.6 system-ui,"PingFang SC","Microsoft YaHei",sans-serif;color:#22262b;background:#f6f4ef}
main{max-width:420px;margin:12vh auto;padding:24px;background:#fffefb;border:1px solid #e6e1d8;border-radius:8px}
h1{font-size:18px;margin:0 0 8px}button{margin-top:12px;padding:10px 18px;border:0;border-radius:6px;background:#28566f;
color:#fff;font:inherit;cursor:pointer}`;

const params = z.strictObject({ token: z.string().max(120) });

/** The page at the end of our mails: one button, and nothing more is sent. A mail program may press it by itself (RFC 8058). */
export function offRoutes(): Route[] {
  const base = { path: '/seq-off/{token}', page: true, access: 'open', tag: 'sequences', params } as const;
  return [
    route({
      ...base,
      method: 'GET',
      summary: 'Ask whether somebody wants no more mail',
      handle: ({ services, params: { token }, request, reply }) => {
        requireRun(services, token);
        const say = wordsFor(services, request);
        const body = `<h1>${say('sequence.off.title')}</h1><p>${say('sequence.off.text')}</p>
          <form method="post"><button type="submit">${say('sequence.off.do')}</button></form>`;
        return send(request, reply, say('sequence.off.title'), body);
      },
    }),
    route({
      ...base,
      method: 'POST',
      summary: 'Send somebody no more mail',
      handle: async ({ services, params: { token }, request, reply }) => {
        const run = requireRun(services, token);
        const ctx = await systemContext(services, { kind: 'system', reason: 'opted out' });
        const { rows } = await sql<{
          person: string | null;
        }>`select coalesce(contact_id, customer_id, lead_id) as person
          from sequence_run where id = ${run}`.execute(ctx.db);
        const person = rows[0]?.person;
        if (person) await wantNothing(ctx, person);
        await endWhatIsOver(ctx, [run]);
        const say = wordsFor(services, request);
        return send(request, reply, say('sequence.off.done'), `<h1>${say('sequence.off.done')}</h1>`);
      },
    }),
  ];
}

function requireRun(services: Services, token: string): string {
  const run = runOfLink(services, token);
  if (!run) throw notFound('sequenceRun');
  return run;
}

const wordsFor = (services: Services, request: FastifyRequest) => (key: string) =>
  escapeHtml(translate(services.registry().words, chooseLanguage(request.headers['accept-language']), key));

const send = (request: FastifyRequest, reply: FastifyReply, title: string, body: string) =>
  reply
    .header(
      'content-security-policy',
      "default-src 'none'; style-src 'unsafe-inline'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
    )
    .header('cache-control', 'no-store')
    .type('text/html; charset=utf-8')
    .send(outsidePage(chooseLanguage(request.headers['accept-language']), title, STYLE, body));
