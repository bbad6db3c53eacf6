import { compileReport, MOST_GROUPS } from '../analysis/compile.ts';
import { provinceFilter } from '../analysis/groups.ts';
import { joined, type ReportQuery } from '../analysis/query.shared.ts';
import { reportRows } from '../analysis/run.ts';
import { asSystem, type Context } from '../context/context.ts';
import { listRecords } from '../entity/list.ts';
import type { Filter, FilterTerm, WireRecord } from '../entity/meta.shared.ts';
import type { Field } from '../entity/types.ts';
import { problem } from '../errors/problem.ts';
import { Exact } from '../money/money.shared.ts';
import { startOfDay } from '../time/instant.shared.ts';
import { type Achievement, type AchievementAsked, type Tally, tallyOf } from './achievement.ts';

/** What one person achieved, in a month where that was asked. Nobody's has no person. */
export interface Achieved {
  person: string | null;
  /** The first day of the month. */
  month: string | null;
  amount: string;
  records: number;
}

interface Options {
  byMonth?: boolean;
  /** Of the statement; a lock may take longer than people wait. */
  limitMs?: number;
}

/**
 * What people achieved, everybody's in one statement. It counts every record that names them, also of customers that are
 * somebody else's by now: whose figures the caller may see is the caller's to ask.
 */
export async function achieved(
  ctx: Context,
  achievement: Achievement,
  asked: AchievementAsked,
  { byMonth = false, limitMs }: Options = {},
): Promise<Achieved[]> {
  const tally = told(achievement, asked);
  const query: ReportQuery = {
    entity: tally.entity,
    filter: tallyFilter(ctx, tally, asked) ?? undefined,
    rows: [{ field: tally.performer }],
    columns: byMonth ? [{ field: tally.at, by: 'month' }] : [],
    values: [tally.value, { fn: 'count' }],
  };
  const { statement, read } = await compileReport(asSystem(ctx, 'performance'), query);
  const rows = (await reportRows(ctx, statement, limitMs)).rows.map(read);
  if (rows.length > MOST_GROUPS)
    throw problem('report_too_many_groups', { status: 422, params: { most: MOST_GROUPS } });
  return rows
    .filter(({ rowTotal, columnTotal }) => !rowTotal && !(byMonth && columnTotal))
    .map(({ keys, numbers }) => ({
      person: keys[0] ?? null,
      month: keys[1] ?? null,
      // Shares of what came back are divided: amounts are told to the fen.
      amount: new Exact(numbers[0] ?? 0).toDecimalPlaces(2).toFixed(),
      records: Number(numbers[1] ?? 0),
    }));
}

function told(achievement: Achievement, asked: AchievementAsked): Tally {
  const tally = tallyOf(achievement, asked);
  if (!tally) throw problem('achievement_not_told', { status: 422 });
  return tally;
}

/** The records that count, as a filter. */
export function tallyFilter(ctx: Context, tally: Tally, asked: AchievementAsked): Filter | null {
  const { product, categories, province, people } = asked;
  const term = (field: string, op: FilterTerm['op'], value: unknown): Filter => ({ field, op, value });
  return joined(
    tally.filter,
    during(ctx, tally, asked),
    people ? term(tally.performer, 'in', [...people]) : null,
    product && tally.product ? term(tally.product, 'in', [product]) : null,
    categories && tally.category ? term(tally.category, 'in', [...categories]) : null,
    province && tally.province ? provinceFilter(tally.province, province) : null,
  );
}

/** Days are the company's. */
function during(ctx: Context, { entity, at }: Tally, { from, to }: AchievementAsked): Filter {
  const after = Temporal.PlainDate.from(to).add({ days: 1 }).toString();
  const { kind } = fieldAt(ctx, entity, at);
  const day = (date: string) => (kind === 'instant' ? startOfDay(date, ctx.timeZone) : date);
  return {
    and: [
      { field: at, op: 'gte', value: day(from) },
      { field: at, op: 'lt', value: day(after) },
    ],
  };
}

function fieldAt(ctx: Context, entity: string, path: string): Field {
  const [step = '', ...rest] = path.split('.');
  const field = ctx.registry.byName.get(entity)?.fields[step];
  if (!field) throw new Error(`${entity} has no ${path}`);
  return rest.length ? fieldAt(ctx, field.to ?? '', rest.join('.')) : field;
}

/** Whether the caller may know of this number at all: what he may not read of records, he is not told added up either. */
export function knows(ctx: Context, { whole, byProduct }: Achievement): boolean {
  return [whole, ...(byProduct ? [byProduct] : [])].every((tally) => {
    const { value, performer, at } = tally;
    const fields = [performer, at, value.field, ...(value.less ?? []), ...(value.except ?? [])];
    return fields.every((path) => path === undefined || seesPath(ctx, tally.entity, path));
  });
}

export function seesPath(ctx: Context, entity: string, path: string): boolean {
  const policy = ctx.registry.byName.has(entity) ? ctx.policies.for(entity) : null;
  const [step = '', ...rest] = path.split('.');
  if (!policy?.can('read') || !policy.sees(step)) return false;
  return rest.length === 0 || seesPath(ctx, policy.entity.fields[step]?.to ?? '', rest.join('.'));
}

/** A record that counted. Its name is told to whoever may read it. */
export interface Behind {
  id: string;
  plural: string;
  title: string | null;
  number: string | null;
  day: string | null;
  amount: string | null;
}

/** The records behind a number, as many as it counted. */
export async function recordsBehind(
  ctx: Context,
  achievement: Achievement,
  asked: AchievementAsked,
  page: { cursor?: string | undefined; limit: number },
): Promise<{ items: Behind[]; total: number; nextCursor: string | null }> {
  const tally = told(achievement, asked);
  const filter = tallyFilter(ctx, tally, asked);
  const all = asSystem(ctx, 'performance');
  const own = tally.at.includes('.') ? '-createdAt' : `-${tally.at}`;
  const { items, total, nextCursor } = await listRecords(all, tally.entity, {
    filter,
    sort: own,
    limit: page.limit,
    count: true,
    ...(page.cursor ? { cursor: page.cursor } : {}),
  });
  const ids = items.map(({ id }) => id);
  const seen = ids.length
    ? await listRecords(ctx, tally.entity, {
        filter: { field: 'id', op: 'in', value: ids },
        limit: page.limit,
      })
    : { items: [] };
  const readable = new Set(seen.items.map(({ id }) => id));
  return {
    total: total ?? 0,
    nextCursor: nextCursor ?? null,
    items: items.map((record) => behindOf(ctx, tally, record, readable.has(record.id))),
  };
}

/** A record as what counted; a line is looked at with its head. */
export function behindOf(ctx: Context, tally: Tally, record: WireRecord, named: boolean): Behind {
  const entity = ctx.registry.byName.get(tally.entity);
  const head = entity?.partOf?.field;
  const whole = head ? (record[head] as { id: string; title: string } | null) : null;
  const day = tally.at.includes('.') ? record.createdAt : record[tally.at];
  const amount = tally.value.field ? record[tally.value.field] : null;
  return {
    id: whole?.id ?? record.id,
    plural: (head ? ctx.registry.byName.get(head)?.plural : entity?.plural) ?? '',
    title: named ? [whole?.title, record[entity?.title ?? '']].filter(Boolean).join(' · ') || null : null,
    // By its number a record could be named as well.
    number: named && typeof record.number === 'string' ? record.number : null,
    day: typeof day === 'string' ? day : null,
    amount: (amount as { amount?: string } | null)?.amount ?? null,
  };
}
