import { sql } from 'kysely';
import { z } from 'zod';
import { type Services, systemContext } from '../context/services.ts';
import { addJob, defineJob, type JobRun, type JobSpec } from '../jobs/job.ts';
import { SEND_JOB } from './queue.ts';
import { unseal } from './seal.ts';
import { type SmtpServer, smtpServer } from './settings.ts';
import { type Delivery, deliver, type MailContent } from './smtp.ts';

/** Pauses after a refusal that may pass (a full mailbox, greylisting, a server that is down), in minutes: about two days. */
const PAUSES = [1, 5, 15, 60, 180, 360, 720, 1440];
/** Longer than every wait of one delivery together. */
const LEASE_MINUTES = 5;

interface MessageRow {
  id: string;
  recipient: string;
  message_id: string;
  content: string | null;
  must_arrive: boolean;
  attempts: number;
  created_at: string;
  doubtful: boolean;
}

/** Sends what waits, one message after another, and comes back when the next is due. */
export function mailJobs(): JobSpec[] {
  return [
    defineJob({
      name: SEND_JOB,
      input: z.object({}),
      attempts: 5,
      run: (services, _input, run) => sendDue(services, run),
    }),
  ];
}

async function sendDue(services: Services, run: JobRun): Promise<{ sent: number; open: number }> {
  let sent = 0;
  let open = 0;
  for (;;) {
    await run.progress(sent + open);
    const message = await claim(services);
    if (!message) break;
    const state = await sendOne(services, message);
    if (state === 'sent') sent += 1;
    else open += 1;
  }
  await comeBack(services);
  return { sent, open };
}

/** Takes the next message, for this process alone. One that a process left behind in mid-delivery comes again as doubtful. */
async function claim({ db }: Services): Promise<MessageRow | null> {
  const { rows } = await sql<MessageRow>`with next as (
      select id, state = 'handed' as doubtful from mail_message
      where state in ('queued', 'handed') and next_at <= now() and (leased_until is null or leased_until < now())
      order by next_at limit 1 for update skip locked
    )
    update mail_message m set leased_until = now() + make_interval(mins => ${LEASE_MINUTES}), attempts = attempts + 1
    from next where m.id = next.id
    returning m.id, recipient, message_id, content, must_arrive, attempts, created_at, doubtful`.execute(db);
  return rows[0] ?? null;
}

async function sendOne(services: Services, message: MessageRow): Promise<string> {
  const { db, secret } = services;
  // The process died between the first byte and the server's answer: it may have arrived.
  if (message.doubtful && !message.must_arrive)
    return settle(services, message, { kind: 'uncertain', answer: '' });
  const server = await smtpServer(db, secret);
  const text = message.content && unseal(secret, message.content);
  if (!server || !text)
    return settle(services, message, { kind: 'refused', answer: 'no mail server', permanent: true });
  const delivery = await handOver(services, server, message, JSON.parse(text) as MailContent);
  return settle(services, message, delivery);
}

async function handOver(
  { db }: Services,
  server: SmtpServer,
  message: MessageRow,
  content: MailContent,
): Promise<Delivery> {
  const envelope = { to: message.recipient, messageId: message.message_id, date: message.created_at };
  return deliver(server, envelope, content, async () => {
    await sql`update mail_message set state = 'handed' where id = ${message.id}`.execute(db);
  });
}

async function settle({ db }: Services, message: MessageRow, delivery: Delivery): Promise<string> {
  const pause = PAUSES[message.attempts - 1];
  const again =
    (delivery.kind === 'refused' && !delivery.permanent) ||
    (delivery.kind === 'uncertain' && message.must_arrive);
  const state = again && pause ? 'queued' : delivery.kind === 'refused' ? 'failed' : delivery.kind;
  const done = state !== 'queued';
  await sql`update mail_message set state = ${state}, leased_until = null, answer = ${delivery.answer},
      content = case when ${done} then null else content end, about = case when ${done} then '{}' else about end,
      finished_at = case when ${done} then now() end,
      next_at = now() + make_interval(mins => ${pause ?? 0})
    where id = ${message.id}`.execute(db);
  return state;
}

/** Looks again when the next message is due, its pause or another's lease having ended. */
async function comeBack(services: Services): Promise<void> {
  const { rows } = await sql<{ at: string | null }>`select min(greatest(next_at, leased_until)) as at
    from mail_message where state in ('queued', 'handed')`.execute(services.db);
  const at = rows[0]?.at;
  if (!at) return;
  const runAt = Temporal.Instant.from(at).add({ seconds: 1 });
  const key = runAt.round({ smallestUnit: 'minute', roundingMode: 'ceil' }).toString();
  await addJob(await systemContext(services, { kind: 'job' }), SEND_JOB, {}, { key, runAt: key });
}
