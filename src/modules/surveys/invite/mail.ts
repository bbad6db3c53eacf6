import { sql } from 'kysely';
import { z } from 'zod';
import { asSystem, type Context } from '../../../platform/context/context.ts';
import { dayOf } from '../../../platform/context/day.ts';
import { type Services, systemContext } from '../../../platform/context/services.ts';
import { inTransaction } from '../../../platform/context/transaction.ts';
import { opensIn, workingMoment } from '../../../platform/context/working.ts';
import { translate } from '../../../platform/i18n/translations.ts';
import { addJob, defineJob } from '../../../platform/jobs/job.ts';
import { queueMail } from '../../../platform/mail/queue.ts';
import { isMail } from '../../../platform/text/mail.ts';
import { freeDays, type OffPage, offLink, takeDay, wishingNothing } from '../../care/public.ts';
import { headingOf, introOf } from '../page/page.ts';
import { type Asked, askedBy, standingOf } from '../sheet/read.ts';
import { MAIL_JOB } from './commands.ts';
import { ownAddress } from './token.ts';

/** Sends what waits, while the company works; a person hears of us once a day, so some wait for another. */
export const surveyMailJob = defineJob({
  name: MAIL_JOB,
  input: z.object({}),
  attempts: 5,
  run: (services: Services, _input, { progress }) => mailWaiting(services, progress),
});

/** Each in a transaction of its own, which takes the person's day, queues the mail and says so: all of it or nothing. */
export async function mailWaiting(
  services: Services,
  progress: (done: number) => Promise<void> = async () => {},
): Promise<{ sent: number }> {
  const first = await systemContext(services, { kind: 'job', reason: 'survey' });
  const moment = workingMoment(first);
  if (Temporal.Instant.compare(moment, first.now) > 0) {
    await addJob(first, MAIL_JOB, {}, { key: moment, runAt: moment });
    return { sent: 0 };
  }
  let sent = 0;
  let later = false;
  for (let after = '00000000-0000-0000-0000-000000000000'; ; ) {
    const ctx = await systemContext(services, { kind: 'job', reason: 'survey' });
    const { rows } = await sql<{ id: string }>`select id from survey_invite
      where mail = 'waiting' and id > ${after} order by id limit 100`.execute(ctx.db);
    for (const { id } of rows) {
      await progress(sent);
      const told = await inTransaction(asSystem(ctx, 'survey'), (inner) => mailOne(inner, services, id));
      if (told === 'sent') sent += 1;
      if (told === 'later') later = true;
    }
    after = rows.at(-1)?.id ?? after;
    if (rows.length < 100) break;
  }
  if (later) {
    const runAt = opensIn(first, 1);
    await addJob(first, MAIL_JOB, {}, { key: runAt, runAt });
  }
  return { sent };
}

interface Waiting {
  survey: string;
  person: string;
  customer: string;
  contact: string | null;
  email: string | null;
  here: boolean;
  sender: string | null;
  senderMail: string | null;
}

async function mailOne(ctx: Context, services: Services, id: string): Promise<'sent' | 'later' | 'left'> {
  const { rows } =
    await sql<Waiting>`select i.survey_id as survey, i.person_id as person, i.customer_id as customer,
      i.contact_id as contact, case when i.contact_id is null then c.email else k.email end as email,
      c.deleted_at is null and (i.contact_id is null or (k.deleted_at is null and k.left is not true)) as here,
      u.name as sender, u.email as "senderMail"
    from survey_invite i join customer c on c.id = i.customer_id left join contact k on k.id = i.contact_id
      left join "user" u on u.id = i.created_by and u.status = 'active'
    where i.id = ${id} and i.mail = 'waiting' and not i.spent for no key update of i skip locked`.execute(
      ctx.db,
    );
  const [waiting] = rows;
  // Answered meanwhile, or another process is at it.
  if (!waiting) return 'left';
  const asked = await askedBy(ctx, { id: waiting.survey });
  const because = await reasonNot(ctx, asked, waiting);
  if (because !== null || !asked) return leave(ctx, id, because ?? 'ended');
  if (standingOf(ctx, asked) === 'notYet') return 'later';
  const day = dayOf(ctx);
  if (!(await takeDay(ctx, waiting.person, day, 'planned', id))) return 'later';
  if (!(await takeDay(ctx, waiting.person, day, 'sent', id))) {
    await freeDays(ctx, [id], 'planned');
    return 'later';
  }
  if (!(await queueMail(ctx, services, mailOf(ctx, services, { asked, waiting, id })))) {
    await freeDays(ctx, [id], 'planned');
    await freeDays(ctx, [id], 'sent');
    return leave(ctx, id, 'noServer');
  }
  await sql`update survey_invite set mail = 'sent', mailed_at = ${ctx.now} where id = ${id}`.execute(ctx.db);
  return 'sent';
}

/** Why somebody is not written to at all; null where nothing speaks against it. */
async function reasonNot(ctx: Context, asked: Asked | null, waiting: Waiting): Promise<string | null> {
  if (!asked || standingOf(ctx, asked) === 'ended') return 'ended';
  if (!waiting.here) return 'gone';
  if (!waiting.email || !isMail(waiting.email)) return 'noMail';
  return (await wishingNothing(ctx, [waiting.person, waiting.customer])).size ? 'off' : null;
}

async function leave(ctx: Context, id: string, because: string): Promise<'left'> {
  await sql`update survey_invite set mail = 'left', left_because = ${because} where id = ${id}`.execute(
    ctx.db,
  );
  return 'left';
}

function mailOf(
  ctx: Context,
  services: Services,
  { asked, waiting, id }: { asked: Asked; waiting: Waiting; id: string },
) {
  const link = ownAddress(services, id);
  const off = offLink(services, surveyOff, id);
  const part = (language: 'zh' | 'en') => {
    const say = (key: string, params = {}) => translate(ctx.registry.words, language, key, params);
    return [
      introOf(asked, language),
      say('survey.mail.link', { link }),
      asked.anonymous ? say('survey.page.anonymous') : null,
      asked.closesOn ? say('survey.page.until', { day: asked.closesOn }) : null,
      say('care.off.mail', { link: off }),
    ]
      .filter(Boolean)
      .join('\n\n');
  };
  const { sender, senderMail } = waiting;
  return {
    to: waiting.email as string,
    purpose: 'survey',
    subject: headingOf(asked, 'zh'),
    text: [part('zh'), ...(asked.headingEnglish ? [headingOf(asked, 'en'), part('en')] : [])].join('\n\n'),
    unsubscribe: off,
    ...(sender && senderMail && isMail(senderMail) ? { replyTo: { name: sender, address: senderMail } } : {}),
    about: [waiting.customer, waiting.contact].filter((each) => each !== null),
  };
}

/** Where whoever got such a mail says that he wants no more. */
export const surveyOff: OffPage = {
  path: 'survey-off',
  purpose: 'survey off',
  tag: 'surveys',
  entity: 'survey',
  async personOf(ctx, id) {
    const { rows } = await sql<{
      person: string;
    }>`select person_id as person from survey_invite where id = ${id}`.execute(ctx.db);
    return rows[0]?.person ?? null;
  },
  ended: (ctx, id) =>
    sql`update survey_invite set mail = 'left', left_because = 'off' where id = ${id} and mail = 'waiting'`.execute(
      ctx.db,
    ),
};
