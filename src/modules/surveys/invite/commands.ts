import { sql } from 'kysely';
import { z } from 'zod';
import { type CommandSpec, defineCommand } from '../../../platform/command/command.ts';
import type { Context } from '../../../platform/context/context.ts';
import type { Services } from '../../../platform/context/services.ts';
import { bulkInsert } from '../../../platform/db/bulk.ts';
import { uuidv7 } from '../../../platform/db/uuid.ts';
import type { Row } from '../../../platform/entity/behaviour.ts';
import { readRecord } from '../../../platform/entity/records.ts';
import { invalid, problem } from '../../../platform/errors/problem.ts';
import { addJob } from '../../../platform/jobs/job.ts';
import { mailIsSetUp } from '../../../platform/mail/settings.ts';
import { ownAddress } from './token.ts';

export const MAIL_JOB = 'survey.mail';

const COLUMNS = [
  { name: 'id', type: 'uuid' },
  { name: 'survey_id', type: 'uuid' },
  { name: 'customer_id', type: 'uuid' },
  { name: 'contact_id', type: 'uuid' },
  { name: 'created_by', type: 'uuid' },
  { name: 'created_at', type: 'timestamptz' },
  { name: 'mail', type: 'text' },
];

/** Whose customer is not known has no file his answer could stand on. */
const hasFile = (type: 'customer' | 'contact', row: Row): boolean =>
  type === 'customer' || row.customer_id !== null;

/** Gives each a link of his own, once for each survey. */
export async function inviteAll(
  ctx: Context,
  survey: string,
  type: 'customer' | 'contact',
  rows: readonly Row[],
): Promise<void> {
  const known = rows.filter((row) => hasFile(type, row));
  const invites = known.map((row) => ({
    id: uuidv7(),
    survey_id: survey,
    customer_id: type === 'customer' ? row.id : row.customer_id,
    contact_id: type === 'contact' ? row.id : null,
    created_by: ctx.principal.userId,
    created_at: ctx.now,
    mail: 'none',
  }));
  await bulkInsert(ctx.db, 'survey_invite', COLUMNS, invites, sql`on conflict do nothing`);
}

async function requireOpen(ctx: Context, id: string): Promise<void> {
  const survey = await readRecord(ctx, 'survey', id);
  if (survey.status !== 'open') throw problem('survey_not_open', { status: 409 });
}

const base = { action: 'update' } as const;
const mayAsk = (ctx: Context) => ctx.policies.for('survey').can('read');

/** Who is asked: on people and on customers, one with his link or many by mail. */
export function inviteCommands(services: Pick<Services, 'baseUrl' | 'secret'>): CommandSpec[] {
  return (['customer', 'contact'] as const).flatMap((entity) => [
    defineCommand({
      ...base,
      entity,
      name: 'surveyLink',
      on: 'one',
      secret: true,
      allowed: mayAsk,
      summary: 'The link by which somebody answers a survey as himself',
      input: z.strictObject({ survey: z.uuid() }),
      async run(ctx, { rows, input }) {
        await requireOpen(ctx, input.survey);
        if (!rows.every((row) => hasFile(entity, row)))
          throw invalid([{ path: 'customer', code: 'required' }]);
        await inviteAll(ctx, input.survey, entity, rows);
        const { rows: found } = await sql<{ id: string }>`select id from survey_invite
          where survey_id = ${input.survey} and person_id = ${rows[0]?.id}`.execute(ctx.db);
        return { url: ownAddress(services, found[0]?.id as string) };
      },
    }),
    defineCommand({
      ...base,
      entity,
      name: 'surveyMail',
      on: 'many',
      parts: true,
      allowed: mayAsk,
      summary: 'Ask people by mail to answer a survey; nobody is asked twice',
      input: z.strictObject({ survey: z.uuid() }),
      async run(ctx, { rows, input }) {
        await requireOpen(ctx, input.survey);
        if (!(await mailIsSetUp(ctx.db))) throw problem('mail_not_set_up', { status: 409 });
        await inviteAll(ctx, input.survey, entity, rows);
        const { rows: waiting } = await sql<{
          id: string;
        }>`update survey_invite set mail = 'waiting', left_because = null
          where survey_id = ${input.survey} and person_id = any(${rows.map(({ id }) => id as string)}::uuid[])
            and mail in ('none', 'left') and not spent returning id`.execute(ctx.db);
        if (waiting.length) await addJob(ctx, MAIL_JOB, {}, { key: 'now' });
        return { done: waiting.length, left: rows.length - waiting.length };
      },
    }),
  ]);
}
