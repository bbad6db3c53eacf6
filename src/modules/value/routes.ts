import { PassThrough } from 'node:stream';
import { writeAudit } from '../../platform/audit/audit.ts';
import type { Context } from '../../platform/context/context.ts';
import { dayOf } from '../../platform/context/day.ts';
import { readRecord } from '../../platform/entity/records.ts';
import { notFound } from '../../platform/errors/problem.ts';
import { downloadHeaders } from '../../platform/http/download.ts';
import { idParams, type Route, route } from '../../platform/http/route.ts';
import { translate } from '../../platform/i18n/translations.ts';
import { writeTable } from '../../platform/tabular/write.ts';
import { allModels } from '../lifecycle/public.ts';
import { causeOf, labelOf } from './entry/cause.ts';
import { cardOf } from './profit/card.ts';
import { profitQuery } from './profit/query.ts';
import { profitOf } from './profit/read.ts';
import { profitTable } from './profit/table.ts';
import { ruleOf, rulesOn } from './rules/definition.ts';
import { rulesInput, ruleVersions, saveRules } from './rules/store.ts';
import { readWeights, valueWeights, writeWeights } from './values/weights.ts';

const tag = 'value';
const MOST_IN_FILE = 100_000;

/** The rules as they stand, what they can be said of, and since when others held. */
async function rulesNow(ctx: Context) {
  const [versions, models] = await Promise.all([ruleVersions(ctx), allModels(ctx)]);
  const rules = versions.at(-1)?.rules ?? rulesOn([], dayOf(ctx));
  return {
    today: dayOf(ctx),
    from: versions.at(-1)?.from ?? null,
    versions: versions.map(({ from }) => from),
    rules: {
      ...rules,
      sources: Object.fromEntries(ctx.costs.map((source) => [source.name, ruleOf(rules, source)])),
    },
    sources: ctx.costs.map(({ name, basis }) => ({
      name,
      basis,
      label: labelOf(ctx, name),
    })),
    models: models.map(({ code, active, definition }) => ({
      code,
      active,
      stages: definition.stages.map(({ value, label }) => ({ value, label: label[ctx.principal.language] })),
    })),
  };
}

/** Rules of costs and values, and what customers brought and cost. */
export function valueRoutes(): Route[] {
  return [
    route({
      method: 'GET',
      path: '/value/rules',
      summary: 'How costs are reckoned of visits, gifts, hospitality and service',
      access: 'administrator',
      tag,
      handle: ({ ctx }) => rulesNow(ctx),
    }),
    route({
      method: 'PUT',
      path: '/value/rules',
      summary: 'Change how costs are reckoned, from a day on; a job reckons those of that day and later anew',
      access: 'administrator',
      tag,
      body: rulesInput,
      handle: ({ ctx, body }) => saveRules(ctx, body),
    }),
    route({
      method: 'GET',
      path: '/value/weights',
      summary: 'What example and recommendation are worth in money',
      tag,
      handle: ({ ctx }) => readWeights(ctx),
    }),
    route({
      method: 'PUT',
      path: '/value/weights',
      summary: 'Change what example and recommendation are worth',
      access: 'administrator',
      tag,
      body: valueWeights,
      handle: ({ ctx, body }) => writeWeights(ctx, body),
    }),
    route({
      method: 'GET',
      path: '/value/of/{id}',
      summary: 'What a customer brought and cost in the last year',
      tag,
      params: idParams,
      handle: ({ ctx, params }) => cardOf(ctx, params.id),
    }),
    route({
      method: 'GET',
      path: '/value/cause/{id}',
      summary: 'What a cost by rule was caused by',
      tag,
      params: idParams,
      async handle({ ctx, params }) {
        await readRecord(ctx, 'costEntry', params.id);
        const cause = await causeOf(ctx, params.id);
        if (!cause) throw notFound('costEntry');
        return cause;
      },
    }),
    route({
      method: 'GET',
      path: '/value/profit',
      summary: 'What customers brought and cost, by customer, grade, owner, person or month',
      tag,
      query: profitQuery,
      handle: ({ ctx, query }) => profitOf(ctx, query),
    }),
    route({
      method: 'GET',
      path: '/value/profit/xlsx',
      summary: 'The same as a workbook',
      tag,
      query: profitQuery,
      async handle({ ctx, query, reply }) {
        const profit = await profitOf(ctx, { ...query, offset: 0 }, { reach: 'export', limit: MOST_IN_FILE });
        await writeAudit(ctx, { action: 'export', entity: 'costEntry', recordId: null });
        const { columns, rows } = profitTable(ctx, profit);
        const title = translate(ctx.registry.words, ctx.principal.language, 'value.profit');
        const name = `${title} ${profit.period.from} ${profit.period.to}`;
        const file = new PassThrough();
        writeTable(file, 'xlsx', columns, rows, title).catch((error) => file.destroy(error));
        return downloadHeaders(reply, `${name}.xlsx`, 'xlsx').send(file);
      },
    }),
  ];
}
