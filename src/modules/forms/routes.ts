import { PassThrough } from 'node:stream';
import { z } from 'zod';
import { needsApproval } from '../../platform/approvals/start.ts';
import { writeAudit } from '../../platform/audit/audit.ts';
import type { Context } from '../../platform/context/context.ts';
import { dayOf } from '../../platform/context/day.ts';
import { inTransaction } from '../../platform/context/transaction.ts';
import { problem } from '../../platform/errors/problem.ts';
import { disposition } from '../../platform/files/send.ts';
import { downloadHeaders } from '../../platform/http/download.ts';
import { type Route, route } from '../../platform/http/route.ts';
import { translate } from '../../platform/i18n/translations.ts';
import { renderPdf } from '../../platform/print/print.ts';
import { writeTable } from '../../platform/tabular/write.ts';
import { PERIOD, periodOf } from './sheet/period.ts';
import { FORMS, type FormKind, fillForm, type Sheet } from './sheet/sheet.ts';

/** Forms of customers, filled from what there is, as a page to hang up or a table. */
export function formRoutes(): Route[] {
  return [
    route({
      method: 'GET',
      path: '/customer-forms/{kind}/content',
      summary: 'A form of a month, quarter or year (2026-07, 2026-Q3, 2026), filled from live data',
      tag: 'forms',
      params: z.strictObject({ kind: z.enum(FORMS) }),
      query: z.strictObject({
        period: z.string().regex(PERIOD),
        format: z.enum(['pdf', 'xlsx']).default('pdf'),
      }),
      handle: async ({ ctx, services, params, query, reply }) => {
        const sheet = await fillForm(ctx, params.kind, periodOf(query.period));
        // What leaves the house by decision only leaves it no other way.
        if (await needsApproval(ctx, 'export')) throw problem('form_needs_approval', { status: 409 });
        const title = word(ctx, `forms.${params.kind}`);
        const name = `${title}-${query.period}.${query.format}`;
        await inTransaction(ctx, (inner) =>
          writeAudit(inner, { action: 'export', entity: 'customer', recordId: null, note: name }),
        );
        if (query.format === 'xlsx') {
          downloadHeaders(reply, name, 'xlsx');
          return reply.send(tableOf(ctx, sheet, title));
        }
        const { companyName } = await services.settings();
        const page = pageOf(ctx, params.kind, { sheet, title, period: query.period, company: companyName });
        reply
          .header('content-disposition', disposition('attachment', name))
          .header('x-content-type-options', 'nosniff')
          .header('cache-control', 'private, no-store')
          .type('application/pdf');
        return reply.send(await renderPdf(page));
      },
    }),
  ];
}

const word = (ctx: Context, key: string, params?: Record<string, unknown>) =>
  translate(ctx.registry.words, ctx.principal.language, key, params);

const columnWord = (ctx: Context, name: string) => word(ctx, `forms.column.${name}`);

function pageOf(
  ctx: Context,
  kind: FormKind,
  { sheet, title, period, company }: { sheet: Sheet; title: string; period: string; company: string },
) {
  return {
    title,
    subtitle: period,
    company,
    landscape: kind !== 'grade',
    language: ctx.principal.language,
    blocks: [
      {
        kind: 'table' as const,
        columns: sheet.columns.map(({ name, weight, number }) => ({
          label: columnWord(ctx, name),
          weight,
          align: number ? ('right' as const) : ('left' as const),
        })),
        rows: sheet.rows,
      },
      ...(sheet.rows.length === 0
        ? [{ kind: 'text' as const, text: word(ctx, 'forms.none'), muted: true }]
        : []),
      ...(sheet.cut
        ? [{ kind: 'text' as const, text: word(ctx, 'forms.cut', { count: sheet.rows.length }) }]
        : []),
    ],
    signatures: ['maker', 'filler', 'reviewer'].map((who) => ({ label: word(ctx, `forms.sign.${who}`) })),
    note: word(ctx, 'forms.printed', { date: dayOf(ctx) }),
  };
}

function tableOf(ctx: Context, { columns, rows }: Sheet, title: string): PassThrough {
  const out = new PassThrough();
  const heads = columns.map(({ name, number }) => ({
    header: columnWord(ctx, name),
    kind: number ? ('number' as const) : ('text' as const),
  }));
  writeTable(out, 'xlsx', heads, rows, title).catch((error: Error) => out.destroy(error));
  return out;
}
