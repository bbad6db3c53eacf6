import { sql } from 'kysely';
import type { Context } from '../../../platform/context/context.ts';
import { dayOf } from '../../../platform/context/day.ts';
import type { Services } from '../../../platform/context/services.ts';
import { createDrafts } from '../../../platform/entity/records.ts';
import { entityNamed } from '../../../platform/entity/registry.ts';
import { invalid } from '../../../platform/errors/problem.ts';
import { translate } from '../../../platform/i18n/translations.ts';
import { queueMail } from '../../../platform/mail/queue.ts';
import { isMail } from '../../../platform/text/mail.ts';
import { filledText } from '../../../platform/text/placeholders.ts';
import { offLink } from '../../care/public.ts';
import { sequenceOff } from '../reply/off.ts';
import { type DueStep, wordsOf } from './next.ts';

export interface Made {
  task: string | null;
  activity: string | null;
  mailed: boolean;
}

const CUT = 200;

/** Does a step: a mail goes out where that can be, everything else becomes a task of today for whoever looks after it. */
export async function makeStep(ctx: Context, services: Services, run: string, step: DueStep): Promise<Made> {
  const words = wordsOf(step);
  const subject = filledText(step.subject, words).slice(0, CUT);
  const text = filledText(step.text ?? '', words);
  const about = {
    customer: step.customer,
    ...(step.customer ? {} : { lead: step.lead }),
    owner: step.owner,
  };
  if (step.action === 'mail' && step.email && isMail(step.email)) {
    const off = offLink(services, sequenceOff, run);
    const say = (key: string, params = {}) => translate(ctx.registry.words, 'zh', key, params);
    const mailed = await queueMail(ctx, services, {
      to: step.email,
      purpose: 'sequence',
      subject,
      text: `${text}\n\n${say('care.off.mail', { link: off })}`,
      unsubscribe: off,
      ...(step.ownerMail && isMail(step.ownerMail)
        ? { replyTo: { name: step.ownerName, address: step.ownerMail } }
        : {}),
      about: [step.customer, step.contact, step.lead].filter((id) => id !== null),
    });
    if (mailed) {
      const activity = await create(ctx, 'activity', {
        ...about,
        kind: 'mail',
        subject,
        content: text || subject,
        contacts: step.contact ? [step.contact] : [],
        occurredAt: ctx.now,
      });
      return { task: null, activity, mailed: true };
    }
  }
  const task = await create(ctx, 'task', {
    ...about,
    contact: step.contact,
    subject: `${translate(ctx.registry.words, 'zh', `sequence.step.${step.action}`)}${subject}`.slice(0, CUT),
    remark: text || null,
    dueDate: dayOf(ctx),
  });
  return { task, activity: null, mailed: false };
}

async function create(ctx: Context, type: string, values: Record<string, unknown>): Promise<string> {
  const [draft] = await createDrafts(ctx, entityNamed(ctx.registry, type), [values]);
  const problems = draft?.problems ?? [];
  if (problems.length) throw invalid(problems);
  return (draft as { id: string }).id;
}

/** Writes down that a step was done, once; a second time is a mistake of ours and undoes everything. */
export async function noteTouch(
  ctx: Context,
  touch: { id: string; run: string; step: DueStep; number: number } & Made,
): Promise<void> {
  const { id, run, step, number, task, activity, mailed } = touch;
  await sql`insert into sequence_touch (id, run_id, sequence_id, step_id, number, at, action, person_id, task_id, activity_id, mailed)
    values (${id}, ${run}, ${step.sequence}, ${step.step}, ${number}, ${ctx.now}, ${step.action}, ${step.person},
      ${task}, ${activity}, ${mailed})`.execute(ctx.db);
}
