import type { FastifyReply } from 'fastify';
import { z } from 'zod';
import { peopleWithin } from '../../../platform/access/people.ts';
import { needsApproval } from '../../../platform/approvals/start.ts';
import { writeAudit } from '../../../platform/audit/audit.ts';
import type { Context } from '../../../platform/context/context.ts';
import { dayOf } from '../../../platform/context/day.ts';
import type { Services } from '../../../platform/context/services.ts';
import { inTransaction } from '../../../platform/context/transaction.ts';
import type { Link, WireRecord } from '../../../platform/entity/meta.shared.ts';
import { readRecord } from '../../../platform/entity/records.ts';
import { titlesOf } from '../../../platform/entity/titles.ts';
import { forbidden, notFound, problem } from '../../../platform/errors/problem.ts';
import { disposition } from '../../../platform/files/send.ts';
import { idParams, type Route, route } from '../../../platform/http/route.ts';
import type { PrintPage } from '../../../platform/print/page.ts';
import { renderPdf } from '../../../platform/print/print.ts';
import { quotasOf } from '../quota/read.ts';
import { frozenFigures, myReport } from '../report/mine.ts';
import type { ReportKind } from '../report/period.ts';
import { teamReports } from '../report/team.ts';
import { reportPage, teamPage } from './page.ts';

const tag = 'reports';
const query = z.strictObject({ kind: z.enum(['day', 'week']), date: z.iso.date().optional() });

/** Reports as A4 pages: one's own at any time, those of others where one may take reports out of the house. */
export function printRoutes(): Route[] {
  return [
    route({
      method: 'GET',
      path: '/work-reports/mine/pdf',
      summary: 'One’s own report of a day or week as an A4 page; a draft until it is handed in',
      tag,
      query,
      handle: async ({ ctx, services, query: { kind, date = dayOf(ctx) }, reply }) =>
        send(reply, await ownPage(ctx, await companyOf(services), kind, date)),
    }),
    route({
      method: 'GET',
      path: '/work-reports/{id}/pdf',
      summary: 'A report as an A4 page',
      tag,
      params: idParams,
      handle: async ({ ctx, services, params: { id }, reply }) => {
        const record = await readRecord(ctx, 'workReport', id);
        const owner = record.owner as Link | null | undefined;
        const mine = owner?.id === ctx.principal.userId;
        // What somebody is still writing is his own.
        if (!mine && record.status === 'open') throw notFound();
        if (!mine) await mayTakeOut(ctx, owner?.id ?? null);
        const page = await givenPage(ctx, await companyOf(services), record, owner ?? null);
        if (!mine) await told(ctx, id, page);
        return send(reply, page);
      },
    }),
    route({
      method: 'GET',
      path: '/work-reports/team/pdf',
      summary: 'Who has handed in and who has not, with their numbers, as an A4 page',
      tag,
      query,
      handle: async ({ ctx, services, query: { kind, date = dayOf(ctx) }, reply }) => {
        const people = await mayTakeOut(ctx, null);
        const all = await teamReports(ctx, { kind, date });
        const lines = all.filter(({ person }) => people.has(person.id));
        const page = teamPage(ctx, await companyOf(services), { kind, date, lines });
        await told(ctx, null, page);
        return send(reply, page);
      },
    }),
  ];
}

const companyOf = async (services: Services) => (await services.settings()).companyName;

async function ownPage(ctx: Context, company: string, kind: ReportKind, date: string): Promise<PrintPage> {
  const { report, figures, quotas } = await myReport(ctx, { kind, date });
  const text = (name: string) => (report?.[name] as string | null | undefined) ?? null;
  const me = ctx.principal.userId ?? '';
  const names = await titlesOf(ctx, new Map([['user', new Set([me])]]));
  return reportPage(ctx, company, {
    kind,
    date,
    person: names.get(me) ?? '',
    handedInAt: text('handedInAt'),
    readAt: text('readAt'),
    reader: (report?.readBy as Link | null | undefined)?.title ?? null,
    words: text('words'),
    plan: text('plan'),
    figures,
    quotas,
  });
}

async function givenPage(
  ctx: Context,
  company: string,
  record: WireRecord,
  owner: Link | null,
): Promise<PrintPage> {
  const text = (name: string) => (record[name] as string | null | undefined) ?? null;
  const kind = text('kind') as ReportKind | null;
  const date = text('date');
  if (!kind || !date) throw forbidden();
  const counted = ctx.policies.for('workReport').sees('figures') ? await frozenFigures(ctx, record.id) : null;
  const figures = counted ?? [];
  return reportPage(ctx, company, {
    kind,
    date,
    person: owner?.title ?? '',
    handedInAt: text('handedInAt'),
    readAt: text('readAt'),
    reader: (record.readBy as Link | null | undefined)?.title ?? null,
    words: text('words'),
    plan: text('plan'),
    figures,
    quotas: owner ? await quotasOf(ctx, owner.id, kind, figures) : [],
  });
}

/** Whose reports one may take out of the house; what leaves it by decision only leaves it no other way. */
async function mayTakeOut(ctx: Context, owner: string | null): Promise<ReadonlySet<string>> {
  if (!ctx.policies.for('workReport').can('export')) throw forbidden('export_forbidden');
  const people = new Set((await peopleWithin(ctx, 'workReport', 'export')).map(({ id }) => id));
  if (owner && !people.has(owner)) throw forbidden('export_forbidden');
  if (await needsApproval(ctx, 'export')) throw problem('report_needs_approval', { status: 409 });
  return people;
}

const told = (ctx: Context, recordId: string | null, { title, subtitle }: PrintPage) =>
  inTransaction(ctx, (inner) =>
    writeAudit(inner, {
      action: 'export',
      entity: 'workReport',
      recordId,
      note: [title, subtitle].filter(Boolean).join(' '),
    }),
  );

async function send(reply: FastifyReply, page: PrintPage) {
  const name = `${[page.title, page.subtitle].filter(Boolean).join(' ')}.pdf`;
  return reply
    .header('content-disposition', disposition('inline', name))
    .header('x-content-type-options', 'nosniff')
    .header('cache-control', 'private, no-store')
    .type('application/pdf')
    .send(await renderPdf(page));
}
