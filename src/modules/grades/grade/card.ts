import { sql } from 'kysely';
import { rowInScope } from '../../../platform/access/where.ts';
import type { Context } from '../../../platform/context/context.ts';
import { dayOf } from '../../../platform/context/day.ts';
import { readRecord } from '../../../platform/entity/records.ts';
import { partsOf } from '../../../platform/merge/alias.ts';
import type { GradeDefinition, GradePolicy, Reading, ScoreTerm } from '../scheme/definition.shared.ts';
import { activeSchemes } from '../scheme/read.ts';
import { readable } from '../scheme/readable.ts';
import type { Card, CardChange, SchemeCard } from './card.shared.ts';

const CHANGES = 20;

interface Standing {
  scheme_id: string;
  grade: string | null;
  score: number | null;
  since: string;
  locked_until: string | null;
  locked: boolean;
  locked_by: string | null;
  lock_note: string | null;
  pending_grade: string | null;
  pending_due: string | null;
}

interface ChangeRow {
  scheme_id: string;
  from_grade: string | null;
  to_grade: string | null;
  score: number | null;
  cause: CardChange['cause'];
  readings: Reading[] | { value: unknown; points: number }[];
  terms: ScoreTerm[] | null;
  note: string | null;
  by: string | null;
  at: string;
  part: string | null;
}

/** A customer's grades in all schemes in use: which, since when, why, what is ahead, and what it was before. */
export async function cardOf(ctx: Context, customerId: string): Promise<Card> {
  const policy = ctx.policies.for('customer');
  const record = await readRecord(ctx, 'customer', customerId);
  const { id } = record;
  const veiled = record.veiled === true;
  const sees = policy.sees('grade');
  const schemes = sees ? await activeSchemes(ctx) : [];
  const today = dayOf(ctx);
  const part = sql`case when k.id <> ${id} then ${policy.sees('name') ? sql`k.name` : sql`'—'`} end`;
  const [standings, changes, root] = await Promise.all([
    sql<Standing>`select g.scheme_id, g.grade, g.score::float8 as score, g.since, g.locked_until::text as locked_until,
        g.locked_at is not null and (g.locked_until is null or g.locked_until >= ${today}::date) as locked,
        u.name as locked_by, g.lock_note, g.pending_grade, g.pending_due::text as pending_due
      from customer_grade g left join "user" u on u.id = g.locked_by where g.customer_id = ${id}`.execute(
      ctx.db,
    ),
    sql<ChangeRow>`select c.scheme_id, c.from_grade, c.to_grade, c.score::float8 as score, c.cause, c.readings,
        r.definition->'terms' as terms, c.note, u.name as by, c.at, ${part} as part
      from (select *, row_number() over (partition by scheme_id order by id desc) as place
        from grade_change where customer_id in ${partsOf('customer', id)}) c
      left join grade_rules r on r.id = c.rules_id left join "user" u on u.id = c.by
      join customer k on k.id = c.customer_id
      where c.place <= ${CHANGES} order by c.id desc`.execute(ctx.db),
    sql<Record<string, unknown>>`select owner_id, department_id, id from customer where id = ${id}`.execute(
      ctx.db,
    ),
  ]);
  const told = await Promise.all(
    changes.rows.map(async (change) => ({
      scheme: change.scheme_id,
      change: { ...changeOf(change), readings: await readable(ctx, veiled, readingsOf(change)) },
    })),
  );
  return {
    mayLock: rowInScope(policy.scope('transfer'), root.rows[0] ?? {}),
    schemes: schemes.flatMap((scheme): SchemeCard[] => {
      const own = standings.rows.find((row) => row.scheme_id === scheme.id);
      if (!own && !scheme.problem) return [];
      const { grades } = scheme.definition;
      const grade = gradeNamed(grades, own?.grade);
      return [
        {
          id: scheme.id,
          name: scheme.name,
          kind: scheme.kind,
          main: scheme.main,
          problem: scheme.problem,
          grade: own?.grade ?? null,
          score: own?.score ?? null,
          since: own?.since ?? null,
          policy: grade?.policy ?? {},
          lock: own?.locked ? { until: own.locked_until, by: own.locked_by, reason: own.lock_note } : null,
          falling: own?.pending_due ? { to: own.pending_grade, on: own.pending_due } : null,
          grades: grades.map(({ value, label, color }) => ({ value, label, ...(color ? { color } : {}) })),
          changes: told.flatMap((each) => (each.scheme === scheme.id ? each.change : [])),
        },
      ];
    }),
  };
}

const gradeNamed = (grades: readonly GradeDefinition[], value: string | null | undefined) =>
  grades.find((grade) => grade.value === value) as (GradeDefinition & { policy?: GradePolicy }) | undefined;

const readingsOf = (row: ChangeRow): CardChange['readings'] =>
  row.readings.map((reading, at) => ({
    term: 'term' in reading ? reading.term : (row.terms?.[at] ?? null),
    value: reading.value,
    points: 'points' in reading ? Number(reading.points) : null,
  }));

const changeOf = (row: ChangeRow): Omit<CardChange, 'readings'> => ({
  from: row.from_grade,
  to: row.to_grade,
  score: row.score,
  cause: row.cause,
  rest: row.cause === 'rule' && row.score === null && row.readings.length === 0 && row.to_grade !== null,
  note: row.note,
  by: row.by,
  at: row.at,
  part: row.part,
});
