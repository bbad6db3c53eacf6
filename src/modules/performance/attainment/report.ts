import { sql } from 'kysely';
import { scopeCondition } from '../../../platform/access/where.ts';
import { achieved } from '../../../platform/achievements/read.ts';
import type { AnswerLine, AnswerValue, ReportAnswer } from '../../../platform/analysis/query.shared.ts';
import { type Asked, daysOf, type ShippedReport } from '../../../platform/analysis/shipped.ts';
import type { Context } from '../../../platform/context/context.ts';
import { dayOf } from '../../../platform/context/day.ts';
import { entityNamed } from '../../../platform/entity/registry.ts';
import { forbidden } from '../../../platform/errors/problem.ts';
import { translate } from '../../../platform/i18n/translations.ts';
import { Exact, roundMoney } from '../../../platform/money/money.shared.ts';
import { firstDay, lastDay, PERIODS, type PeriodKind } from '../../../platform/time/period.shared.ts';
import { askedOf, measureLabel, measuresKnown, requireMeasure } from '../measure.ts';
import { targetsFor } from '../target/read.ts';
import { attainmentOf, rateOf, workdaysOf } from './read.ts';

const PERIOD = 'thisMonth';
const BY = ['measure', 'owner', 'team'] as const;

/** 目标达成 as a report: one's own targets, people or departments; put on dashboards, printed and mailed like any other. */
export const attainmentReport: ShippedReport = {
  name: 'attainment',
  entity: 'salesTarget',
  order: 12,
  chart: 'bar',
  period: PERIOD,
  by: BY.map((field) => ({ field })),
  compute: runAttainment,
};

interface Line {
  key: string;
  label: string;
  target: string | null;
  actual: string;
  rate: string | null;
  expected: string | null;
}

async function runAttainment(ctx: Context, asked: Asked): Promise<ReportAnswer> {
  const begin = performance.now();
  if (!ctx.policies.for('salesTarget').can('read')) throw forbidden();
  const by = BY[asked.by ?? 0] ?? 'measure';
  const { kind, startsOn } = periodOf(ctx, asked);
  const lines =
    by === 'measure' ? await ownLines(ctx, kind, startsOn) : await linesBy(ctx, by, kind, startsOn);
  const say = (key: string) => translate(ctx.registry.words, ctx.principal.language, key);
  const value = (name: string, of: AnswerValue['kind']): AnswerValue => ({
    label: say(`shipped.attainment.${name}`),
    kind: of,
    filter: null,
    additive: false,
  });
  const numbers = ({ rate, actual, target, expected }: Line) => [
    share(rate),
    actual,
    target,
    share(expected),
  ];
  const none = [null, null, null, null];
  return {
    entity: 'salesTarget',
    plural: 'sales-targets',
    filter: null,
    rows: [{ label: say(`salesTarget.${by}`), kind: by === 'measure' ? 'choice' : 'reference' }],
    columns: [],
    values: [
      value('rate', 'percent'),
      value('actual', 'number'),
      value('target', 'number'),
      value('expected', 'percent'),
    ],
    columnKeys: [{ keys: [], filter: null }],
    lines: lines.map((line): AnswerLine => {
      const cells = numbers(line);
      return { keys: [{ key: line.key, label: line.label }], filter: null, cells: [cells], total: cells };
    }),
    totals: { columns: [none], all: none },
    found: lines.length,
    at: ctx.now,
    ms: Math.round(performance.now() - begin),
  };
}

/** Reports tell parts of one; targets tell per cent. */
const share = (percent: string | null) =>
  percent === null ? null : new Exact(percent).dividedBy(100).toFixed();

/** The period of targets that was asked for: a quarter or year where it is one, else the month it begins in. */
function periodOf(ctx: Context, { period }: Asked): { kind: PeriodKind; startsOn: string } {
  const { from = dayOf(ctx), to } = daysOf(ctx, period ?? PERIOD);
  const last = to && Temporal.PlainDate.from(to).subtract({ days: 1 }).toString();
  const kind =
    PERIODS.find((each) => firstDay(each, from, ctx.yearBegins) === from && lastDay(each, from) === last) ??
    'month';
  return { kind, startsOn: firstDay(kind, from, ctx.yearBegins) };
}

/** The caller's own: each of his targets with how far he is. */
async function ownLines(ctx: Context, kind: PeriodKind, startsOn: string): Promise<Line[]> {
  const me = ctx.principal.userId;
  if (!me) return [];
  const known = measuresKnown(ctx).map(({ name }) => name);
  const targetOf = await targetsFor(ctx, known, {}, kind, startsOn);
  const asked = { ...(await askedOf(ctx, {}, startsOn, lastDay(kind, startsOn))), people: [me] };
  const mine = known.filter((measure) => targetOf(measure, me) !== null);
  const found = await Promise.all(mine.map((measure) => achieved(ctx, requireMeasure(ctx, measure), asked)));
  const workdays = workdaysOf(ctx, startsOn, lastDay(kind, startsOn), dayOf(ctx));
  return mine.map((measure, at) => {
    const target = targetOf(measure, me) as string;
    const actual = found[at]?.find(({ person }) => person === me)?.amount ?? '0';
    return {
      key: measure,
      label: measureLabel(ctx, measure),
      target,
      actual,
      ...rateOf(target, actual, workdays),
    };
  });
}

/** People or departments the caller sees, by what most of their targets of the period are of. */
async function linesBy(
  ctx: Context,
  by: 'owner' | 'team',
  period: PeriodKind,
  startsOn: string,
): Promise<Line[]> {
  const measure = await usualMeasure(ctx, startsOn, lastDay(period, startsOn));
  if (!measure) return [];
  const { lines, unit } = await attainmentOf(ctx, { measure, period, startsOn, aspect: {} });
  const shown = lines.filter(
    ({ kind, target, records }) =>
      (by === 'owner' ? kind === 'person' : kind !== 'person') && (target !== null || records > 0),
  );
  const company = () => translate(ctx.registry.words, ctx.principal.language, 'shipped.attainment.company');
  const digits = (amount: string) => (unit === 'money' ? roundMoney(amount, ctx.currency) : amount);
  return shown
    .map(({ kind, id, name, target, actual, rate, expected }) => ({
      ...{ key: id, label: kind === 'company' ? company() : name, rate, expected },
      ...{ target: target === null ? null : digits(target), actual: digits(actual) },
    }))
    .toSorted((a, b) => Number(b.rate ?? -1) - Number(a.rate ?? -1));
}

async function usualMeasure(ctx: Context, from: string, to: string): Promise<string | null> {
  const known = measuresKnown(ctx).map(({ name }) => name);
  const entity = entityNamed(ctx.registry, 'salesTarget');
  const scope = scopeCondition(entity, ctx.policies.for('salesTarget').scope('read'), ctx.principal);
  const { rows } = await sql<{ measure: string }>`select t.measure from sales_target t
    where t.measure = any(${known}) and t.starts_on between ${from}::date and ${to}::date and t.deleted_at is null
      and ${scope}
    group by t.measure order by count(*) desc, t.measure limit 1`.execute(ctx.db);
  return rows[0]?.measure ?? known.find((name) => name === 'receipts') ?? known[0] ?? null;
}
