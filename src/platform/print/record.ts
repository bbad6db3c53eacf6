import type { FastifyReply } from 'fastify';
import { writeAudit } from '../audit/audit.ts';
import type { Context } from '../context/context.ts';
import { inTransaction } from '../context/transaction.ts';
import { disposition } from '../files/send.ts';
import type { PrintPage } from './page.ts';
import { renderPdf } from './print.ts';

/** A record on paper, to look at and print: the audit of the record tells of it, and no one between keeps it. */
export async function sendPaper(
  ctx: Context,
  reply: FastifyReply,
  [entity, recordId]: readonly [entity: string, id: string],
  page: PrintPage,
): Promise<FastifyReply> {
  const name = [page.title, page.subtitle].filter(Boolean).join(' ');
  await inTransaction(ctx, (inner) => writeAudit(inner, { action: 'export', entity, recordId, note: name }));
  return reply
    .header('content-disposition', disposition('inline', `${name}.pdf`))
    .header('x-content-type-options', 'nosniff')
    .header('cache-control', 'private, no-store')
    .type('application/pdf')
    .send(await renderPdf(page));
}
