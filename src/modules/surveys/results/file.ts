import { PassThrough } from 'node:stream';
import { writeAudit } from '../../../platform/audit/audit.ts';
import type { Context } from '../../../platform/context/context.ts';
import { inTransaction } from '../../../platform/context/transaction.ts';
import { readRecord } from '../../../platform/entity/records.ts';
import { forbidden, notFound, problem } from '../../../platform/errors/problem.ts';
import { translate } from '../../../platform/i18n/translations.ts';
import { writeTable } from '../../../platform/tabular/write.ts';
import { dateIn } from '../../../platform/time/instant.shared.ts';
import { type Asked, askedBy } from '../sheet/read.ts';
import { isTooFew } from './read.ts';
import { LEAST_ANONYMOUS } from './results.shared.ts';
import { namesOf, saidTo, sheetsAfter } from './sheets.ts';

const PAGE = 500;

/** The answers of a survey as a table, one line each and one column for each question; of those the caller may take out. */
export async function resultsFile(ctx: Context, id: string): Promise<{ name: string; content: PassThrough }> {
  const { id: survey } = await readRecord(ctx, 'survey', id);
  const asked = await askedBy(ctx, { id: survey });
  if (!asked) throw notFound('survey');
  const policy = ctx.policies.for('surveyAnswer');
  if (!policy.can('export') || !policy.sees('content')) throw forbidden();
  if (await isTooFew(ctx, asked))
    throw problem('survey_too_few', { status: 409, params: { count: LEAST_ANONYMOUS } });
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

async function* linesOf(ctx: Context, asked: Asked): AsyncGenerator<(string | null)[]> {
  for (let after: string | null = null; ; ) {
    const rows = await sheetsAfter(ctx, asked, { action: 'export', after, limit: PAGE });
    const titles = asked.anonymous ? new Map<string, string>() : await namesOf(ctx, rows);
    for (const { at, customer, contact, replies } of rows) {
      const who = asked.anonymous
        ? []
        : [
            at && dateIn(ctx.timeZone, at),
            customer && (titles.get(customer) ?? null),
            contact && (titles.get(contact) ?? null),
          ];
      yield [...who, ...asked.questions.map(({ id }) => saidTo(id, replies))];
    }
    const last = rows.at(-1);
    if (!last || rows.length < PAGE) return;
    after = last.id;
  }
}
