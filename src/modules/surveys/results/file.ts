import { PassThrough } from 'node:stream';
import { sql } from 'kysely';
import { writeAudit } from '../../../platform/audit/audit.ts';
import type { Context } from '../../../platform/context/context.ts';
import { inTransaction } from '../../../platform/context/transaction.ts';
import { readRecord } from '../../../platform/entity/records.ts';
import { titlesOf } from '../../../platform/entity/titles.ts';
import { forbidden, notFound, problem } from '../../../platform/errors/problem.ts';
import { translate } from '../../../platform/i18n/translations.ts';
import { writeTable } from '../../../platform/tabular/write.ts';
import { dateIn } from '../../../platform/time/instant.shared.ts';
import { type Asked, askedBy } from '../sheet/read.ts';
import type { Reply } from '../survey/question.shared.ts';
import { sheetsSeen } from './read.ts';
import { LEAST_ANONYMOUS } from './results.shared.ts';

const PAGE = 500;

/** The answers of a survey as a table, one line each and one column for each question; of those the caller may take out. */
export async function resultsFile(ctx: Context, id: string): Promise<{ name: string; content: PassThrough }> {
  const { id: survey } = await readRecord(ctx, 'survey', id);
  const asked = await askedBy(ctx, { id: survey });
  if (!asked) throw notFound('survey');
  const policy = ctx.policies.for('surveyAnswer');
  if (!policy.can('export') || !policy.sees('content')) throw forbidden();
  if (asked.anonymous) await requireEnough(ctx, asked);
  await inTransaction(ctx, (inner) =>
    writeAudit(inner, { action: 'export', entity: 'survey', recordId: asked.id }),
  );
  const say = (key: string) => translate(ctx.registry.words, ctx.principal.language, key);
  const who = asked.anonymous ? [] : ['answeredAt', 'customer', 'contact'];
  const columns = [
    ...who.map((name) => ({
      header: say(`surveyAnswer.${name}`),
      kind: name === 'answeredAt' ? ('date' as const) : ('text' as const),
    })),
    ...asked.questions.map(({ text, kind }, at) => ({
      header: `${at + 1}. ${text}`,
      kind: ['scale', 'nps', 'number'].includes(kind) ? ('number' as const) : ('text' as const),
    })),
  ];
  const content = new PassThrough();
  writeTable(content, 'xlsx', columns, linesOf(ctx, asked), asked.name).catch((error: Error) =>
    content.destroy(error),
  );
  return { name: `${asked.name}.xlsx`, content };
}

async function requireEnough(ctx: Context, asked: Asked): Promise<void> {
  const { rows } = await sql<{
    n: number;
  }>`select count(*)::int as n from survey_sheet where survey_id = ${asked.id}`.execute(ctx.db);
  if ((rows[0]?.n ?? 0) < LEAST_ANONYMOUS)
    throw problem('survey_too_few', { status: 409, params: { count: LEAST_ANONYMOUS } });
}

interface Line {
  id: string;
  at: string | null;
  customer: string | null;
  contact: string | null;
  replies: Reply[];
}

async function* linesOf(ctx: Context, asked: Asked): AsyncGenerator<(string | null)[]> {
  for (let after = '00000000-0000-0000-0000-000000000000'; ; ) {
    const { rows } =
      await sql<Line>`select seen.id, a.answered_at as at, a.customer_id as customer, a.contact_id as contact,
        coalesce((select json_agg(json_build_object('question', r.question_id, 'choices', r.choices,
          'number', r.number::text, 'words', r.words)) from survey_reply r
          where ${asked.anonymous ? sql`r.sheet_id` : sql`r.answer_id`} = seen.id), '[]') as replies
      from (${sheetsSeen(ctx, asked, 'export')}) seen left join survey_answer a on a.id = seen.id
      where seen.id > ${after} order by seen.id limit ${PAGE}`.execute(ctx.db);
    const titles = asked.anonymous ? new Map<string, string>() : await namesOf(ctx, rows);
    for (const row of rows) {
      const who = asked.anonymous
        ? []
        : [
            row.at && dateIn(ctx.timeZone, row.at),
            row.customer && (titles.get(row.customer) ?? null),
            row.contact && (titles.get(row.contact) ?? null),
          ];
      yield [
        ...who,
        ...asked.questions.map(({ id }) => {
          const said = row.replies.find(({ question }) => question === id);
          return said ? (said.words ?? said.number ?? said.choices.join('、')) : null;
        }),
      ];
    }
    const last = rows.at(-1);
    if (!last || rows.length < PAGE) return;
    after = last.id;
  }
}

const namesOf = (ctx: Context, rows: readonly Line[]) =>
  titlesOf(
    ctx,
    new Map([
      ['customer', new Set(rows.flatMap(({ customer }) => customer ?? []))],
      ['contact', new Set(rows.flatMap(({ contact }) => contact ?? []))],
    ]),
  );
