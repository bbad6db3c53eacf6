import { z } from 'zod';
import { reportQuery } from '../../../platform/analysis/definition.ts';
import type { ReportAnswer } from '../../../platform/analysis/query.shared.ts';
import { type RunOptions, runReport } from '../../../platform/analysis/run.ts';
import { offers, period, readsOf, runShipped, shippedQuery } from '../../../platform/analysis/shipped.ts';
import type { ChartKind } from '../../../platform/analysis/view.shared.ts';
import type { Context } from '../../../platform/context/context.ts';
import type { Services } from '../../../platform/context/services.ts';
import type { Filter } from '../../../platform/entity/meta.shared.ts';
import { notFound } from '../../../platform/errors/problem.ts';
import { translate } from '../../../platform/i18n/translations.ts';
import { savedNamed } from '../saved/visible.ts';

const filter = z.custom<Filter>((value) => typeof value === 'object' && value !== null);

/** A report as it is named: written out, kept by somebody, or brought along. */
export const source = z.union([
  z.strictObject({ query: reportQuery }),
  z.strictObject({ saved: z.uuid() }),
  z.strictObject({
    shipped: z.string().max(100),
    by: z.int().min(0).max(50).optional(),
    period: period.optional(),
    filter: filter.optional(),
  }),
]);
export type Source = z.infer<typeof source>;

export interface Resolved {
  title: string;
  chart: ChartKind;
  entity: string;
  /** What is asked, whatever it is called: the same question has the same answer. */
  asked: unknown;
  /** The record types the answer follows from, where it is the same for all who see everything of them. */
  reads: readonly string[] | null;
  run(options?: RunOptions): Promise<ReportAnswer>;
}

/** What a source names, if the caller may use it. */
export async function resolve(ctx: Context, services: Services, given: Source): Promise<Resolved> {
  if ('query' in given) return ofQuery(ctx, '', 'table', given.query);
  if ('saved' in given) {
    const { name, definition } = await savedNamed(ctx, given.saved);
    return ofQuery(ctx, name, definition.chart, definition.query);
  }
  const report = services.shippedReports.find(({ name }) => name === given.shipped);
  if (!report || !offers(ctx, report)) throw notFound('report');
  const { shipped, ...asked } = given;
  const { entity, chart } = report;
  return {
    title: translate(ctx.registry.words, ctx.principal.language, `shipped.${shipped}`),
    chart,
    entity,
    asked: shippedQuery(report, asked) ?? given,
    reads: asked.filter ? null : readsOf(report),
    run: (options) => runShipped(ctx, report, asked, options),
  };
}

const ofQuery = (
  ctx: Context,
  title: string,
  chart: ChartKind,
  query: z.infer<typeof reportQuery>,
): Resolved => ({
  title,
  chart,
  entity: query.entity,
  asked: query,
  reads: null,
  run: (options) => runReport(ctx, query, options),
});
