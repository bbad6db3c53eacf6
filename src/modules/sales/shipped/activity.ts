import type { AnswerLine, ReportAnswer } from '../../../platform/analysis/query.shared.ts';
import { cellFilter, joined } from '../../../platform/analysis/query.shared.ts';
import { type RunOptions, runReport } from '../../../platform/analysis/run.ts';
import { type Asked, type Period, type ShippedReport, within } from '../../../platform/analysis/shipped.ts';
import type { Context } from '../../../platform/context/context.ts';
import type { Filter } from '../../../platform/entity/meta.shared.ts';
import { numbered } from './answer.ts';

const PERIOD: Period = 'thisQuarter';

/** What people did, beside what came of it. */
export const activityAndResults: ShippedReport = {
  name: 'activityAndResults',
  entity: 'opportunity',
  also: ['activity'],
  reads: [],
  order: 70,
  chart: 'table',
  period: PERIOD,
  compute: runActivity,
};

const CONTACTS: Filter = { field: 'kind', op: 'in', value: ['call', 'visit', 'meeting', 'mail', 'message'] };
const VISITS: Filter = { field: 'kind', op: 'eq', value: 'visit' };

async function runActivity(
  ctx: Context,
  { period = PERIOD, filter }: Asked,
  options: RunOptions,
): Promise<ReportAnswer> {
  const begin = performance.now();
  const rows = [{ field: 'owner' }];
  const won = joined({ field: 'status', op: 'eq', value: 'won' }, within('closedOn', period)) as Filter;
  const did = await runReport(
    ctx,
    {
      entity: 'activity',
      filter: joined(CONTACTS, within('occurredAt', period)) ?? undefined,
      rows,
      columns: [],
      values: [{ fn: 'count' }, { fn: 'count', where: VISITS }],
    },
    options,
  );
  const got = await runReport(
    ctx,
    {
      entity: 'opportunity',
      filter: joined(filter, { or: [within('startedOn', period), won] }) ?? undefined,
      rows,
      columns: [],
      values: [
        { fn: 'count', where: within('startedOn', period) },
        { fn: 'count', where: won },
        { fn: 'sum', field: 'amount', where: won },
      ],
    },
    options,
  );
  // No one list shows both.
  const { query: _, ...shared } = got;
  return { ...shared, ...merged(ctx, did, got), filter: null, ms: Math.round(performance.now() - begin) };
}

/** Contacts for each deal won. */
const effort = (contacts: string | null | undefined, won: string | null | undefined) =>
  Number(won) > 0 ? (Number(contacts ?? 0) / Number(won)).toFixed(1) : null;

function merged(
  ctx: Context,
  did: ReportAnswer,
  got: ReportAnswer,
): Pick<ReportAnswer, 'values' | 'lines' | 'totals' | 'found'> {
  const people = new Map([...got.lines, ...did.lines].map((line) => [line.keys[0]?.key ?? '', line.keys]));
  const lineOf = ({ lines }: ReportAnswer, key: string) =>
    lines.find(({ keys }) => (keys[0]?.key ?? '') === key);
  const numbers = (own: (string | null)[] | undefined, results: (string | null)[] | undefined) => [
    own?.[0] ?? '0',
    own?.[1] ?? '0',
    results?.[0] ?? '0',
    results?.[1] ?? '0',
    results?.[2] ?? null,
    effort(own?.[0], results?.[1]),
  ];
  const behind = (answer: ReportAnswer, line: AnswerLine | undefined, value: number) =>
    (line && cellFilter(answer, line, null, value)) ?? null;
  const lines = [...people].map(([key, keys]): AnswerLine => {
    const [own, results] = [lineOf(did, key), lineOf(got, key)];
    const told = numbers(own?.total, results?.total);
    const sales = [0, 1, 2].map((value) => behind(got, results, value));
    return {
      keys,
      filter: null,
      cells: [told],
      total: told,
      filters: [behind(did, own, 0), behind(did, own, 1), ...sales, null],
    };
  });
  const most = ({ total }: AnswerLine) => [Number(total[4] ?? 0), Number(total[0] ?? 0)] as const;
  const all = numbers(did.totals.all, got.totals.all);
  const activities = { plural: did.plural };
  return {
    values: [
      { ...numbered(ctx, 'contacts', 'count', true), ...activities },
      { ...numbered(ctx, 'visits', 'count', true), ...activities },
      numbered(ctx, 'begun', 'count', true),
      numbered(ctx, 'won', 'count', true),
      numbered(ctx, 'wonAmount', 'money', true),
      numbered(ctx, 'effort', 'number'),
    ],
    lines: lines.toSorted((a, b) => most(b)[0] - most(a)[0] || most(b)[1] - most(a)[1]),
    totals: { columns: [all], all },
    found: lines.length,
  };
}
