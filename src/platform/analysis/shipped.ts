import { z } from 'zod';
import type { Context } from '../context/context.ts';
import type { Filter } from '../entity/meta.shared.ts';
import { translate } from '../i18n/translations.ts';
import { type RelativeDate, relativeDateSchema, resolveRelative } from '../time/relative.shared.ts';
import {
  type GroupSpec,
  joined,
  type ReportAnswer,
  type ReportQuery,
  type ValueSpec,
} from './query.shared.ts';
import { type RunOptions, runReport } from './run.ts';
import type { ChartKind } from './view.shared.ts';

/** A time a report is of: relative to today, or from day to day, both included. */
export const period = z.union([
  relativeDateSchema,
  z.strictObject({ from: z.iso.date(), to: z.iso.date() }).refine(({ from, to }) => from <= to),
]);
export type Period = RelativeDate | { from: string; to: string };

/** What is chosen of a shipped report. */
export interface Asked {
  /** The place in `by`. */
  by?: number | undefined;
  period?: Period | undefined;
  filter?: Filter | undefined;
}

/**
 * A report a module brings along. Its name is the translation `shipped.<name>`, what it tells `shipped.<name>.about`. Either it
 * is a query, which people may open and change, or the module works it out.
 */
export interface ShippedReport {
  name: string;
  entity: string;
  /** Further record types it tells of; who may not read all of them is not offered it. */
  also?: readonly string[];
  order: number;
  chart: ChartKind;
  /** The date that a period is of, and the period without a choice. */
  at?: string;
  period?: Period;
  /** By what it can be told; the first without a choice. */
  by?: readonly GroupSpec[];
  /**
   * Of one that is worked out: the further record types it reads. Where that is said, it is worked out ahead by night, once for all who
   * see everything of all of them.
   */
  reads?: readonly string[];
  query?(by: GroupSpec | undefined): Omit<ReportQuery, 'entity'>;
  compute?(ctx: Context, asked: Asked, options: RunOptions): Promise<ReportAnswer>;
}

/** Declares one that is a query. */
export const shippedQuery = (
  report: ShippedReport,
  { by = 0, period, filter }: Asked,
): ReportQuery | null => {
  if (!report.query) return null;
  const query = report.query(report.by?.[by] ?? report.by?.[0]);
  const time = period ?? report.period;
  return {
    ...query,
    entity: report.entity,
    filter: joined(query.filter, report.at && time ? within(report.at, time) : null, filter) ?? undefined,
  };
};

/** Works a shipped report out. */
export async function runShipped(
  ctx: Context,
  report: ShippedReport,
  asked: Asked,
  options: RunOptions = {},
): Promise<ReportAnswer> {
  const query = shippedQuery(report, asked);
  if (query)
    return runReport(ctx, { ...query, values: query.values.map((value) => named(ctx, value)) }, options);
  if (!report.compute) throw new Error(`${report.name} says nothing`);
  return report.compute(ctx, asked, options);
}

/** What is brought along names its numbers by translations. */
function named(ctx: Context, value: ValueSpec): ValueSpec {
  if (!value.label) return value;
  return { ...value, label: translate(ctx.registry.words, ctx.principal.language, value.label) };
}

/** The record types an answer follows from, where it is known that it follows from nothing else. */
export const readsOf = ({ entity, also = [], query, reads }: ShippedReport): readonly string[] | null =>
  query || reads ? [entity, ...also, ...(reads ?? [])] : null;

/** Whether the caller may read all that a report tells of. */
export const offers = (ctx: Context, { entity, also = [] }: ShippedReport): boolean =>
  [entity, ...also].every((name) => ctx.registry.byName.has(name) && ctx.policies.for(name).can('read'));

/** The condition that a date lies in a period. */
export const within = (field: string, time: Period): Filter =>
  typeof time === 'object' && 'from' in time
    ? { field, op: 'between', value: [time.from, time.to] }
    : { field, op: 'within', value: time };

/** The first day of a period and the one after its last; open where it has no end. */
export const daysOf = (ctx: Context, time: Period): { from?: string; to?: string } =>
  typeof time === 'object' && 'from' in time
    ? { from: time.from, to: Temporal.PlainDate.from(time.to).add({ days: 1 }).toString() }
    : resolveRelative(time, ctx.timeZone, ctx.now);
