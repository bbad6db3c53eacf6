import { sql } from 'kysely';
import { z } from 'zod';
import { type CommandSpec, defineCommand } from '../../../platform/command/command.ts';
import type { Context } from '../../../platform/context/context.ts';
import { dayOf } from '../../../platform/context/day.ts';
import type { Row } from '../../../platform/entity/behaviour.ts';
import { decide } from '../../../platform/entity/decided.ts';
import { createRecord, readRecord } from '../../../platform/entity/records.ts';
import { problem } from '../../../platform/errors/problem.ts';
import { addJob } from '../../../platform/jobs/job.ts';
import { MAIL_JOB } from '../invite/commands.ts';
import { SURVEY_STATES, type SurveyStatus } from './entity.ts';

const base = { entity: 'survey', on: 'one', action: 'update', input: z.strictObject({}) } as const;
const only = (rows: Row[]): Row => rows[0] as Row;

function requireMove(row: Row, to: SurveyStatus): void {
  if (!SURVEY_STATES[row.status as SurveyStatus].includes(to)) throw problem('survey_state', { status: 409 });
}

const open = defineCommand({
  ...base,
  name: 'surveyOpen',
  summary: 'Begin, or go on, to take answers',
  async run(ctx, { rows }) {
    const row = only(rows);
    requireMove(row, 'open');
    if ((await questionsIn(ctx, row.id as string)) === 0) throw problem('survey_empty', { status: 409 });
    const closes = row.closes_on as string | null;
    if (closes && closes < dayOf(ctx))
      throw problem('survey_closed_since', { status: 409, params: { day: closes } });
    await decide(ctx, 'survey', [row], { status: 'open' }, { action: 'surveyOpen' });
    await addJob(ctx, MAIL_JOB, {}, { key: 'now' });
    return { status: 'open' };
  },
});

async function questionsIn({ db }: Context, survey: string): Promise<number> {
  const { rows } = await sql<{ n: number }>`select count(*)::int as n from survey_question
    where survey_id = ${survey} and deleted_at is null`.execute(db);
  return rows[0]?.n ?? 0;
}

const close = defineCommand({
  ...base,
  name: 'surveyClose',
  summary: 'Take no more answers; mail that waits is not sent',
  async run(ctx, { rows }) {
    const row = only(rows);
    requireMove(row, 'closed');
    await decide(ctx, 'survey', [row], { status: 'closed' }, { action: 'surveyClose' });
    return { status: 'closed' };
  },
});

/** What a copy takes over; its days are of its own. */
const COPIED = [
  'purpose',
  'anonymous',
  'publicLink',
  'heading',
  'intro',
  'thanks',
  'headingEnglish',
  'introEnglish',
  'thanksEnglish',
];

const copy = defineCommand({
  ...base,
  action: 'read',
  name: 'surveyCopy',
  allowed: (ctx) => ctx.policies.for('survey').can('create'),
  summary: 'Make a draft that asks the same',
  async run(ctx, { rows }) {
    const record = await readRecord(ctx, 'survey', only(rows).id as string);
    const questions = (record.questions as Record<string, unknown>[]).map(
      ({ id: _, position: __, ...each }) => each,
    );
    const head = Object.fromEntries(
      COPIED.flatMap((name) => (record[name] == null ? [] : [[name, record[name]]])),
    );
    const made = await createRecord(ctx, 'survey', {
      ...head,
      name: `${record.title}（2）`.slice(-100),
      questions,
    });
    return { id: made.id };
  },
});

export const surveyCommands: readonly CommandSpec[] = [open, close, copy];
