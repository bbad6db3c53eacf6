import { sql } from 'kysely';
import { z } from 'zod';
import type { Cause, Context, Db } from '../context/context.ts';
import { type Services, systemContext } from '../context/services.ts';
import { inTransaction } from '../context/transaction.ts';
import { ProblemError } from '../errors/problem.ts';
import { defineSubscriber, type Subscriber } from '../events/subscriber.ts';
import { addJob, defineJob, type JobSpec } from '../jobs/job.ts';
import { queueMail } from '../mail/queue.ts';
import { mailIsSetUp } from '../mail/settings.ts';
import { mailText, type Occasion } from './mail-text.ts';
import { NOTIFICATION_EVENT } from './notify.ts';
import { inWords, type ShownNotification, storedNotifications } from './read.ts';

const JOB = 'notification.mail';
/** What one mail tells at most; the rest follows in the next. */
const MOST = 100;

type PersonContext = (services: Services, who: { id: string }, cause: Cause) => Promise<Context>;

/** Sees to it that the mails of what was told are written at their time. */
export const notificationMails: Subscriber = defineSubscriber({
  name: 'notification.mail',
  events: [NOTIFICATION_EVENT],
  async handle(services, batch) {
    const ctx = await systemContext(services, { kind: 'job' });
    const times = batch.flatMap(({ payload }) => (payload.mail as string[] | undefined) ?? []);
    for (const key of new Set(times.map((at) => minuteOf(at, ctx.now))))
      await addJob(ctx, JOB, {}, key === 'now' ? { key } : { key, runAt: key });
  },
});

/** Times of one minute share a job. */
function minuteOf(at: string, now: string): string {
  if (Temporal.Instant.compare(at, now) <= 0) return 'now';
  return Temporal.Instant.from(at).round({ smallestUnit: 'minute', roundingMode: 'ceil' }).toString();
}

export function notificationJobs(personContext: PersonContext): JobSpec[] {
  return [
    defineJob({
      name: JOB,
      input: z.object({}),
      attempts: 5,
      async run(services, _input, { progress }) {
        let told = 0;
        for (;;) {
          const before = told;
          const ready = await mailIsSetUp(services.db);
          for (const id of await readersWaiting(services.db)) {
            await progress(told);
            told += ready ? await mailTo(services, personContext, id) : await pass(services.db, id);
          }
          // Nobody waits any more, or only for whom another process writes at this moment.
          if (told === before) return { told };
        }
      },
    }),
  ];
}

const DUE = sql`n.mail <> 'off' and n.mailed_at is null and n.mail_after <= now()`;

async function readersWaiting(db: Db): Promise<string[]> {
  const { rows } = await sql<{
    id: string;
  }>`select distinct user_id as id from notification n where ${DUE} limit 100`.execute(db);
  return rows.map((row) => row.id);
}

/** What cannot be mailed is not mailed later either: nobody wants last month's news when a server is named at last. */
async function pass(db: Db, userId: string): Promise<number> {
  const { numAffectedRows } =
    await sql`update notification n set mailed_at = now() where n.user_id = ${userId} and ${DUE}`.execute(db);
  return Number(numAffectedRows ?? 0);
}

/** Writes what waits for one reader, with his rights of this moment; the mail is queued if and only if it is noted as told. */
async function mailTo(services: Services, personContext: PersonContext, id: string): Promise<number> {
  const ctx = await contextOf(services, personContext, id);
  if (!ctx) return pass(services.db, id);
  return inTransaction(ctx, async (inner) => {
    const rows = await storedNotifications(
      inner,
      sql`n.user_id = ${id} and ${DUE} order by n.id limit ${MOST} for update of n skip locked`,
    );
    const { rows: people } = await sql<{
      email: string | null;
    }>`select email from "user" where id = ${id} and sample is not true`.execute(inner.db);
    const to = people[0]?.email;
    const modes = await modesOf(
      inner.db,
      rows.map((row) => row.id),
    );
    await sql`update notification set mailed_at = ${inner.now} where id = any(${rows.map((row) => row.id)}::uuid[])`.execute(
      inner.db,
    );
    // Read meanwhile, or out of the reader's sight by now: not for the mail.
    const unread = rows.filter((row) => row.read_at === null);
    const shown = await inWords(inner, unread);
    const told = shown.filter((item, index) => unread[index]?.record_id === null || item.record !== null);
    if (!to) return rows.length;
    const groups = Map.groupBy(told, (item) => modes.get(item.id) as Occasion);
    for (const [occasion, items] of groups) await queue(inner, services, { to, userId: id }, occasion, items);
    return rows.length;
  });
}

async function contextOf(
  services: Services,
  personContext: PersonContext,
  id: string,
): Promise<Context | null> {
  try {
    return await personContext(services, { id }, { kind: 'job' });
  } catch (error) {
    if (error instanceof ProblemError) return null;
    throw error;
  }
}

async function modesOf(db: Db, ids: readonly string[]): Promise<Map<string, Occasion>> {
  const { rows } = await sql<{ id: string; mail: Occasion }>`select id, mail from notification
    where id = any(${[...ids]}::uuid[])`.execute(db);
  return new Map(rows.map((row) => [row.id, row.mail]));
}

async function queue(
  ctx: Context,
  services: Services,
  reader: { to: string; userId: string },
  occasion: Occasion,
  items: readonly ShownNotification[],
): Promise<void> {
  const content = mailText(ctx, services, occasion, items);
  const about = items.flatMap(({ id, record }) => (record ? [id, record.id] : [id]));
  await queueMail(ctx, services, { ...content, ...reader, purpose: 'notification', about });
}
