import { sql } from 'kysely';
import { z } from 'zod';
import type { Context } from '../../../platform/context/context.ts';
import { type Services, systemContext } from '../../../platform/context/services.ts';
import { inTransaction } from '../../../platform/context/transaction.ts';
import { ProblemError } from '../../../platform/errors/problem.ts';
import { errorText, translate } from '../../../platform/i18n/translations.ts';
import { defineJob } from '../../../platform/jobs/job.ts';
import { queueMail } from '../../../platform/mail/queue.ts';
import { personContext } from '../../organisation/public.ts';
import { dashboardNamed } from '../dashboard/read.ts';
import { type FileFormat, fileOf, type ReportFile } from '../run/file.ts';
import type { Source } from '../run/source.ts';
import { MAIL_JOB, plan } from './behaviour.ts';
import { type Every, nextDue } from './due.ts';

interface Mailing {
  id: string;
  name: string;
  dashboard: string | null;
  report: string | null;
  format: FileFormat;
  every: Every;
  time: string;
  receivers: string[];
  nextAt: string;
}

/** Sends what is due, to each receiver once; what was cut off goes on where it stopped. */
export const mailJob = defineJob({
  name: MAIL_JOB,
  input: z.object({ id: z.uuid() }),
  attempts: 5,
  async run(services: Services, { id }, { job, progress }) {
    const ctx = await systemContext(services, { kind: 'job', id: job.id, reason: 'analysis' });
    const { rows } =
      await sql<Mailing>`select id, name, dashboard_id as dashboard, report_id as report, format, every, time,
        receiver_ids as receivers, next_at as "nextAt"
      from report_mailing where id = ${id} and active and deleted_at is null and next_at <= ${ctx.now}`.execute(
        ctx.db,
      );
    const [mailing] = rows;
    // Put off, switched off or sent already.
    if (!mailing) return { sent: 0 };
    let sent = 0;
    for (const [at, receiver] of mailing.receivers.entries()) {
      await progress(at, mailing.receivers.length);
      if (await sendTo(services, mailing, receiver, job.id)) sent += 1;
    }
    await inTransaction(ctx, async (inner) => {
      const next = nextDue(mailing.every, mailing.time, inner.timeZone, inner.now);
      await sql`update report_mailing set next_at = ${next} where id = ${id}`.execute(inner.db);
      await plan(inner, id, next);
    });
    return { sent };
  },
});

/** Whether something was sent: to people who are here, have an address, and may take something of it out. */
async function sendTo(services: Services, mailing: Mailing, receiver: string, job: string): Promise<boolean> {
  const ctx = await unlessRefused(personContext(services, { id: receiver }, { kind: 'job', id: job }));
  if (!ctx) return false;
  const { rows } = await sql<{ email: string | null; done: boolean }>`select email,
      exists (select from report_delivery d where d.mailing_id = ${mailing.id} and d.user_id = u.id and d.due_at = ${mailing.nextAt}) as done
    from "user" u where id = ${receiver}`.execute(ctx.db);
  const email = rows[0]?.email;
  if (!email || rows[0]?.done) return false;
  const { files, missing } = await filesFor(ctx, services, mailing);
  if (files.length === 0 && missing.length === 0) return false;
  return inTransaction(ctx, async (inner) => {
    const { rows: first } = await sql`insert into report_delivery (mailing_id, user_id, due_at)
      values (${mailing.id}, ${receiver}, ${mailing.nextAt}) on conflict do nothing returning user_id`.execute(
      inner.db,
    );
    if (first.length === 0) return false;
    const { language } = inner.principal;
    const say = (key: string, params: object) =>
      translate(inner.registry.words, language, key, { ...params });
    const text = [
      ...(files.length ? [say('analysis.mailText', { name: mailing.name, count: files.length })] : []),
      ...missing.map((each) => say('analysis.mailMissing', each)),
    ].join('\n');
    return queueMail(inner, services, {
      to: email,
      userId: receiver,
      purpose: 'report',
      subject: mailing.name,
      text,
      attachments: files.map(({ name, content }) => ({ name, content: content.toString('base64') })),
    });
  });
}

interface Gathered {
  files: ReportFile[];
  /** What should be there and is not: which one, and why. */
  missing: { title: string; reason: string }[];
}

/** What the receiver may use and take out of it; of what could not be made he is told, of what is not his he is not. */
async function filesFor(ctx: Context, services: Services, mailing: Mailing): Promise<Gathered> {
  const tiles: { source: Source; title?: string | undefined }[] = mailing.report
    ? [{ source: { saved: mailing.report } }]
    : [];
  const board = mailing.dashboard ? await unlessRefused(dashboardNamed(ctx, mailing.dashboard)) : null;
  tiles.push(...(board?.tiles ?? []));
  const gathered: Gathered = { files: [], missing: [] };
  for (const [at, { source, title }] of tiles.entries()) {
    try {
      gathered.files.push(await fileOf(ctx, services, source, mailing.format));
    } catch (error) {
      if (!(error instanceof ProblemError)) throw error;
      if (error.status === 403) continue;
      const { language } = ctx.principal;
      const reason = errorText(ctx.registry.words, language, error.code, error.params);
      gathered.missing.push({ title: title || `${mailing.name} ${at + 1}`, reason });
    }
  }
  return gathered;
}

async function unlessRefused<T>(work: Promise<T>): Promise<T | null> {
  try {
    return await work;
  } catch (error) {
    if (error instanceof ProblemError) return null;
    throw error;
  }
}
