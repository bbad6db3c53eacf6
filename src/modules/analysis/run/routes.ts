import { z } from 'zod';
import { offers, type ShippedReport } from '../../../platform/analysis/shipped.ts';
import type { Context } from '../../../platform/context/context.ts';
import type { Services } from '../../../platform/context/services.ts';
import { entityNamed } from '../../../platform/entity/registry.ts';
import { parseFilterText } from '../../../platform/entity/routes.ts';
import { problem } from '../../../platform/errors/problem.ts';
import { disposition } from '../../../platform/files/send.ts';
import { downloadHeaders } from '../../../platform/http/download.ts';
import { idParams, type Route, route } from '../../../platform/http/route.ts';
import { translate } from '../../../platform/i18n/translations.ts';
import { savedNamed, savedReports } from '../saved/visible.ts';
import type { Catalogue, ShippedEntry } from './answer.shared.ts';
import { answerOf, reportLater } from './answer.ts';
import { fileOf } from './file.ts';
import { type Source, source } from './source.ts';

const tag = 'analysis';

/** Reports: which there are, what they say, and as files. */
export function runRoutes(): Route[] {
  return [
    route({
      method: 'GET',
      path: '/analysis/catalogue',
      summary: 'The reports one may use: those brought along, and those people keep',
      tag,
      handle: async ({ ctx, services }): Promise<Catalogue> => ({
        shipped: shippedEntries(ctx, services),
        saved: (await savedReports(ctx)).map(({ definition, ...saved }) => ({
          ...saved,
          entity: definition.query.entity,
          chart: definition.chart,
        })),
      }),
    }),
    route({
      method: 'GET',
      path: '/analysis/reports/{id}',
      summary: 'A kept report, one’s own, shared, or given to one’s role',
      tag,
      params: idParams,
      handle: ({ ctx, params }) => savedNamed(ctx, params.id),
    }),
    route({
      method: 'POST',
      path: '/analysis/answer',
      summary: 'What a report says, within one’s rights',
      tag,
      apart: true,
      status: 200,
      body: z.strictObject({ source, fresh: z.boolean().optional() }),
      handle: ({ ctx, services, body }) => answerOf(ctx, services, body.source, { fresh: body.fresh }),
    }),
    route({
      method: 'POST',
      path: '/analysis/later',
      summary: 'Work a heavy report out as a job; its answer is then kept',
      tag,
      status: 202,
      body: z.strictObject({ source }),
      handle: async ({ ctx, services, body }) => ({ jobId: await reportLater(ctx, services, body.source) }),
    }),
    route({
      method: 'GET',
      path: '/analysis/file',
      summary: 'A report as XLSX or PDF; `source` is JSON as for its answer',
      tag,
      query: z.strictObject({ source: z.string().max(20_000), format: z.enum(['xlsx', 'pdf']) }),
      handle: async ({ ctx, services, query: { source: text, format }, reply }) => {
        const asked = sourceOf(text);
        const { name, content } = await fileOf(ctx, services, asked, format);
        if (format === 'xlsx') return downloadHeaders(reply, name, 'xlsx').send(content);
        return reply
          .header('content-disposition', disposition('inline', name))
          .header('x-content-type-options', 'nosniff')
          .header('cache-control', 'private, no-store')
          .type('application/pdf')
          .send(content);
      },
    }),
  ];
}

/** The source in the address of a file. */
function sourceOf(text: string): Source {
  const parsed = source.safeParse(parseFilterText(text));
  if (!parsed.success) throw problem('bad_definition', { status: 422 });
  return parsed.data;
}

function shippedEntries(ctx: Context, services: Services): ShippedEntry[] {
  return services.shippedReports
    .filter((report) => offers(ctx, report))
    .map((report) => {
      const { name, entity, chart, period, by, at } = report;
      const say = (key: string) => translate(ctx.registry.words, ctx.principal.language, key);
      return {
        name,
        entity,
        chart,
        title: say(`shipped.${name}`),
        about: say(`shipped.${name}.about`),
        module: entityNamed(ctx.registry, entity).module,
        timed: at !== undefined || report.compute !== undefined,
        period: period ?? null,
        by: (by ?? []).map((group) => pathLabel(ctx, report, group)),
        query: report.query !== undefined,
      };
    });
}

/** 客户 › 城市, or what a part of a date is called. */
function pathLabel(
  ctx: Context,
  { entity }: ShippedReport,
  { field, by }: { field: string; by?: string | undefined },
): string {
  let owner = entityNamed(ctx.registry, entity);
  const labels: string[] = [];
  for (const step of field.split('.')) {
    const own = owner.fields[step];
    labels.push(own?.label[ctx.principal.language] ?? step);
    if (own?.to) owner = entityNamed(ctx.registry, own.to);
  }
  const { language } = ctx.principal;
  const part = by ? ` · ${translate(ctx.registry.words, language, `analysis.part.${by}`)}` : '';
  return `${labels.join(' › ')}${part}`;
}
