import { PassThrough } from 'node:stream';
import { z } from 'zod';
import type { Context } from '../../../platform/context/context.ts';
import { dayOf } from '../../../platform/context/day.ts';
import { readRecord } from '../../../platform/entity/records.ts';
import { forbidden, notFound } from '../../../platform/errors/problem.ts';
import { downloadHeaders } from '../../../platform/http/download.ts';
import { idParams, type Route, route } from '../../../platform/http/route.ts';
import { translate } from '../../../platform/i18n/translations.ts';
import { writeTable } from '../../../platform/tabular/write.ts';
import { closenessSeen } from '../closeness/job.ts';
import { budgetsOf, knowsSales } from './budget.ts';
import { quarterNamed, quarterOf } from './cap.ts';
import { reportOf, reportTable } from './report.ts';
import { careSettings, readRules, writeRules } from './rules.ts';

const tag = 'care';
const query = z.strictObject({
  quarter: z
    .string()
    .regex(/^(19|20|21)\d{2}Q[1-4]$/)
    .optional(),
});
const chosen = (ctx: Context, name?: string) => (name && quarterNamed(name)) || quarterOf(dayOf(ctx));

/** Caps, the report of spending, and who comes too close to whom. */
export function hospitalityRoutes(): Route[] {
  return [
    route({
      method: 'GET',
      path: '/care/settings',
      summary: 'Caps of hospitality and limits of closeness',
      access: 'administrator',
      tag,
      handle: ({ ctx }) => readRules(ctx),
    }),
    route({
      method: 'PUT',
      path: '/care/settings',
      summary: 'Change caps of hospitality and limits of closeness',
      access: 'administrator',
      tag,
      body: careSettings,
      handle: ({ ctx, body }) => writeRules(ctx, body),
    }),
    route({
      method: 'GET',
      path: '/care/budget/{id}',
      summary: 'What may be spent on a customer in a quarter, and what was',
      tag,
      params: idParams,
      query,
      async handle({ ctx, params, query: { quarter: name } }) {
        const policy = ctx.policies.for('hospitality');
        if (!policy.can('read') || !policy.sees('amount')) throw forbidden();
        const { id } = await readRecord(ctx, 'customer', params.id);
        const quarter = chosen(ctx, name);
        const budget = (await budgetsOf(ctx, [id], quarter)).get(id);
        if (!budget) throw notFound('customer');
        return { quarter, currency: ctx.currency, knowsSales: knowsSales(ctx), ...budget };
      },
    }),
    route({
      method: 'GET',
      path: '/care/hospitality-report',
      summary: 'Spending of a quarter by salesperson and customer against the cap',
      tag,
      query,
      handle: ({ ctx, query: { quarter } }) => reportOf(ctx, chosen(ctx, quarter)),
    }),
    route({
      method: 'GET',
      path: '/care/hospitality-report/xlsx',
      summary: 'The same as a workbook',
      tag,
      query,
      async handle({ ctx, query: { quarter: name }, reply }) {
        const report = await reportOf(ctx, chosen(ctx, name), 'export');
        const { columns, rows } = reportTable(ctx, report);
        const title = translate(ctx.registry.words, ctx.principal.language, 'hospitality');
        const file = new PassThrough();
        writeTable(file, 'xlsx', columns, rows, report.quarter.name).catch((error) => file.destroy(error));
        return downloadHeaders(reply, `${title} ${report.quarter.name}.xlsx`, 'xlsx').send(file);
      },
    }),
    route({
      method: 'GET',
      path: '/care/closeness',
      summary: 'Where people one stands above may have come too close to a customer',
      tag,
      handle: async ({ ctx }) => ({ items: await closenessSeen(ctx) }),
    }),
  ];
}
