import { sql } from 'kysely';
import type { Context } from '../../../platform/context/context.ts';
import { dayOf } from '../../../platform/context/day.ts';
import { bulkInsert } from '../../../platform/db/bulk.ts';
import { changeRows, createDrafts, lockRows } from '../../../platform/entity/records.ts';
import { entityNamed } from '../../../platform/entity/registry.ts';
import { invalid } from '../../../platform/errors/problem.ts';
import { notify } from '../../../platform/notifications/notify.ts';
import type { Reply } from '../survey/question.shared.ts';
import { scoreOf, wordsOf } from './check.ts';
import type { Asked } from './read.ts';

/** A link of somebody's own, held until the transaction ends. */
export interface Invite {
  id: string;
  customer: string | null;
  contact: string | null;
  answer: string | null;
  spent: boolean;
}

/**
 * Keeps what somebody said without his name: a sheet that bears the survey and the day, and nothing by which it could be told whose
 * it is. Of his link only that it is used is kept, not when.
 */
export async function keepAnonymous(
  ctx: Context,
  asked: Asked,
  replies: readonly Reply[],
  invite: Invite | null,
): Promise<void> {
  // Not an id that tells the time, as all others do.
  const { rows } = await sql<{ id: string }>`insert into survey_sheet (id, survey_id, day)
    values (gen_random_uuid(), ${asked.id}, ${dayOf(ctx)}::date) returning id`.execute(ctx.db);
  await keepReplies(ctx, asked, replies, { sheet_id: rows[0]?.id as string, answer_id: null });
  if (invite) await sql`update survey_invite set spent = true where id = ${invite.id}`.execute(ctx.db);
}

/** Keeps what somebody said, on his file; said again by the same link it takes the place of what he said before. */
export async function keepNamed(
  ctx: Context,
  asked: Asked,
  replies: readonly Reply[],
  invite: Invite | null,
): Promise<string> {
  const said = {
    content: wordsOf(asked.questions, replies),
    score: scoreOf(asked.questions, replies),
    answeredAt: ctx.now,
  };
  const former = invite?.answer ? await changeFormer(ctx, invite.answer, said) : null;
  const answer = former ?? (await makeAnswer(ctx, asked, said, invite));
  await sql`delete from survey_reply where answer_id = ${answer}`.execute(ctx.db);
  await keepReplies(ctx, asked, replies, { sheet_id: null, answer_id: answer });
  if (invite)
    await sql`update survey_invite set spent = true, answer_id = ${answer}, answered_at = ${ctx.now}
      where id = ${invite.id}`.execute(ctx.db);
  return answer;
}

type Said = Record<'content' | 'score' | 'answeredAt', string | null>;

async function changeFormer(ctx: Context, id: string, said: Said): Promise<string | null> {
  const entity = entityNamed(ctx.registry, 'surveyAnswer');
  const [row] = await lockRows(ctx, entity, [id]);
  // Somebody threw it away: what is said now is a new one.
  if (!row) return null;
  const { drafts } = await changeRows(ctx, entity, [{ row, values: said }], { action: 'answerAgain' });
  const problems = drafts.flatMap((draft) => draft.problems);
  if (problems.length) throw invalid(problems);
  return id;
}

async function makeAnswer(ctx: Context, asked: Asked, said: Said, invite: Invite | null): Promise<string> {
  const about = { customer: invite?.customer ?? null, contact: invite?.contact ?? null };
  const [draft] = await createDrafts(ctx, entityNamed(ctx.registry, 'surveyAnswer'), [
    // What nobody is known to have said is seen by whoever asked.
    { ...said, ...about, survey: asked.id, subject: asked.name, owner: invite ? null : asked.createdBy },
  ]);
  if (draft?.problems.length) throw invalid(draft.problems);
  const id = (draft as { id: string }).id;
  if (about.customer) await tellOwner(ctx, about.customer, id);
  return id;
}

async function tellOwner(ctx: Context, customer: string, answer: string): Promise<void> {
  const { rows } = await sql<{ owner: string | null }>`select owner_id as owner from customer
    where id = ${customer}`.execute(ctx.db);
  const owner = rows[0]?.owner;
  if (!owner) return;
  const record = { entity: 'surveyAnswer', id: answer };
  await notify(ctx, [{ to: [owner], kind: 'survey.answered', record, key: `survey.answered:${answer}` }]);
}

async function keepReplies(
  ctx: Context,
  asked: Asked,
  replies: readonly Reply[],
  on: { sheet_id: string | null; answer_id: string | null },
): Promise<void> {
  const rows = replies.map(({ question, choices, number, words }) => ({
    survey_id: asked.id,
    question_id: question,
    ...on,
    choices,
    number,
    words,
  }));
  await bulkInsert(ctx.db, 'survey_reply', REPLY_COLUMNS, rows);
}

const REPLY_COLUMNS = [
  { name: 'survey_id', type: 'uuid' },
  { name: 'question_id', type: 'uuid' },
  { name: 'answer_id', type: 'uuid' },
  { name: 'sheet_id', type: 'uuid' },
  { name: 'choices', type: 'text[]' },
  { name: 'number', type: 'numeric' },
  { name: 'words', type: 'text' },
];
