import {
  type AnswerLine,
  cellFilter,
  joined,
  type ReportAnswer,
  type ReportQuery,
} from '../../../platform/analysis/query.shared.ts';
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

/** Of a large house those with the most results and those who did most are told; the totals are of all. */
const MOST_PEOPLE = 200;

async function runActivity(
  ctx: Context,
  { period = PERIOD, filter }: Asked,
  options: RunOptions,
): Promise<ReportAnswer> {
  const begin = performance.now();
  const first = { did: didBy(period), got: gotBy(period, filter) };
  const top = {
    did: await runReport(ctx, { ...first.did, sort: { by: 0, desc: true }, limit: MOST_PEOPLE }, options),
    got: await runReport(ctx, { ...first.got, sort: { by: 2, desc: true }, limit: MOST_PEOPLE }, options),
  };
  const told = Object.values(top).some(({ lines, found }) => found > lines.length)
    ? await ofPeople(ctx, first, top, options)
    : top;
  // No one list shows both.
  const { query: _, ...shared } = top.got;
  return {
    ...shared,
    ...merged(ctx, told, numbers(top.did.totals.all, top.got.totals.all)),
    found: Math.max(top.did.found, top.got.found),
    filter: null,
    ms: Math.round(performance.now() - begin),
  };
}

/** What people did, and what came of it, each by owner. */
interface Both<T> {
  did: T;
  got: T;
}

const didBy = (period: Period): ReportQuery => ({
  entity: 'activity',
  filter: joined(CONTACTS, within('occurredAt', period)) ?? undefined,
  rows: [{ field: 'owner' }],
  columns: [],
  values: [{ fn: 'count' }, { fn: 'count', where: VISITS }],
});

function gotBy(period: Period, filter: Filter | undefined): ReportQuery {
  const won = joined({ field: 'status', op: 'eq', value: 'won' }, within('closedOn', period)) as Filter;
  return {
    entity: 'opportunity',
    filter: joined(filter, { or: [within('startedOn', period), won] }) ?? undefined,
    rows: [{ field: 'owner' }],
    columns: [],
    values: [
      { fn: 'count', where: within('startedOn', period) },
      { fn: 'count', where: won },
      { fn: 'sum', field: 'amount', where: won },
    ],
  };
}

/** Who stands in either list, told in both: whoever did most need not be among those with the most results. */
async function ofPeople(
  ctx: Context,
  { did, got }: Both<ReportQuery>,
  top: Both<ReportAnswer>,
  options: RunOptions,
): Promise<Both<ReportAnswer>> {
  const keys = [...top.got.lines, ...top.did.lines].flatMap(({ keys: [owner] }) => owner?.key ?? []);
  const people: Filter = { field: 'owner', op: 'in', value: [...new Set(keys)] };
  // A line leads to records of its person: the names of all the others would only repeat in each.
  const told = async (query: ReportQuery): Promise<ReportAnswer> => ({
    ...(await runReport(ctx, { ...query, filter: joined(query.filter, people) ?? undefined }, options)),
    filter: query.filter ?? null,
  });
  return { did: await told(did), got: await told(got) };
}

/** Contacts for each deal won. */
const effort = (contacts: string | null | undefined, won: string | null | undefined) =>
  Number(won) > 0 ? (Number(contacts ?? 0) / Number(won)).toFixed(1) : null;

const numbers = (own: (string | null)[] | undefined, results: (string | null)[] | undefined) => [
  own?.[0] ?? '0',
  own?.[1] ?? '0',
  results?.[0] ?? '0',
  results?.[1] ?? '0',
  results?.[2] ?? null,
  effort(own?.[0], results?.[1]),
];

function merged(
  ctx: Context,
  { did, got }: Both<ReportAnswer>,
  all: (string | null)[],
): Pick<ReportAnswer, 'values' | 'lines' | 'totals'> {
  const keyOf = ({ keys }: AnswerLine) => keys[0]?.key ?? '';
  const people = new Map([...got.lines, ...did.lines].map((line) => [keyOf(line), line.keys]));
  const byKey = ({ lines }: ReportAnswer) => new Map(lines.map((line) => [keyOf(line), line]));
  const [acted, earned] = [byKey(did), byKey(got)];
  const behind = (answer: ReportAnswer, line: AnswerLine | undefined, value: number) =>
    (line && cellFilter(answer, line, null, value)) ?? null;
  const lines = [...people].map(([key, keys]): AnswerLine => {
    const [own, results] = [acted.get(key), earned.get(key)];
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
  };
}
