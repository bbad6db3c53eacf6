import { sql } from 'kysely';
import { dayOf } from '../../../platform/context/day.ts';
import { startOfDay } from '../../../platform/time/instant.shared.ts';
import { type Base, within, wordOf } from './base.ts';
import { date, fitting, type Kind, text } from './kind.ts';
import { earliest } from './period.ts';
import { gradeName, mainScheme } from './scheme.ts';

const MOST = 200;

const COLUMNS = [
  text('customer', 2),
  text('owner', 0.9),
  text('grade', 0.7),
  text('signs', 2.6),
  text('cause', 2.4, { edit: 'text' }),
  text('countermeasure', 2.6, { edit: 'text' }),
  text('responsible', 1, { edit: 'text' }),
  date('deadline', 1.6, { edit: 'date' }),
  text('result', 1.8, { edit: 'text' }),
];

interface Line {
  id: string;
  name: string;
  owner: string | null;
  grade: string | null;
  overdue: number | null;
  fromGrade: string | null;
  toGrade: string | null;
  broken: number;
}

/** 问题客户对策表: who is drifting away — not heard from us in time, fallen in grade, let down — and what is done about it. */
export const problemCustomers: Kind = {
  landscape: true,
  needs: { customer: ['grade', 'nextContactDue'], promise: ['status', 'dueAt'] },
  byHand: true,
  columns: async () => COLUMNS,
  async read(base) {
    const { rows, cut } = fitting(await drifting(base), MOST);
    return {
      rows: rows.map((line) => ({
        key: line.id,
        customer: line.id,
        ...(signsOf(base, line).length === 0 ? { hand: true } : {}),
        cells: {
          customer: line.name,
          owner: line.owner,
          grade: gradeName(base.ctx, line.grade),
          signs: signsOf(base, line).join('；'),
          responsible: line.owner,
        },
      })),
      notes: [],
      cut,
    };
  },
};

function signsOf({ ctx }: Base, { overdue, fromGrade, toGrade, broken }: Line): string[] {
  return [
    ...(overdue ? [wordOf(ctx, 'forms.sign.overdue', { count: overdue })] : []),
    ...(fromGrade
      ? [
          wordOf(ctx, 'forms.sign.fallen', {
            from: gradeName(ctx, fromGrade),
            to: gradeName(ctx, toGrade) ?? '—',
          }),
        ]
      : []),
    ...(broken ? [wordOf(ctx, 'forms.sign.broken', { count: broken })] : []),
  ];
}

/** Judged as things stood on the last day of the period, or stand today. */
async function drifting({ ctx, period, customers, added, left }: Base): Promise<Line[]> {
  const scheme = await mainScheme(ctx);
  const day = earliest(dayOf(ctx), period.end);
  const end = startOfDay(period.end, ctx.timeZone);
  const moment = earliest(ctx.now, end);
  const fallen = sql`select distinct on (c.customer_id) c.customer_id as id, c.from_grade, c.to_grade from grade_change c
    where c.scheme_id = ${scheme?.id ?? null}::uuid and ${within(ctx, 'c.at', period)} and c.from_grade is not null
      and coalesce(array_position(${scheme?.grades ?? []}::text[], c.to_grade), 1000)
        > array_position(${scheme?.grades ?? []}::text[], c.from_grade)
    order by c.customer_id, c.id desc`;
  const broken = sql`select p.customer_id as id, count(*)::int as n from promise p where p.deleted_at is null
      and ((p.status = 'broken' and ${within(ctx, 'p.settled_at', period)})
        or (p.status in ('open', 'renegotiated') and p.due_at <= ${moment}::timestamptz))
    group by p.customer_id`;
  const { rows } = await sql<Line>`with fallen as (${fallen}), broken as (${broken}),
    found as (
      select f.id from customer_fact f where f.next_contact_due < ${day}::date
      union select id from fallen union select id from broken union select unnest(${added}::uuid[]))
    select t.id, t.name, u.name as owner, f.grade,
      case when f.next_contact_due < ${day}::date then ${day}::date - f.next_contact_due end as overdue,
      fallen.from_grade as "fromGrade", fallen.to_grade as "toGrade", coalesce(broken.n, 0) as broken
    from found join customer t on t.id = found.id
    left join customer_fact f on f.id = t.id left join fallen on fallen.id = t.id left join broken on broken.id = t.id
    left join "user" u on u.id = t.owner_id
    where ${customers} and t.id <> all(${left}::uuid[])
    order by t.id = any(${added}::uuid[]),
      (f.next_contact_due < ${day}::date)::int + (fallen.id is not null)::int + (broken.id is not null)::int desc,
      f.next_contact_due nulls last, t.id
    limit ${MOST + 1}`.execute(ctx.db);
  return rows;
}
