import { sql } from 'kysely';
import { z } from 'zod';
import { writeAudit } from '../../platform/audit/audit.ts';
import type { Context } from '../../platform/context/context.ts';
import { inTransaction } from '../../platform/context/transaction.ts';
import { readRecord } from '../../platform/entity/records.ts';
import { forbidden, notFound } from '../../platform/errors/problem.ts';
import { requireLeave } from '../../platform/exports/leave.ts';
import { disposition } from '../../platform/files/send.ts';
import { downloadHeaders } from '../../platform/http/download.ts';
import { idParams, type Route, route } from '../../platform/http/route.ts';
import { renderPdf } from '../../platform/print/print.ts';
import { batchTable, personPage } from './batch/paper.ts';
import { peopleOf } from './batch/people.ts';
import { planDefinition } from './plan/definition.ts';
import { previewPlan } from './plan/preview.ts';
import { mineOf } from './row/mine.ts';
import { inScope, MOST, readRows } from './row/read.ts';

const tag = 'commission';
const ofPerson = z.strictObject({ person: z.uuid().optional() });

/** What people earn, how each row came, and what a batch pays whom. */
export function commissionRoutes(): Route[] {
  return [
    route({
      method: 'GET',
      path: '/commission/mine',
      summary:
        'What one has earned, how it came, and what one may expect; of others where one may read their rows',
      tag,
      query: ofPerson,
      handle: ({ ctx, query }) => {
        const person = query.person ?? ctx.principal.userId;
        if (!person) throw forbidden();
        return mineOf(ctx, person);
      },
    }),
    route({
      method: 'POST',
      path: '/commission-plans/preview',
      summary: 'What rules would make of a receipt that came in',
      tag,
      body: z.strictObject({ definition: planDefinition, receipt: z.uuid() }),
      status: 200,
      handle: ({ ctx, body }) => {
        if (!ctx.policies.for('commissionPlan').can('update')) throw forbidden();
        return previewPlan(ctx, body.definition, body.receipt);
      },
    }),
    route({
      method: 'GET',
      path: '/commission-batches/{id}/people',
      summary: 'What a settlement pays each person',
      tag,
      params: idParams,
      handle: async ({ ctx, params: { id } }) => {
        await requireBatch(ctx, id);
        return { currency: ctx.currency, items: await peopleOf(ctx, id) };
      },
    }),
    route({
      method: 'GET',
      path: '/commission-batches/{id}/rows',
      summary: 'The rows of a settlement, with how each came',
      tag,
      params: idParams,
      query: ofPerson,
      handle: async ({ ctx, params: { id }, query }) => {
        await requireBatch(ctx, id);
        const items = await readRows(ctx, rowsIn(id, query.person));
        return { currency: ctx.currency, items, most: MOST };
      },
    }),
    route({
      method: 'GET',
      path: '/commission-batches/{id}/sheet',
      summary: 'A settlement as an XLSX table',
      tag,
      params: idParams,
      handle: async ({ ctx, params: { id }, reply }) => {
        const batch = await requireBatch(ctx, id);
        await requireLeave(ctx, 'commissionBatch', id);
        const name = `${batch.title}.xlsx`;
        await told(ctx, id, name);
        const rows = await readRows(ctx, rowsIn(id), EXPORTED);
        downloadHeaders(reply, name, 'xlsx');
        return reply.send(batchTable(ctx, rows));
      },
    }),
    route({
      method: 'GET',
      path: '/commission-batches/{id}/pdf',
      summary: 'What a settlement pays one person, as A4 pages; one’s own once it is approved',
      tag,
      params: idParams,
      query: ofPerson,
      handle: async ({ ctx, services, params: { id }, query, reply }) => {
        const person = query.person ?? ctx.principal.userId;
        const batch = await paperBatch(ctx, id, person);
        const rows = await readRows(ctx, rowsIn(id, person ?? undefined));
        if (rows.length === 0) throw notFound('commissionBatch');
        const { companyName } = await services.settings();
        const page = personPage(ctx, companyName, batch, rows);
        const name = `${page.title} ${rows[0]?.person.title ?? ''} ${batch.number}.pdf`;
        await told(ctx, id, name);
        reply
          .header('content-disposition', disposition('inline', name))
          .header('x-content-type-options', 'nosniff')
          .header('cache-control', 'private, no-store')
          .type('application/pdf');
        return reply.send(await renderPdf(page));
      },
    }),
  ];
}

/** Rows of one file at most; a settlement of more is taken out of the list of rows. */
const EXPORTED = 50_000;

const rowsIn = (batch: string, person?: string) =>
  person ? sql`t.batch_id = ${batch} and t.owner_id = ${person}` : sql`t.batch_id = ${batch}`;

interface Batch {
  title: string;
  number: string;
  until: string;
  status: string;
  paidOn: string | null;
}

/** A settlement says what everybody earns: who may read it has to see amounts too. */
async function requireBatch(ctx: Context, id: string): Promise<Batch> {
  const batch = await readRecord(ctx, 'commissionBatch', id);
  const rows = ctx.policies.for('commissionRow');
  if (!ctx.policies.for('commissionBatch').sees('total') || !rows.can('read') || !rows.sees('amount'))
    throw forbidden();
  const { rows: hidden } =
    await sql`select from commission_row t where t.batch_id = ${id} and t.deleted_at is null
    and not ${inScope(ctx)} limit 1`.execute(ctx.db);
  if (hidden.length) throw forbidden();
  return batch as unknown as Batch;
}

/** One's own paper one may have once nothing of it changes any more. */
async function paperBatch(ctx: Context, id: string, person: string | null): Promise<Batch> {
  if (ctx.policies.for('commissionBatch').can('read')) return requireBatch(ctx, id);
  const rows = ctx.policies.for('commissionRow');
  if (person !== ctx.principal.userId || !rows.can('read') || !rows.sees('amount')) throw forbidden();
  const { rows: found } =
    await sql<Batch>`select name as title, number, until::text, status, paid_on::text as "paidOn"
    from commission_batch where id = ${id} and status in ('approved', 'paid') and deleted_at is null`.execute(
      ctx.db,
    );
  if (!found[0]) throw notFound('commissionBatch');
  return found[0];
}

const told = (ctx: Context, recordId: string, note: string) =>
  inTransaction(ctx, (inner) =>
    writeAudit(inner, { action: 'export', entity: 'commissionBatch', recordId, note }),
  );
