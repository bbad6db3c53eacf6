import { z } from 'zod';
import { writeAudit } from '../../../platform/audit/audit.ts';
import type { Context } from '../../../platform/context/context.ts';
import type { Services } from '../../../platform/context/services.ts';
import { inTransaction } from '../../../platform/context/transaction.ts';
import { readRecord } from '../../../platform/entity/records.ts';
import { forbidden, problem } from '../../../platform/errors/problem.ts';
import { requireLeave } from '../../../platform/exports/leave.ts';
import { disposition } from '../../../platform/files/send.ts';
import { idParams, type Route, route } from '../../../platform/http/route.ts';
import { translate } from '../../../platform/i18n/translations.ts';
import { queueMail } from '../../../platform/mail/queue.ts';
import { renderPdf } from '../../../platform/print/print.ts';
import { letterheadOf } from '../../legal/public.ts';
import { statementPage, statementTable } from './paper.ts';
import { statementOf, statementQuery } from './read.ts';

const tag = 'receivables';
const language = z.enum(['zh', 'en']);
const fileQuery = statementQuery.extend({
  format: z.enum(['pdf', 'xlsx']).default('pdf'),
  language: language.optional(),
  legalEntity: z.uuid().optional(),
});
const mailBody = statementQuery.extend({
  to: z.email().max(200),
  language: language.optional(),
  legalEntity: z.uuid().optional(),
  words: z.string().trim().max(2000).optional(),
});
type Wish = z.output<typeof fileQuery>;

/** 对账单: on the screen, as a file, and by mail to the customer. */
export function statementRoutes(): Route[] {
  return [
    route({
      method: 'GET',
      path: '/customers/{id}/statement',
      summary: 'What a customer owed, what changed it in a period, and what he owes at its end',
      tag,
      params: idParams,
      query: statementQuery,
      handle: ({ ctx, params, query }) => statementOf(ctx, params.id, query),
    }),
    route({
      method: 'GET',
      path: '/customers/{id}/statement/file',
      summary: 'The same as A4 pages or as a table, in Chinese or English',
      tag,
      params: idParams,
      query: fileQuery,
      async handle({ ctx, services, params, query, reply }) {
        // The paper is the customer's; a table of it is an export like any other.
        if (query.format === 'xlsx') await requireLeave(ctx, 'customer', params.id);
        const file = await fileOf(ctx, services, params.id, query);
        await inTransaction(ctx, (inner) => told(inner, params.id, file.name));
        return reply
          .header(
            'content-disposition',
            disposition(query.format === 'pdf' ? 'inline' : 'attachment', file.name),
          )
          .header('x-content-type-options', 'nosniff')
          .header('cache-control', 'private, no-store')
          .type(
            query.format === 'pdf'
              ? 'application/pdf'
              : 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
          )
          .send(file.content);
      },
    }),
    route({
      method: 'POST',
      path: '/customers/{id}/statement/mail',
      summary: 'Send a statement to the customer, attached as PDF',
      tag,
      params: idParams,
      body: mailBody,
      status: 202,
      async handle({ ctx, services, params, body: { to, words, ...wish } }) {
        if (
          !(await readRecord(ctx, 'customer', params.id)).can.update &&
          !ctx.policies.for('receipt').hasCommand('confirm')
        )
          throw forbidden();
        const file = await fileOf(ctx, services, params.id, { ...wish, format: 'pdf' });
        return inTransaction(ctx, async (inner) => {
          const sent = await queueMail(inner, services, {
            to,
            purpose: 'statement',
            subject: file.name.replace(/\.pdf$/, ''),
            text:
              words ||
              translate(ctx.registry.words, wish.language ?? ctx.principal.language, 'statement.mailText'),
            attachments: [{ name: file.name, content: file.content.toString('base64') }],
            about: [params.id],
          });
          if (!sent) throw problem('mail_not_set_up', { status: 409 });
          await told(inner, params.id, `${file.name} → ${to}`);
          return { sent: to };
        });
      },
    }),
  ];
}

const told = (ctx: Context, recordId: string, note: string) =>
  writeAudit(ctx, { action: 'export', entity: 'customer', recordId, note });

async function fileOf(
  ctx: Context,
  services: Services,
  id: string,
  wish: Wish,
): Promise<{ name: string; content: Buffer }> {
  const statement = await statementOf(ctx, id, wish);
  const lang = wish.language ?? ctx.principal.language;
  const head = await letterheadOf(ctx, services, wish.legalEntity ?? null, lang);
  const page = statementPage(ctx, statement, { language: lang, letterhead: head });
  const content = wish.format === 'pdf' ? await renderPdf(page) : await statementTable(ctx, statement, lang);
  return {
    name: `${page.title} ${statement.customer.name} ${wish.from}–${wish.until}.${wish.format}`,
    content,
  };
}
