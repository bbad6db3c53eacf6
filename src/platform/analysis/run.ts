import { type RawBuilder, sql } from 'kysely';
import type { Context } from '../context/context.ts';
import { withCostLimit } from '../db/cost-limit.ts';
import { entityNamed } from '../entity/registry.ts';
import type { Field } from '../entity/types.ts';
import { problem } from '../errors/problem.ts';
import { compileReport, MOST_GROUPS } from './compile.ts';
import { keyFilter } from './groups.ts';
import { namesOf } from './labels.ts';
import { joined, type ReportAnswer, type ReportQuery } from './query.shared.ts';
import { type Order, shape, sortOf } from './shape.ts';

const MOST_LINES = 1000;

export interface RunOptions {
  /** Of the statement; jobs may take longer than people wait. */
  limitMs?: number | undefined;
  /** `export`: only of what the caller may take out of the house. */
  action?: 'read' | 'export' | undefined;
}

/** Runs the statement of a report: bounded in time, with room to sort and group what it reads. */
export const reportRows = <T>(
  ctx: Context,
  statement: RawBuilder<T>,
  limitMs?: number,
): Promise<{ rows: T[] }> =>
  withCostLimit(
    ctx.db,
    async (db) => {
      await sql`set local work_mem = '32MB'`.execute(db);
      return statement.execute(db);
    },
    limitMs,
  );

/**
 * Works a report out: one statement, then the names of what it tells of. Everything in it is what the caller might count in
 * lists of his own.
 */
export async function runReport(
  ctx: Context,
  asked: ReportQuery,
  { limitMs, action }: RunOptions = {},
): Promise<ReportAnswer> {
  const query = { ...asked, sort: sortOf(asked) };
  const entity = entityNamed(ctx.registry, query.entity);
  const begin = performance.now();
  const { statement, groups, values, read } = await compileReport(ctx, query, action);
  const { rows } = await reportRows(ctx, statement, limitMs);
  const raw = rows.map(read);
  if (raw.length > MOST_GROUPS)
    throw problem('report_too_many_groups', { status: 422, params: { most: MOST_GROUPS } });
  const name = await namesOf(
    ctx,
    groups,
    raw.map(({ keys }) => keys),
  );
  const kinds = values.map(({ told }) => told.kind);
  const order: Order = {
    compare: (at, a, b) => comparing(groups[at]?.field, groups[at]?.spec, a, b, (key) => name(at, key).label),
  };
  const shaped = shape(query, raw, kinds, order);
  const { length: split } = query.rows;
  const told = (keys: readonly (string | null)[], from: number) =>
    keys.map((key, at) => name(from + at, key));
  const filterOf = (keys: readonly (string | null)[], from: number) =>
    joined(...keys.map((key, at) => keyFilter(ctx, groups[from + at] as (typeof groups)[number], key)));
  const whole = raw.find(
    (row) => (split === 0 || row.rowTotal) && (query.columns.length === 0 || row.columnTotal),
  );
  const lines = shaped.lines.slice(0, Math.min(query.limit ?? MOST_LINES, MOST_LINES));
  return {
    entity: entity.name,
    plural: entity.plural,
    filter: query.filter ?? null,
    rows: groups.slice(0, split).map(({ head }) => head),
    columns: groups.slice(split).map(({ head }) => head),
    values: values.map((value) => value.told),
    columnKeys: shaped.columns.map((keys) => ({ keys: told(keys, split), filter: filterOf(keys, split) })),
    lines: lines.map(({ keys, ...line }) => ({ keys: told(keys, 0), filter: filterOf(keys, 0), ...line })),
    totals: shaped.totals,
    query: asked,
    // What was cut off by the statement is still counted by it, the line of totals too.
    found: Math.max(shaped.lines.length, query.columns.length ? 0 : (raw[0]?.found ?? 1) - (split ? 1 : 0)),
    ...(whole?.unvalued ? { uncounted: whole.unvalued } : {}),
    at: ctx.now,
    ms: Math.round(performance.now() - begin),
  };
}

/** Periods and ranges in their order, choices as they are declared, names as a dictionary has them. */
function comparing(
  field: Field | undefined,
  spec: { by?: unknown; cuts?: unknown } | undefined,
  a: string | null,
  b: string | null,
  label: (key: string | null) => string,
): number {
  if (spec?.by) return String(a) < String(b) ? -1 : 1;
  if (spec?.cuts || field?.kind === 'integer' || field?.kind === 'decimal') return Number(a) - Number(b);
  const place = (key: string | null) => {
    const found = field?.options.findIndex(({ value }) => value === key) ?? -1;
    return found < 0 ? Number.MAX_SAFE_INTEGER : found;
  };
  if (field?.options.length && place(a) !== place(b)) return place(a) - place(b);
  return COLLATOR.compare(label(a), label(b));
}

const COLLATOR = new Intl.Collator('zh-Hans', { numeric: true });
