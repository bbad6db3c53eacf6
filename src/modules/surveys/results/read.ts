import { type RawBuilder, type SqlBool, sql } from 'kysely';
import { takenOut } from '../../../platform/access/taken.ts';
import { scopeCondition } from '../../../platform/access/where.ts';
import type { Context } from '../../../platform/context/context.ts';
import type { Services } from '../../../platform/context/services.ts';
import { readRecord } from '../../../platform/entity/records.ts';
import { notFound } from '../../../platform/errors/problem.ts';
import { customersSeen } from '../invite/list.ts';
import { previewAddress, publicAddress } from '../invite/token.ts';
import { type Asked, askedBy } from '../sheet/read.ts';
import { hasChoices, hasMarks, marksOf, type Question } from '../survey/question.shared.ts';
import { LEAST_ANONYMOUS, type QuestionResult, type Results } from './results.shared.ts';

const MOST_WORDS = 50;

/** The ids of the answers and sheets of a survey the caller may read or take out, as a query. */
export function sheetsSeen(ctx: Context, asked: Asked, action: 'read' | 'export'): RawBuilder<unknown> {
  const policy = ctx.policies.for('surveyAnswer');
  const may = policy.can(action) && policy.sees('content');
  const within =
    action === 'export'
      ? takenOut(policy, ctx.principal)
      : scopeCondition(policy.entity, policy.scope('read'), ctx.principal);
  const scope = may ? within : sql<SqlBool>`false`;
  return sql`select t.id from survey_answer t where t.survey_id = ${asked.id} and t.deleted_at is null and ${scope}
    union all select s.id from survey_sheet s where s.survey_id = ${asked.id} and ${may}`;
}

/** Counts of what a survey brought, by question. */
export async function resultsOf(
  ctx: Context,
  services: Pick<Services, 'baseUrl' | 'secret'>,
  id: string,
): Promise<Results> {
  const { id: survey } = await readRecord(ctx, 'survey', id);
  const asked = await askedBy(ctx, { id: survey });
  if (!asked) throw notFound('survey');
  const [sent, answers] = await Promise.all([sentOf(ctx, asked), countOf(ctx, asked)]);
  const tooFew = asked.anonymous && answers > 0 && answers < LEAST_ANONYMOUS;
  return {
    ...sent,
    answers,
    anonymous: asked.anonymous,
    tooFew,
    mayExport: ctx.policies.for('surveyAnswer').can('export'),
    publicUrl: asked.publicLink ? publicAddress(services, asked.key) : null,
    previewUrl: previewAddress(services, asked),
    questions: tooFew ? asked.questions.map((each) => empty(each)) : await questionsOf(ctx, asked),
  };
}

/** Whether so few have answered without a name that a reader would know who they were. */
export const isTooFew = async (ctx: Context, asked: Asked): Promise<boolean> =>
  asked.anonymous && (await countOf(ctx, asked)) < LEAST_ANONYMOUS;

async function countOf(ctx: Context, asked: Asked): Promise<number> {
  const { rows } = await sql<{
    n: number;
  }>`select count(*)::int as n from (${sheetsSeen(ctx, asked, 'read')}) seen`.execute(ctx.db);
  return rows[0]?.n ?? 0;
}

/** Links of their own, among the customers the caller sees; of an anonymous survey only all together, lest one tell of one. */
async function sentOf(ctx: Context, asked: Asked) {
  const { rows } = await sql<{
    invited: number;
    mailed: number;
    back: number;
  }>`select count(*)::int as invited,
      count(*) filter (where i.mail = 'sent')::int as mailed, count(*) filter (where i.spent)::int as back
    from survey_invite i join customer t on t.id = i.customer_id
    where i.survey_id = ${asked.id} and ${asked.anonymous ? sql`true` : customersSeen(ctx)}`.execute(ctx.db);
  return rows[0] ?? { invited: 0, mailed: 0, back: 0 };
}

const empty = (question: Question): QuestionResult => ({
  id: question.id,
  text: question.text,
  kind: question.kind,
  replies: 0,
  counts: (hasChoices(question.kind)
    ? question.choices
    : hasMarks(question.kind)
      ? marksOf(question).map(String)
      : []
  ).map((value) => ({ value, count: 0 })),
  average: null,
  median: null,
  lowest: null,
  highest: null,
  words: [],
});

interface Measured {
  question: string;
  replies: number;
  average: string | null;
  median: string | null;
  lowest: string | null;
  highest: string | null;
}

async function questionsOf(ctx: Context, asked: Asked): Promise<QuestionResult[]> {
  const replies = sql`survey_reply r join (${sheetsSeen(ctx, asked, 'read')}) seen on seen.id = coalesce(r.answer_id, r.sheet_id)`;
  const marked = asked.questions.filter(({ kind }) => hasMarks(kind)).map(({ id }) => id);
  const [measured, counts, words] = await Promise.all([
    sql<Measured>`select r.question_id as question, count(*)::int as replies, round(avg(r.number), 2)::text as average,
        round((percentile_cont(0.5) within group (order by r.number))::numeric, 2)::text as median,
        min(r.number)::text as lowest, max(r.number)::text as highest
      from ${replies} where r.survey_id = ${asked.id} group by r.question_id`.execute(ctx.db),
    sql<{
      question: string;
      value: string;
      count: number;
    }>`select r.question_id as question, said.value, count(*)::int as count
      from ${replies} cross join lateral (select unnest(r.choices) as value union all
        select r.number::text where r.question_id = any(${marked}::uuid[]) and r.number is not null) said
      where r.survey_id = ${asked.id} group by 1, 2`.execute(ctx.db),
    latestWords(ctx, asked, replies),
  ]);
  return asked.questions.map((question) => {
    const base = empty(question);
    const of = measured.rows.find((row) => row.question === question.id);
    const { question: _, ...figures } = of ?? { question: '' };
    const said = new Map(
      counts.rows.filter((row) => row.question === question.id).map(({ value, count }) => [value, count]),
    );
    return {
      ...base,
      ...figures,
      counts: base.counts.map(({ value }) => ({ value, count: said.get(value) ?? 0 })),
      words: words.filter((row) => row.question === question.id).map((row) => row.words),
    };
  });
}

/** Newest first where one may know when they were said; else in no order that tells anything. */
async function latestWords(ctx: Context, asked: Asked, replies: RawBuilder<unknown>) {
  const order = asked.anonymous ? sql`r.sheet_id` : sql`r.answer_id desc`;
  const { rows } = await sql<{ question: string; words: string }>`select question, words from (
      select r.question_id as question, r.words, row_number() over (partition by r.question_id order by ${order}) as n
      from ${replies} where r.survey_id = ${asked.id} and r.words is not null) w
    where n <= ${MOST_WORDS} order by question, n`.execute(ctx.db);
  return rows;
}
