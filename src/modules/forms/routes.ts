import type { FastifyReply } from 'fastify';
import { z } from 'zod';
import { needsApproval } from '../../platform/approvals/start.ts';
import { writeAudit } from '../../platform/audit/audit.ts';
import type { Context } from '../../platform/context/context.ts';
import { inTransaction } from '../../platform/context/transaction.ts';
import { problem } from '../../platform/errors/problem.ts';
import { disposition } from '../../platform/files/send.ts';
import { downloadHeaders } from '../../platform/http/download.ts';
import { idParams, type Route, route } from '../../platform/http/route.ts';
import { renderPdf } from '../../platform/print/print.ts';
import { cellsBody, writeCells } from './form/cells.ts';
import { KINDS, REACHES } from './form/form.shared.ts';
import { markCustomer } from './form/marks.ts';
import { historyOf, readForm } from './form/read.ts';
import { type Printed, pageOf, tableOf } from './print.ts';
import { wordOf } from './sheet/base.ts';
import { fillSheet } from './sheet/fill.ts';
import { PERIOD, periodOf } from './sheet/period.ts';
import { periodWords, reachWords } from './sheet/words.ts';
import { readTemplate, templateBody, writeTemplate } from './template/template.ts';

const tag = 'forms';
const round = z.coerce.number().int().min(1).max(100_000).optional();
const format = z.enum(['pdf', 'xlsx']).default('pdf');

/** Forms of customers: as they are filled in, signed, printed and taken out. */
export function formRoutes(): Route[] {
  return [
    route({
      method: 'GET',
      path: '/customer-forms/live/content',
      summary:
        'One of the six forms of a month, quarter or year (2026-07, 2026-Q3, 2026) as things stand, without keeping it',
      tag,
      query: z.strictObject({
        kind: z.enum(KINDS),
        period: z.string().regex(PERIOD),
        reach: z.enum(REACHES).default('visible'),
        of: z.uuid().optional(),
        format,
      }),
      handle: async ({ ctx, services, query, reply }) => {
        const reach = { kind: query.reach, id: query.of ?? null };
        const sheet = await fillSheet(ctx, {
          kind: query.kind,
          period: periodOf(query.period),
          reach,
          action: 'export',
        });
        const { companyName: company } = await services.settings();
        const said = { period: periodWords(ctx, query.period), reach: await reachWords(ctx, reach) };
        const printed = { kind: query.kind, company, ...said, status: 'draft' as const, round: 0, sheet };
        return send(ctx, reply, { printed, recordId: null, format: query.format, period: query.period });
      },
    }),
    route({
      method: 'GET',
      path: '/customer-forms/{id}/sheet',
      summary: 'A form with its lines: live until it is handed in, then as it was signed',
      tag,
      params: idParams,
      query: z.strictObject({ round }),
      handle: ({ ctx, params, query }) => readForm(ctx, params.id, { round: query.round }),
    }),
    route({
      method: 'GET',
      path: '/customer-forms/{id}/content',
      summary: 'A form to hang up (PDF) or to go on calculating with (XLSX)',
      tag,
      params: idParams,
      query: z.strictObject({ round, format }),
      handle: async ({ ctx, services, params, query, reply }) => {
        const form = await readForm(ctx, params.id, { round: query.round, as: query.format });
        const company = form.company ?? (await services.settings()).companyName;
        return send(ctx, reply, {
          printed: { ...form, company, sheet: form },
          recordId: form.id,
          format: query.format,
          period: form.period,
        });
      },
    }),
    route({
      method: 'PUT',
      path: '/customer-forms/{id}/cells',
      summary: 'Write judgements into a form; each names what stood there before',
      tag,
      params: idParams,
      body: cellsBody,
      handle: ({ ctx, params, body }) => writeCells(ctx, params.id, body.cells),
    }),
    route({
      method: 'PUT',
      path: '/customer-forms/{id}/customers/{customer}',
      summary: 'Put a customer into a form by hand, leave it out, or let the rules of the form say',
      tag,
      params: z.strictObject({ id: z.uuid(), customer: z.uuid() }),
      body: z.strictObject({ put: z.boolean().nullable() }),
      handle: ({ ctx, params, body }) => markCustomer(ctx, params.id, params.customer, body.put),
    }),
    route({
      method: 'GET',
      path: '/customer-forms/{id}/history',
      summary: 'How often a form was handed in, by whom, and what became of that',
      tag,
      params: idParams,
      handle: async ({ ctx, params }) => ({ items: await historyOf(ctx, params.id) }),
    }),
    route({
      method: 'GET',
      path: '/customer-form-template',
      summary: 'The indicators by which relations to customers are judged',
      tag,
      handle: async ({ ctx }) => ({ indicators: await readTemplate(ctx) }),
    }),
    route({
      method: 'PUT',
      path: '/customer-form-template',
      summary: 'Change the indicators; their weights are 100 together',
      tag,
      access: 'administrator',
      body: templateBody,
      handle: async ({ ctx, body }) => ({ indicators: await writeTemplate(ctx, body.indicators) }),
    }),
  ];
}

interface Sending {
  printed: Printed;
  recordId: string | null;
  format: 'pdf' | 'xlsx';
  period: string;
}

async function send(ctx: Context, reply: FastifyReply, { printed, recordId, format: as, period }: Sending) {
  // What leaves the house by decision only leaves it no other way.
  if (await needsApproval(ctx, 'export')) throw problem('form_needs_approval', { status: 409 });
  const name = `${wordOf(ctx, `forms.${printed.kind}`)}-${period}.${as}`;
  const entity = recordId ? 'customerForm' : 'customer';
  await inTransaction(ctx, (inner) => writeAudit(inner, { action: 'export', entity, recordId, note: name }));
  if (as === 'xlsx') {
    downloadHeaders(reply, name, 'xlsx');
    return reply.send(tableOf(ctx, printed));
  }
  reply
    .header('content-disposition', disposition('attachment', name))
    .header('x-content-type-options', 'nosniff')
    .header('cache-control', 'private, no-store')
    .type('application/pdf');
  return reply.send(await renderPdf(pageOf(ctx, printed)));
}
