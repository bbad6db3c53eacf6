import type { FastifyReply, FastifyRequest } from 'fastify';
import { sql } from 'kysely';
import { z } from 'zod';
import { asSystem, type Context } from '../../../platform/context/context.ts';
import { type Services, systemContext } from '../../../platform/context/services.ts';
import { inTransaction } from '../../../platform/context/transaction.ts';
import { notFound } from '../../../platform/errors/problem.ts';
import { formToken, judgeToken } from '../../../platform/http/form-token.ts';
import { HONEYPOT, requireOwnPage, sendPage } from '../../../platform/http/outside-form.ts';
import { type Route, route } from '../../../platform/http/route.ts';
import { addressKey } from '../../../platform/http/signature.ts';
import { chooseLanguage, type Language, translate } from '../../../platform/i18n/translations.ts';
import { isFirst } from '../../leads/public.ts';
import { countAttempt } from '../../organisation/public.ts';
import { inviteIn, isPreview } from '../invite/token.ts';
import { fieldsOf, readSheet } from '../sheet/check.ts';
import { type Asked, askedBy, repliesOf, standingOf } from '../sheet/read.ts';
import { type Invite, keepAnonymous, keepNamed } from '../sheet/write.ts';
import { plainPage, type Shown, surveyPage, thanksOf } from './page.ts';

/** From one address: a hall full of people may share it, a machine must not go on for long. */
const PER_ADDRESS = { max: 200, seconds: 600 };
const STRANGERS = { max: 60, seconds: 900 };

const params = z.strictObject({ key: z.string().max(120) });
const query = z.object({
  lang: z.enum(['zh', 'en']).optional().catch(undefined),
  preview: z.string().max(60).optional().catch(undefined),
});
const base = { path: '/q/{key}', page: true, access: 'open', tag: 'surveys', params, query } as const;

/** The page on which people outside answer, under a public address or one of their own. */
export function surveyPages(): Route[] {
  return [
    route({
      ...base,
      method: 'GET',
      summary: 'A survey, as it is answered',
      handle: ({ services, ...call }) => show(services, call),
    }),
    route({
      ...base,
      method: 'POST',
      summary: 'Take in what somebody answered',
      bodyLimit: 256 * 1024,
      handle: ({ services, ...call }) => take(services, call),
    }),
  ];
}

interface At {
  params: z.output<typeof params>;
  query: z.output<typeof query>;
  request: FastifyRequest;
  reply: FastifyReply;
}

interface Opened {
  ctx: Context;
  asked: Asked;
  invite: Invite | null;
  language: Language;
  shown: Shown;
}

async function opened(
  services: Services,
  { params: { key }, query: { lang, preview }, request }: At,
): Promise<Opened> {
  const ctx = await systemContext(services, { kind: 'system', reason: 'survey' });
  const own = key.includes('.') ? inviteIn(services.secret, key) : null;
  const invite = own && (await inviteOf(ctx, own));
  const asked = await askedBy(ctx, invite ? { id: invite.survey } : { key: own ? '' : key });
  const previewed = asked !== null && isPreview(services.secret, asked.id, preview);
  if (!asked || (!invite && !asked.publicLink && !previewed)) {
    await countAttempt(ctx.db, `survey link ${hashOf(services, request)}`, STRANGERS);
    throw notFound('survey');
  }
  const language = lang ?? chooseLanguage(request.headers['accept-language']);
  const say: Shown['say'] = (name, values) => translate(services.registry().words, language, name, values);
  const token = formToken(services.secret, purposeOf(asked), ctx.now);
  const path = `/q/${encodeURIComponent(key)}`;
  const shown = {
    language,
    say,
    path,
    token,
    values: {},
    errors: {},
    notes: [],
    message: null,
    preview: previewed,
  };
  return { ctx, asked, invite: invite || null, language, shown };
}

/** A form that was shown before its questions changed is none of what is asked now. */
const purposeOf = ({ id, version }: Asked) => `survey ${id} ${version}`;

const hashOf = ({ secret }: Services, { ip }: FastifyRequest) => addressKey(secret, ip);

