import { sql } from 'kysely';
import { z } from 'zod';
import { writeAudit } from '../../../platform/audit/audit.ts';
import type { Context } from '../../../platform/context/context.ts';
import { inTransaction } from '../../../platform/context/transaction.ts';
import { readRecord } from '../../../platform/entity/records.ts';
import { forbidden } from '../../../platform/errors/problem.ts';
import { requireLeave } from '../../../platform/exports/leave.ts';
import { downloadHeaders } from '../../../platform/http/download.ts';
import { idParams, type Route, route } from '../../../platform/http/route.ts';
import { agreementsIn } from './batch/agreements.ts';
import { ownRebates } from './read/mine.ts';
import { periodsOf, progressOf } from './read/progress.ts';
import { inScope, requireFigures } from './read/rights.ts';
import { MOST, type RebateRow, readMoves } from './read/rows.ts';
import { movesTable } from './read/sheet.ts';

const tag = 'rebates';

/** How far customers have come by their agreements, how each movement came, and what a settlement gives whom. */
export function rebateRoutes(): Route[] {
  return [
    route({
      method: 'GET',
      path: '/rebates',
      summary: 'How far customers are by their agreements in force, and what the next tier would bring them',
      tag,
      query: z.strictObject({ customer: z.uuid().optional() }),
      handle: async ({ ctx, query: { customer } }) => ({
        items: customer
          ? // Of a customer also what an ended agreement still owes him.
            await progressOf(
              ctx,
              sql`a.customer_id = ${customer} and (a.status = 'inForce' or a.credit > 0 or exists (
                select from rebate_row r where r.agreement_id = a.id and r.status <> 'paid'))`,
            )
          : await progressOf(ctx),
      }),
    }),
    route({
      method: 'GET',
      path: '/channel/mine/rebates',
      outside: true,
      summary: 'How far one’s partner has come by its own agreements, and what is missing to the next tier',
      tag,
      handle: async ({ ctx }) => ({ items: await ownRebates(ctx) }),
    }),
    route({
      method: 'GET',
      path: '/rebate-agreements/{id}/progress',
      summary: 'How far an agreement has come, all its periods, and its newest movements',
      tag,
      params: idParams,
      async handle({ ctx, params: { id } }) {
        await readRecord(ctx, 'rebateAgreement', id);
        const [progress] = await progressOf(ctx, sql`a.id = ${id}`);
        // A draft has not come anywhere.
        if (!progress) return { progress: null, periods: [], moves: [], most: SHOWN };
        const [periods, moves] = [
          await periodsOf(ctx, progress),
          await readMoves(ctx, sql`a.id = ${id}`, SHOWN),
        ];
        return { progress, periods, moves, most: SHOWN };
      },
    }),
    route({
      method: 'GET',
      path: '/rebate-agreements/{id}/sheet',
      summary: 'All movements of an agreement as an XLSX table',
      tag,
      params: idParams,
      async handle({ ctx, params: { id }, reply }) {
        const agreement = await readRecord(ctx, 'rebateAgreement', id);
        requireFigures(ctx);
        const name = `${agreement.title}.xlsx`;
        await leaves(ctx, 'rebateAgreement', id, name);
        downloadHeaders(reply, name, 'xlsx');
        return reply.send(movesTable(ctx, await readMoves(ctx, sql`a.id = ${id}`, EXPORTED)));
      },
    }),
    route({
      method: 'GET',
      path: '/rebate-batches/{id}/agreements',
      summary: 'What a settlement gives by each agreement',
      tag,
      params: idParams,
      async handle({ ctx, params: { id } }) {
        const { currency } = await requireBatch(ctx, id);
        return { currency, items: await agreementsIn(ctx, id, currency) };
      },
    }),
    route({
      method: 'GET',
      path: '/rebate-batches/{id}/rows',
      summary: 'The movements of a settlement, with how each came',
      tag,
      params: idParams,
      query: z.strictObject({ agreement: z.uuid().optional() }),
      async handle({ ctx, params: { id }, query: { agreement } }) {
        const { currency } = await requireBatch(ctx, id);
        const of = agreement ? sql`and a.id = ${agreement}` : sql``;
        return { currency, items: await readMoves(ctx, sql`r.batch_id = ${id} ${of}`), most: MOST };
      },
    }),
    route({
      method: 'GET',
      path: '/rebate-batches/{id}/sheet',
      summary: 'A settlement as an XLSX table',
      tag,
      params: idParams,
      async handle({ ctx, params: { id }, reply }) {
        const name = `${(await requireBatch(ctx, id)).title}.xlsx`;
        await leaves(ctx, 'rebateBatch', id, name);
        const rows: RebateRow[] = await readMoves(ctx, sql`r.batch_id = ${id}`, EXPORTED);
        downloadHeaders(reply, name, 'xlsx');
        return reply.send(movesTable(ctx, rows));
      },
    }),
  ];
}

/** Movements on one page; those of one file at most. */
const SHOWN = 300;
const EXPORTED = 50_000;

async function leaves(ctx: Context, entity: string, id: string, note: string): Promise<void> {
  await requireLeave(ctx, entity, id);
  await inTransaction(ctx, (inner) => writeAudit(inner, { action: 'export', entity, recordId: id, note }));
}

/** A settlement says what every customer gets: who may read it has to see all its agreements too. */
async function requireBatch(ctx: Context, id: string): Promise<{ title: string; currency: string }> {
  const batch = await readRecord(ctx, 'rebateBatch', id);
  if (!ctx.policies.for('rebateBatch').sees('total')) throw forbidden();
  requireFigures(ctx);
  const { rows: hidden } = await sql`select from rebate_agreement a where a.id in (
      select agreement_id from rebate_row where batch_id = ${id}) and not ${inScope(ctx)} limit 1`.execute(
    ctx.db,
  );
  if (hidden.length) throw forbidden();
  return batch as unknown as { title: string; currency: string };
}
