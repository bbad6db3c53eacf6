import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import type { Context } from '../../../platform/context/context.ts';
import { type Services, systemContext } from '../../../platform/context/services.ts';
import { notFound } from '../../../platform/errors/problem.ts';
import { escapeHtml, outsidePage } from '../../../platform/http/html.ts';
import { sendPage } from '../../../platform/http/outside-form.ts';
import { type Route, route } from '../../../platform/http/route.ts';
import { isSameSignature, signatureOf } from '../../../platform/http/signature.ts';
import { chooseLanguage, translate } from '../../../platform/i18n/translations.ts';
import { wantNothing } from './day.ts';

const STYLE = `body{margin:0;font:15px/1.6 system-ui,"PingFang SC","Microsoft YaHei",sans-serif;color:#22262b;background:#f6f4ef}
main{max-width:420px;margin:12vh auto;padding:24px;background:#fffefb;border:1px solid #e6e1d8;border-radius:8px}
h1{font-size:18px;margin:0 0 8px}button{margin-top:12px;padding:10px 18px;border:0;border-radius:6px;background:#28566f;
color:#fff;font:inherit;cursor:pointer}`;

/** Where people say that they want no more mail of a kind. */
export interface OffPage {
  /** The first part of its address. */
  path: string;
  /** What its links are signed for. */
  purpose: string;
  tag: string;
  /** What a link stands for. */
  entity: string;
  /** Whom something was sent to. */
  personOf(ctx: Context, id: string): Promise<string | null>;
  /** What ends with it. */
  ended(ctx: Context, id: string): Promise<unknown>;
}

/** The link at the end of a mail, by which its reader ends them; only we can make it. */
export const offLink = (
  { baseUrl, secret }: Pick<Services, 'baseUrl' | 'secret'>,
  { path, purpose }: Pick<OffPage, 'path' | 'purpose'>,
  id: string,
): string => `${baseUrl}/${path}/${id}.${signatureOf(secret, purpose, id)}`;

const params = z.strictObject({ token: z.string().max(120) });

/** The page at the end of our mails: one button, and nothing more is sent. A mail program may press it by itself (RFC 8058). */
export function offRoutes(page: OffPage): Route[] {
  const base = { path: `/${page.path}/{token}`, page: true, access: 'open', tag: page.tag, params } as const;
  const idOf = ({ secret }: Services, token: string): string => {
    const [id = '', given = ''] = token.split('.');
    if (/^[0-9a-f-]{36}$/.test(id) && isSameSignature(signatureOf(secret, page.purpose, id), given))
      return id;
    throw notFound(page.entity);
  };
  return [
    route({
      ...base,
      method: 'GET',
      summary: 'Ask whether somebody wants no more mail',
      handle: ({ services, params: { token }, request, reply }) => {
        idOf(services, token);
        const say = wordsFor(services, request);
        const body = `<h1>${say('care.off.title')}</h1><p>${say('care.off.text')}</p>
          <form method="post"><button type="submit">${say('care.off.do')}</button></form>`;
        return send(request, reply, say('care.off.title'), body);
      },
    }),
    route({
      ...base,
      method: 'POST',
      summary: 'Send somebody no more mail',
      handle: async ({ services, params: { token }, request, reply }) => {
        const id = idOf(services, token);
        const ctx = await systemContext(services, { kind: 'system', reason: 'opted out' });
        const person = await page.personOf(ctx, id);
        if (person) await wantNothing(ctx, person);
        await page.ended(ctx, id);
        const say = wordsFor(services, request);
        return send(request, reply, say('care.off.done'), `<h1>${say('care.off.done')}</h1>`);
      },
    }),
  ];
}

const wordsFor = (services: Services, request: FastifyRequest) => (key: string) =>
  escapeHtml(translate(services.registry().words, chooseLanguage(request.headers['accept-language']), key));

const send = (request: FastifyRequest, reply: FastifyReply, title: string, body: string) =>
  sendPage(reply, outsidePage(chooseLanguage(request.headers['accept-language']), title, STYLE, body));
