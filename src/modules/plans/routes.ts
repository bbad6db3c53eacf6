import { z } from 'zod';
import { disposition } from '../../platform/files/send.ts';
import { downloadHeaders } from '../../platform/http/download.ts';
import { idParams, limitOf, type Route, route } from '../../platform/http/route.ts';
import { readTableFile, receiveTable } from '../../platform/imports/small-table.ts';
import { planFile } from './paper/file.ts';
import { readPlan } from './paper/read.ts';
import { CUT } from './plan/cut.shared.ts';
import { BASES } from './progress/basis.shared.ts';
import { behindLine } from './progress/behind.ts';
import { progressOf } from './progress/read.ts';
import { seasonOf } from './progress/season.ts';

const tag = 'plans';
const basis = z.enum(BASES).default('orders');
const month = z.coerce.number().int().min(0).max(11);
const named = z.string().max(60).nullish();

/** A plan beside what came of it, its table, and last year's season to divide by. */
export function planRoutes(): Route[] {
  return [
    route({
      method: 'GET',
      path: '/sales-plans/{id}/progress',
      summary: 'A plan by line and month beside what came and what open business is expected to bring',
      tag,
      params: idParams,
      query: z.strictObject({ basis }),
      handle: ({ ctx, params, query }) => progressOf(ctx, params.id, query.basis),
    }),
    route({
      method: 'GET',
      path: '/sales-plans/{id}/records',
      summary: 'The records a number of the comparison was made of, of those one may read',
      tag,
      params: idParams,
      query: z
        .strictObject({
          basis,
          forecast: z.stringbool().default(false),
          key: z.string().max(120).default(''),
          from: month,
          to: month,
          cursor: z.uuid().optional(),
          limit: limitOf(100).default(50),
        })
        .refine(({ from, to }) => from <= to),
      handle: ({ ctx, params, query }) => behindLine(ctx, params.id, query),
    }),
    route({
      method: 'POST',
      path: '/sales-plans/{id}/season',
      summary: 'What came in the months of the year before, by line: to divide a year by; nothing is stored',
      tag,
      status: 200,
      params: idParams,
      body: z.strictObject({
        lines: z
          .array(z.strictObject(Object.fromEntries(CUT.map((name) => [name, named]))))
          .min(1)
          .max(2000),
      }),
      handle: async ({ ctx, params, body }) => ({ lines: await seasonOf(ctx, params.id, body.lines) }),
    }),
    route({
      method: 'GET',
      path: '/sales-plans/{id}/file',
      summary: 'A plan as a table (XLSX) that is read back as it stands, or as a paper (PDF)',
      tag,
      params: idParams,
      query: z.strictObject({ format: z.enum(['xlsx', 'pdf']) }),
      async handle({ ctx, params, query, reply, services }) {
        const company = (await services.settings()).companyName;
        const { name, content } = await planFile(ctx, params.id, query.format, company);
        if (query.format === 'xlsx') return downloadHeaders(reply, name, 'xlsx').send(content);
        return reply
          .type('application/pdf')
          .header('content-disposition', disposition('inline', name))
          .send(content);
      },
    }),
    route({
      method: 'POST',
      path: '/sales-plans/{id}/table',
      summary: 'Read a table (XLSX or CSV) into lines, row by row; nothing is stored',
      tag,
      status: 200,
      params: idParams,
      receive: receiveTable,
      handle: ({ ctx, params, body }) => readTableFile(body, (path) => readPlan(ctx, params.id, path)),
    }),
  ];
}
