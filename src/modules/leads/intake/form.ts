import { createHash } from 'node:crypto';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { sql } from 'kysely';
import { z } from 'zod';
import { type Services, systemContext } from '../../../platform/context/services.ts';
import { inTransaction } from '../../../platform/context/transaction.ts';
import { type FieldProblem, ProblemError } from '../../../platform/errors/problem.ts';
import { formToken, judgeToken } from '../../../platform/http/form-token.ts';
import { escapeHtml } from '../../../platform/http/html.ts';
import { HONEYPOT, requireOwnPage, sendPage } from '../../../platform/http/outside-form.ts';
import { type Route, route } from '../../../platform/http/route.ts';
import { addressKey } from '../../../platform/http/signature.ts';
import { chooseLanguage, translate } from '../../../platform/i18n/translations.ts';
import { isMail } from '../../../platform/text/mail.ts';
import { parsePhones } from '../../../platform/text/phones.ts';
import { countAttempt } from '../../organisation/public.ts';
import { originsOf } from '../channel/origins.ts';
import { type Channel, channelAt } from '../channel/read.ts';
import { formPage, pageOf, type Shown } from './page.ts';
import { receive, type Said } from './receive.ts';

/** From one address: a whole office may share it, a machine must not go on for long. */
const PER_ADDRESS = { max: 20, seconds: 600 };

type Sent = Record<string, string>;
const params = z.strictObject({ key: z.string().max(40) });
const text = (value: unknown, max: number) => (typeof value === 'string' ? value.trim().slice(0, max) : '');

/** The pages of web forms: one address shows a form and takes it. */
export function formRoutes(): Route[] {
  return [
    route({
      method: 'GET',
      path: '/f/{key}',
      page: true,
      access: 'open',
      summary: 'A form for leads',
      tag: 'leads',
      params,
      handle: async ({ ctx, services, params: { key }, request, reply }) => {
        const channel = await channelAt(ctx, 'form', key);
        const query = request.query as Sent;
        const values = {
          page: text(request.headers.referer, 500),
          campaign: text(query.campaign ?? query.utm_campaign, 200),
        };
        return show(services, channel, request, reply, { values });
      },
    }),
    route({
      method: 'POST',
      path: '/f/{key}',
      page: true,
      access: 'open',
      summary: 'Take a form for leads in',
      tag: 'leads',
      params,
      bodyLimit: 64 * 1024,
      handle: async ({ services, params: { key }, request, reply }) => take(services, key, request, reply),
    }),
  ];
}

async function take(services: Services, key: string, request: FastifyRequest, reply: FastifyReply) {
  const ctx = await systemContext(services, { kind: 'system', reason: 'lead form' });
  const channel = await channelAt(ctx, 'form', key);
  const sent = (request.body ?? {}) as Sent;
  requireOwnPage(request, services.baseUrl);
  const address = addressKey(services.secret, request.ip);
  await countAttempt(ctx.db, `lead form ${channel.id} ${address}`, PER_ADDRESS);
  // Who fills in what nobody sees is told the same as everybody, and nothing is kept.
  if (text(sent[HONEYPOT], 10)) return thanks(channel, services, request, reply);
  const verdict = judgeToken(services.secret, purposeOf(channel.id), text(sent.token, 200), ctx.now);
  const errors = problemsOf(channel, sent);
  if (verdict !== 'good' || Object.keys(errors).length)
    return show(services, channel, request, reply, {
      values: sent,
      errors,
      message: verdict === 'good' ? null : 'lead.form.again',
      ...(verdict === 'early' || verdict === 'good' ? { token: text(sent.token, 200) } : {}),
    });
  try {
    await inTransaction(ctx, async (inner) => {
      const { rows } = await sql`insert into lead_form_token (hash, at)
        values (${createHash('sha256').update(text(sent.token, 200)).digest('hex')}, ${inner.now})
        on conflict (hash) do nothing returning hash`.execute(inner.db);
      // Sent twice, by a second click or a page loaded anew: it is there already.
      if (rows.length) await receive(inner, channel, saidIn(channel, sent));
    });
  } catch (error) {
    if (!(error instanceof ProblemError) || error.errors.length === 0) throw error;
    return show(services, channel, request, reply, { values: sent, errors: worded(error.errors) });
  }
  return thanks(channel, services, request, reply);
}

/** A mark of one form is none of another. */
export const purposeOf = (channel: string): string => `lead form ${channel}`;

const worded = (problems: readonly FieldProblem[]): Sent =>
  Object.fromEntries(problems.map(({ path, code }) => [path, code]));

/** What is wrong, as codes by field. */
function problemsOf(channel: Channel, sent: Sent): Sent {
  const errors: Sent = {};
  for (const field of channel.fields)
    if (channel.required.includes(field) && !text(sent[field], 2000)) errors[field] = 'required';
  const { phone, email } = sent;
  if (channel.fields.includes('phone') && phone?.trim() && parsePhones(phone).phones.length === 0)
    errors.phone = 'lead_phone_wrong';
  if (channel.fields.includes('email') && email?.trim() && !isMail(email.trim()))
    errors.email = 'lead_mail_wrong';
  if (channel.consentText && sent.consent !== 'yes') errors.consent = 'lead_consent_missing';
  return errors;
}

/** Only what the form asks for is taken, whatever else is sent. */
function saidIn(channel: Channel, sent: Sent): Said {
  const asked = (name: Channel['fields'][number], max = 200) =>
    channel.fields.includes(name) ? text(sent[name], max) || null : null;
  const product = asked('product');
  return {
    name: asked('name', 100),
    company: asked('company'),
    jobTitle: asked('jobTitle', 100),
    phone: asked('phone', 60),
    email: asked('email', 254),
    wechat: asked('wechat', 100),
    province: null,
    city: asked('city', 60),
    remark: asked('remark', 2000),
    campaign: text(sent.campaign, 200) || null,
    page: text(sent.page, 500) || null,
    products: product && channel.products.some(({ id }) => id === product) ? [product] : [],
    consent: channel.consentText,
  };
}

interface Part {
  values: Sent;
  errors?: Sent;
  message?: string | null;
  token?: string;
}

function show(
  services: Services,
  channel: Channel,
  request: FastifyRequest,
  reply: FastifyReply,
  { values, errors = {}, message = null, token }: Part,
) {
  const language = chooseLanguage(request.headers['accept-language']);
  const say = (key: string) => translate(services.registry().words, language, key);
  const shown: Shown = {
    language,
    say,
    token: token ?? formToken(services.secret, purposeOf(channel.id), Temporal.Now.instant().toString()),
    values,
    errors: Object.fromEntries(Object.entries(errors).map(([name, code]) => [name, say(`error.${code}`)])),
    message: message && say(message),
  };
  const wrong = message !== null || Object.keys(errors).length > 0;
  return send(channel, reply.code(wrong ? 422 : 200), formPage(channel, shown));
}

function thanks(channel: Channel, services: Services, request: FastifyRequest, reply: FastifyReply) {
  const language = chooseLanguage(request.headers['accept-language']);
  const words = channel.thanks ?? translate(services.registry().words, language, 'lead.form.thanks');
  return send(
    channel,
    reply.code(200),
    pageOf(language, channel.heading ?? channel.name, `<p role="status">${escapeHtml(words)}</p>`),
  );
}

/** The page may stand on the web sites named, and on no other. */
const send = (channel: Channel, reply: FastifyReply, html: string) =>
  sendPage(reply, html, originsOf(channel.origins).origins);
