import { sql } from 'kysely';
import { startOfDay } from '../../../platform/time/instant.shared.ts';
import type { Base } from './base.ts';
import { type Basis, basisOf } from './basis.ts';
import { fitting, type Kind, MOST_ROWS, number, text } from './kind.ts';
import { gradeName, mainScheme } from './scheme.ts';

const COLUMNS = [
  text('customer', 2.4),
  text('owner', 1),
  text('grade', 0.8),
  number('score', 0.8),
  text('gradeBefore', 0.8),
  text('basis', 2.6),
  text('measure', 3, { edit: 'text' }),
];

interface Line extends Basis {
  id: string;
  name: string;
  owner: string | null;
  grade: string;
  score: string | null;
  before: string | null;
}

/** 客户分级表: who stood where at the end of the period, what decided it, and what he was before. */
export const grade: Kind = {
  landscape: true,
  needs: { customer: ['grade', 'gradeScore'] },
  columns: async () => COLUMNS,
  async read(base) {
    const scheme = await mainScheme(base.ctx);
    if (!scheme) return { rows: [], notes: ['noScheme'], cut: false };
    const { rows: lines, cut } = fitting(await graded(base, scheme));
    const rows = lines.map((line) => ({ ...line, basis: basisOf(base.ctx, line) }));
    return {
      rows: rows.map((line) => ({
        key: line.id,
        customer: line.id,
        cells: {
          customer: line.name,
          owner: line.owner,
          grade: gradeName(base.ctx, line.grade),
          score: line.score,
          gradeBefore: gradeName(base.ctx, line.before),
          basis: line.basis.text,
        },
      })),
      needs: { basis: [...new Set(rows.flatMap(({ basis }) => basis.needs))] },
      notes: [],
      cut,
    };
  },
};

/** By the last change before the period ended. While it lasts, the score is that of now: it moves without a change of grade. */
async function graded(
  { ctx, period, customers }: Base,
  scheme: { id: string; grades: string[] },
): Promise<Line[]> {
  const end = startOfDay(period.end, ctx.timeZone);
  const running = end > ctx.now;
  const rank = (grade: string) => sql`array_position(${scheme.grades}::text[], ${sql.ref(grade)})`;
  // Of all customers only as many as fit are looked up in what was before; how they stand now is beside them.
  const first = running
    ? sql`t.id in (select t.id from customer t join customer_fact f on f.id = t.id
        where ${customers} and f.grade = any(${scheme.grades}::text[])
        order by ${rank('f.grade')}, f.grade_score desc nulls last, t.id limit ${MOST_ROWS + 1})`
    : customers;
  const { rows } = await sql<Line>`select t.id, t.name, u.name as owner, c.to_grade as grade,
      ${running ? sql`coalesce(f.grade_score, c.score)` : sql`c.score`}::text as score,
      (select b.to_grade from grade_change b where b.customer_id = t.id and b.scheme_id = ${scheme.id}
        and b.at < ${startOfDay(period.from, ctx.timeZone)}::timestamptz order by b.id desc limit 1) as before,
      c.cause, c.note, c.readings, r.definition->'terms' as terms
    from customer t
    cross join lateral (select * from grade_change c where c.customer_id = t.id and c.scheme_id = ${scheme.id}
      and c.at < ${end}::timestamptz order by c.id desc limit 1) c
    left join customer_fact f on f.id = t.id
    left join grade_rules r on r.id = c.rules_id left join "user" u on u.id = t.owner_id
    where ${first} and c.to_grade is not null
    order by ${rank('c.to_grade')}, coalesce(f.grade_score, c.score) desc nulls last, t.id
    limit ${MOST_ROWS + 1}`.execute(ctx.db);
  return rows;
}
