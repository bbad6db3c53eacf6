import { type RawBuilder, sql } from 'kysely';
import { takenOut } from '../../../platform/access/taken.ts';
import type { Context } from '../../../platform/context/context.ts';
import { forbidden } from '../../../platform/errors/problem.ts';
import { translate } from '../../../platform/i18n/translations.ts';
import { instantToLocal, startOfDay } from '../../../platform/time/instant.shared.ts';
import { type Period, periodBefore } from './period.ts';

/** A filled form: one line each of what was found, in the caller's words. */
export interface Sheet {
  columns: readonly SheetColumn[];
  rows: string[][];
  /** Whether there was more than a sheet holds. */
  cut: boolean;
}

interface SheetColumn {
  name: string;
  weight: number;
  number?: boolean;
}

export const FORMS = ['area', 'grade', 'visit'] as const;
export type FormKind = (typeof FORMS)[number];

/** What a person can read through and a wall can hold. */
const MOST_ROWS = 500;

/** Fills a form from live data, of what the caller may take out. */
export async function fillForm(ctx: Context, kind: FormKind, period: Period): Promise<Sheet> {
  const { columns, read } = forms[kind];
  const rows = await read(ctx, period);
  return { columns, rows: rows.slice(0, MOST_ROWS), cut: rows.length > MOST_ROWS };
}

interface Form {
  columns: readonly SheetColumn[];
  read(ctx: Context, period: Period): Promise<string[][]>;
}

const number = (name: string, weight = 1): SheetColumn => ({ name, weight, number: true });

const forms: Record<FormKind, Form> = {
  area: {
    columns: [
      { name: 'area', weight: 2 },
      number('customers'),
      number('share'),
      { name: 'grades', weight: 2.5 },
      number('gained'),
      number('gainedBefore'),
      { name: 'sales', weight: 1.5 },
    ],
    read: readAreas,
  },
  grade: {
    columns: [
      { name: 'customer', weight: 3 },
      { name: 'owner', weight: 1 },
      { name: 'grade', weight: 1 },
      number('score'),
      { name: 'gradeBefore', weight: 1 },
      { name: 'measure', weight: 3 },
    ],
    read: readGrades,
  },
  visit: {
    columns: [
      { name: 'at', weight: 1.4 },
      { name: 'customer', weight: 2.2 },
      { name: 'visitor', weight: 1 },
      { name: 'subject', weight: 2 },
      { name: 'content', weight: 3.4 },
      { name: 'next', weight: 2 },
    ],
    read: readVisits,
  },
};

/** The rows of a type the caller may take out; whoever may not see a field of the form does not get the form. */
function taken(ctx: Context, entity: string, fields: readonly string[]): RawBuilder<unknown> {
  const policy = ctx.policies.for(entity);
  if (!policy.can('export') || !fields.every((field) => policy.sees(field))) throw forbidden();
  return sql`t.deleted_at is null and ${takenOut(policy, ctx.principal)}`;
}

const within = (ctx: Context, column: string, { from, end }: Pick<Period, 'from' | 'end'>) =>
  sql`${sql.ref(column)} >= ${startOfDay(from, ctx.timeZone)}::timestamptz
    and ${sql.ref(column)} < ${startOfDay(end, ctx.timeZone)}::timestamptz`;

const word = (ctx: Context, key: string) => translate(ctx.registry.words, ctx.principal.language, key);

/** 客户区域分析表. Sales are said to be missing as long as nothing tells them; yearly revenue typed by hand is not sales. */
async function readAreas(ctx: Context, period: Period): Promise<string[][]> {
  const mine = taken(ctx, 'customer', ['province', 'grade', 'createdAt']);
  const { rows } = await sql<{
    area: string | null;
    grades: string;
    customers: number;
    gained: number;
    before: number;
  }>`select area, sum(n)::int as customers, sum(gained)::int as gained, sum(before)::int as before,
      coalesce(string_agg(grade || ' ' || n, '  ' order by grade), '') as grades
    from (select t.province as area, f.grade, count(*) as n,
        count(*) filter (where ${within(ctx, 't.created_at', period)}) as gained,
        count(*) filter (where ${within(ctx, 't.created_at', periodBefore(period))}) as before
      from customer t left join customer_fact f on f.id = t.id
      where ${mine} and t.created_at < ${startOfDay(period.end, ctx.timeZone)}::timestamptz group by 1, 2) x
    group by area order by customers desc, area`.execute(ctx.db);
  const all = rows.reduce((sum, { customers }) => sum + customers, 0);
  return rows.map((row) => [
    row.area ?? word(ctx, 'forms.unknown'),
    String(row.customers),
    `${((row.customers * 100) / all).toFixed(1)}%`,
    row.grades,
    String(row.gained),
    String(row.before),
    word(ctx, 'forms.noSales'),
  ]);
}

/** 客户分级表: who stands where now, and what he was before the period. */
async function readGrades(ctx: Context, period: Period): Promise<string[][]> {
  const mine = taken(ctx, 'customer', ['name', 'owner', 'grade', 'gradeScore']);
  const { rows } = await sql<{
    name: string;
    owner: string | null;
    grade: string;
    score: string | null;
    before: string | null;
  }>`select t.name, u.name as owner, f.grade, f.grade_score::text as score,
      (select c.to_grade from grade_change c join grade_scheme s on s.id = c.scheme_id and s.main and s.deleted_at is null
        where c.customer_id = t.id and c.at < ${startOfDay(period.from, ctx.timeZone)}::timestamptz
        order by c.id desc limit 1) as before
    from customer t join customer_fact f on f.id = t.id left join "user" u on u.id = t.owner_id
    where ${mine} and f.grade is not null order by f.grade, f.grade_score desc nulls last, t.id
    limit ${MOST_ROWS + 1}`.execute(ctx.db);
  return rows.map((row) => [row.name, row.owner ?? '', row.grade, row.score ?? '', row.before ?? '', '']);
}

/** 客户拜访记录表 from the visits that were written down. */
async function readVisits(ctx: Context, period: Period): Promise<string[][]> {
  taken(ctx, 'customer', ['name']);
  const mine = taken(ctx, 'activity', [
    'kind',
    'owner',
    'customer',
    'subject',
    'content',
    'occurredAt',
    'nextStep',
    'nextDate',
  ]);
  const { rows } = await sql<{
    at: string;
    customer: string | null;
    visitor: string | null;
    subject: string | null;
    content: string | null;
    next: string;
  }>`select t.occurred_at as at, c.name as customer, u.name as visitor, t.subject, left(t.content, 400) as content,
      concat_ws(' ', t.next_date::text, t.next_step) as next
    from activity t left join customer c on c.id = t.customer_id left join "user" u on u.id = t.owner_id
    where ${mine} and t.kind = 'visit' and ${within(ctx, 't.occurred_at', period)}
    order by t.occurred_at, t.id limit ${MOST_ROWS + 1}`.execute(ctx.db);
  return rows.map((row) => [
    instantToLocal(row.at, ctx.timeZone).slice(0, 16).replace('T', ' '),
    row.customer ?? '',
    row.visitor ?? '',
    row.subject ?? '',
    row.content ?? '',
    row.next,
  ]);
}
