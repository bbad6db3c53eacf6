import { rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import { z } from 'zod';
import { uuidv7 } from '../../platform/db/uuid.ts';
import { forbidden, problem } from '../../platform/errors/problem.ts';
import { idParams, type Route, route } from '../../platform/http/route.ts';
import { receiveFile } from '../../platform/imports/upload.ts';
import { TableError } from '../../platform/tabular/errors.ts';
import { takeStatement } from './bank/statement.ts';
import { suggestionsFor } from './bank/suggest.ts';
import { creditOf } from './credit/standing.ts';
import { letterRoute } from './dunning/letter.ts';
import { cardOf } from './figures/card.ts';
import { overviewOf, overviewQuery } from './figures/overview.ts';
import { leftLines } from './invoice/left.ts';
import { owedOf } from './receipt/owed.ts';
import { POSTED, postingsFor } from './receipt/postings.ts';
import { statementRoutes } from './statement/routes.ts';

const tag = 'receivables';
const cardParams = z.strictObject({ kind: z.enum(['customer', 'contract', 'order']), id: idParams.shape.id });

/** What is owed, and where money stands with one customer, contract or order. */
export function receivableRoutes(): Route[] {
  return [
    route({
      method: 'GET',
      path: '/receivables',
      summary: 'What is owed to us by age: by customer, by person, or item by item',
      tag,
      query: overviewQuery,
      handle: ({ ctx, query }) => overviewOf(ctx, query),
    }),
    route({
      method: 'GET',
      path: '/receivables/{kind}/{id}',
      summary: 'Received, invoiced and owed of a customer, contract or order',
      tag,
      params: cardParams,
      handle: ({ ctx, params }) => cardOf(ctx, params.kind, params.id),
    }),
    route({
      method: 'GET',
      path: '/receivables/postings/{kind}/{id}',
      summary: 'What was booked of a receipt, or for an order, a contract or an invoice, newest first',
      tag,
      params: z.strictObject({ kind: z.enum(POSTED), id: idParams.shape.id }),
      handle: async ({ ctx, params }) => ({ items: await postingsFor(ctx, params.kind, params.id) }),
    }),
    route({
      method: 'GET',
      path: '/receipts/{id}/owed',
      summary: 'What the payer of a receipt has open: orders, contracts, instalments and invoices it may pay',
      tag,
      params: idParams,
      handle: async ({ ctx, params }) => ({ items: await owedOf(ctx, params.id) }),
    }),
    route({
      method: 'GET',
      path: '/orders/{id}/credit',
      summary: 'Whether a draft is over the credit of its customer, who asked to let it pass, and who did',
      tag,
      params: idParams,
      handle: async ({ ctx, params }) => ({ credit: await creditOf(ctx, params.id) }),
    }),
    route({
      method: 'GET',
      path: '/invoices/{id}/left',
      summary: 'The lines of an issued invoice with what of each no red invoice has taken back',
      tag,
      params: idParams,
      handle: async ({ ctx, params }) => ({ items: await leftLines(ctx, params.id) }),
    }),
    route({
      method: 'GET',
      path: '/bank-entries/{id}/suggestions',
      summary:
        'For whom and for what money of the bank may be, most likely first, with the reasons; nothing is claimed by it',
      tag,
      params: idParams,
      handle: async ({ ctx, params }) => ({ items: await suggestionsFor(ctx, params.id) }),
    }),
    route({
      method: 'POST',
      path: '/bank-entries/statement',
      summary: 'Take in a statement of the bank (CSV or XLSX): what came in, each line once',
      tag,
      receive: async ({ ctx, services, request }) => {
        if (!ctx.policies.for('bankEntry').can('create')) throw forbidden();
        const file = await receiveFile(services, request, uuidv7());
        const account = z
          .uuid()
          .nullish()
          .safeParse(file.fields.account || null);
        const discard = () => rm(dirname(file.path), { recursive: true, force: true });
        return { body: { path: file.path, account: account.data ?? null }, digest: file.digest, discard };
      },
      async handle({ ctx, body }) {
        try {
          return await takeStatement(ctx, body.path, body.account);
        } catch (error) {
          if (error instanceof TableError) throw problem(error.code, { params: error.params });
          throw error;
        } finally {
          await rm(dirname(body.path), { recursive: true, force: true });
        }
      },
    }),
    letterRoute(),
    ...statementRoutes(),
  ];
}
