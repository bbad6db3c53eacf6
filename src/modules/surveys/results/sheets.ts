import { sql } from 'kysely';
import { z } from 'zod';
import type { Context } from '../../../platform/context/context.ts';
import { readRecord } from '../../../platform/entity/records.ts';
import { titlesOf } from '../../../platform/entity/titles.ts';
import { notFound } from '../../../platform/errors/problem.ts';
import { type Asked, askedBy } from '../sheet/read.ts';
import type { Reply } from '../survey/question.shared.ts';
import { isTooFew, sheetsSeen } from './read.ts';
import type { Sheet } from './results.shared.ts';

/** An answer or a sheet as it is stored, with what was replied on it. */
interface StoredSheet {
  id: string;
  at: string | null;
  customer: string | null;
  contact: string | null;
  replies: Reply[];
}

const NIL = '00000000-0000-0000-0000-000000000000';

/** Answers of a survey in the order of their ids, which of those without a name tells nothing, from one on. */
export async function sheetsAfter(
  ctx: Context,
  asked: Asked,
  { action, after, limit }: { action: 'read' | 'export'; after: string | null; limit: number },
): Promise<StoredSheet[]> {
  const { rows } =
    await sql<StoredSheet>`select seen.id, a.answered_at as at, a.customer_id as customer, a.contact_id as contact,
      coalesce((select json_agg(json_build_object('question', r.question_id, 'choices', r.choices,
        'number', r.number::text, 'words', r.words)) from survey_reply r
        where ${asked.anonymous ? sql`r.sheet_id` : sql`r.answer_id`} = seen.id), '[]') as replies
    from (${sheetsSeen(ctx, asked, action)}) seen left join survey_answer a on a.id = seen.id
    where seen.id > ${after ?? NIL} order by seen.id limit ${limit}`.execute(ctx.db);
  return rows;
}

/** What was replied to a question, in words. */
export const saidTo = (question: string, replies: readonly Reply[]): string | null => {
  const said = replies.find((reply) => reply.question === question);
  return said ? (said.words ?? said.number ?? said.choices.join('、')) : null;
};

/** Names of whose answers they are, for who may know them. */
export const namesOf = (ctx: Context, rows: readonly Pick<StoredSheet, 'customer' | 'contact'>[]) =>
  titlesOf(
    ctx,
    new Map([
      ['customer', new Set(rows.flatMap(({ customer }) => customer ?? []))],
      ['contact', new Set(rows.flatMap(({ contact }) => contact ?? []))],
    ]),
  );

export const sheetsQuery = z.strictObject({
  after: z.uuid().optional(),
  limit: z.coerce.number().int().min(1).max(50).default(20),
});

/**
 * Single answers of a survey: of whom they are where they are somebody's; of an anonymous one what was said and nothing else, and
 * only once there are enough of them.
 */
export async function answersOf(
  ctx: Context,
  id: string,
  { after, limit }: z.output<typeof sheetsQuery>,
): Promise<{ items: Sheet[]; next: string | null }> {
  const { id: survey } = await readRecord(ctx, 'survey', id);
  const asked = await askedBy(ctx, { id: survey });
  if (!asked) throw notFound('survey');
  if (await isTooFew(ctx, asked)) return { items: [], next: null };
  const found = await sheetsAfter(ctx, asked, { action: 'read', after: after ?? null, limit: limit + 1 });
  const rows = found.slice(0, limit);
  const titles = asked.anonymous ? new Map<string, string>() : await namesOf(ctx, rows);
  const policy = ctx.policies.for('surveyAnswer');
  const link = (name: string, of: string | null) => {
    const title = of && policy.sees(name) ? titles.get(of) : undefined;
    return of && title ? { id: of, title } : null;
  };
  return {
    items: rows.map(({ id: sheet, at, customer, contact, replies }) => ({
      ...(asked.anonymous
        ? { answer: null, at: null, customer: null, contact: null }
        : {
            answer: sheet,
            at: policy.sees('answeredAt') ? at : null,
            customer: link('customer', customer),
            contact: link('contact', contact),
          }),
      said: asked.questions.flatMap(({ id: question, text }) => {
        const words = saidTo(question, replies);
        return words === null ? [] : [{ question, text, words }];
      }),
    })),
    next: found.length > limit ? (rows.at(-1)?.id ?? null) : null,
  };
}