/** Somebody's own link, as long as whom it was made for is there. */
async function inviteOf(
  { db }: Context,
  id: string,
  lock = false,
): Promise<(Invite & { survey: string }) | null> {
  const { rows } = await sql<
    Invite & { survey: string }
  >`select i.id, i.survey_id as survey, i.customer_id as customer,
      i.contact_id as contact, i.answer_id as answer, i.spent
    from survey_invite i join customer c on c.id = i.customer_id and c.deleted_at is null
    where i.id = ${id} and (i.contact_id is null
      or exists (select from contact k where k.id = i.contact_id and k.deleted_at is null))
    ${lock ? sql`for no key update of i` : sql``}`.execute(db);
  return rows[0] ?? null;
}

/** What stands in the way of answering, in words; null where nothing does. */
function refusalOf({ ctx, asked, invite, shown: { say } }: Opened): string | null {
  const standing = standingOf(ctx, asked);
  if (standing === 'notYet')
    return asked.opensOn && asked.status !== 'draft'
      ? say('survey.page.opensOn', { day: asked.opensOn })
      : say('survey.page.notYet');
  if (standing === 'ended') return say('survey.page.ended');
  return asked.anonymous && invite?.spent ? say('survey.page.once') : null;
}

async function show(services: Services, at: At) {
  const here = await opened(services, at);
  const { ctx, asked, invite, shown } = here;
  const refusal = shown.preview ? null : refusalOf(here);
  if (refusal) return sendPage(at.reply, plainPage(asked, shown, [refusal]));
  const before = invite?.answer ? fieldsOf(asked.questions, await repliesOf(ctx, invite.answer)) : {};
  return sendPage(
    at.reply,
    surveyPage(asked, { ...shown, values: before, notes: notesFor(here, Object.keys(before).length > 0) }),
  );
}

function notesFor({ asked, invite, shown: { say, preview } }: Opened, again: boolean): string[] {
  if (preview) return [say('survey.page.preview')];
  const until = asked.closesOn ? [say('survey.page.until', { day: asked.closesOn })] : [];
  if (asked.anonymous) return [say('survey.page.anonymous'), ...until];
  return [...(again ? [say('survey.page.again')] : invite ? [say('survey.page.own')] : []), ...until];
}

async function take(services: Services, at: At) {
  const here = await opened(services, at);
  const { ctx, asked, shown, invite } = here;
  const sent = (at.request.body ?? {}) as Record<string, string>;
  requireOwnPage(at.request, services.baseUrl);
  await countAttempt(ctx.db, `survey ${asked.id} ${hashOf(services, at.request)}`, PER_ADDRESS);
  const refusal = refusalOf(here);
  if (refusal) return sendPage(at.reply.code(409), plainPage(asked, shown, [refusal]));
  // Who fills in what nobody sees is told the same as everybody, and nothing is kept.
  if (sent[HONEYPOT]) return thank(here, at.reply);
  const token = String(sent.token ?? '').slice(0, 200);
  const verdict = judgeToken(services.secret, purposeOf(asked), token, ctx.now);
  const { replies, errors } = readSheet(asked.questions, sent);
  if (verdict !== 'good' || Object.keys(errors).length)
    return sendPage(
      at.reply.code(422),
      surveyPage(asked, {
        ...shown,
        ...(verdict === 'good' || verdict === 'early' ? { token } : {}),
        values: sent,
        errors: Object.fromEntries(
          Object.entries(errors).map(([name, code]) => [name, shown.say(`error.${code}`)]),
        ),
        message: shown.say(verdict === 'good' ? 'survey.page.wrong' : 'survey.page.sendAgain'),
        notes: notesFor(here, false),
      }),
    );
  await inTransaction(asSystem(ctx, 'survey'), async (inner) => {
    // Sent twice, by a second click or a page loaded anew: it is there already.
    if (!(await isFirst(inner, token))) return;
    const held = invite && (await inviteOf(inner, invite.id, true));
    if (invite && !held) throw notFound('survey');
    if (!asked.anonymous) await keepNamed(inner, asked, replies, held);
    else if (!held?.spent) await keepAnonymous(inner, asked, replies, held);
  });
  return thank(here, at.reply);
}

function thank({ asked, invite, shown }: Opened, reply: FastifyReply) {
  const words = thanksOf(asked, shown.language) ?? shown.say('survey.page.thanks');
  const more = invite && !asked.anonymous ? [shown.say('survey.page.mayChange')] : [];
  return sendPage(reply, plainPage(asked, shown, [words, ...more]));
}
