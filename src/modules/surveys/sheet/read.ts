import { sql } from 'kysely';
import type { Context } from '../../../platform/context/context.ts';
import { dayOf } from '../../../platform/context/day.ts';
import type { SurveyStatus } from '../survey/entity.ts';
import type { Question, Reply } from '../survey/question.shared.ts';

/** A survey with what it asks, as whoever answers it meets it. */
export interface Asked {
  id: string;
  version: number;
  name: string;
  status: SurveyStatus;
  anonymous: boolean;
  publicLink: boolean;
  opensOn: string | null;
  closesOn: string | null;
  heading: string | null;
  intro: string | null;
  thanks: string | null;
  headingEnglish: string | null;
  introEnglish: string | null;
  thanksEnglish: string | null;
  key: string;
  createdBy: string | null;
  questions: Question[];
}

/** A survey by its id or by what its public address bears; null where there is none. */
export async function askedBy(
  { db }: Pick<Context, 'db'>,
  by: { id: string } | { key: string },
): Promise<Asked | null> {
  const which = 'id' in by ? sql`s.id = ${by.id}` : sql`s.key = ${by.key}`;
  const { rows } =
    await sql<Asked>`select s.id, s.version, s.name, s.status, coalesce(s.anonymous, false) as anonymous,
      coalesce(s.public_link, false) as "publicLink", s.opens_on as "opensOn", s.closes_on as "closesOn", s.heading, s.intro,
      s.thanks, s.heading_english as "headingEnglish", s.intro_english as "introEnglish",
      s.thanks_english as "thanksEnglish", s.key, s.created_by as "createdBy",
      coalesce((select json_agg(json_build_object('id', q.id, 'text', q.text, 'kind', q.kind,
          'mandatory', coalesce(q.mandatory, false), 'choices', coalesce(q.choices, '{}'), 'lowest', q.lowest,
          'highest', q.highest, 'onlyAfter', q.only_after, 'onlyFor', coalesce(q.only_for, '{}'),
          'textEnglish', q.text_english, 'choicesEnglish', coalesce(q.choices_english, '{}')) order by q.position)
        from survey_question q where q.survey_id = s.id and q.deleted_at is null), '[]') as questions
    from survey s where ${which} and s.deleted_at is null`.execute(db);
  return rows[0] ?? null;
}

export type Standing = 'open' | 'notYet' | 'ended';

/** Whether a survey takes answers today. */
export function standingOf(ctx: Pick<Context, 'now' | 'timeZone'>, asked: Asked): Standing {
  const today = dayOf(ctx);
  if (asked.status === 'draft' || (asked.opensOn !== null && today < asked.opensOn)) return 'notYet';
  return asked.status === 'closed' || (asked.closesOn !== null && today > asked.closesOn) ? 'ended' : 'open';
}

/** What was replied on an answer that is somebody's. */
export async function repliesOf({ db }: Pick<Context, 'db'>, answer: string): Promise<Reply[]> {
  const { rows } = await sql<Reply>`select question_id as question, choices, number::text as number, words
    from survey_reply where answer_id = ${answer}`.execute(db);
  return rows;
}
