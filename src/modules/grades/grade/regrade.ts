import { createHash } from 'node:crypto';
import { type RawBuilder, sql } from 'kysely';
import type { Context } from '../../../platform/context/context.ts';
import { dayOf } from '../../../platform/context/day.ts';
import { inTransaction } from '../../../platform/context/transaction.ts';
import { refreshFacts } from '../../../platform/facts/write.ts';
import { gradeFacts } from '../facts.ts';
import { type CompiledRules, compileRules } from '../scheme/compile.ts';
import type { Scheme } from '../scheme/read.ts';
import { givenGrade } from './given.ts';
import { fallsOn } from './period.ts';

/** A scheme made ready to grade many rows by. */
export interface Grader {
  scheme: Scheme;
  rules: CompiledRules;
  rulesId: string;
  /** Departments whose customers it concerns; null is all. */
  departments: string[] | null;
}

/** Compiles a scheme; throws a problem where it cannot be understood. */
export async function graderOf(ctx: Context, scheme: Scheme): Promise<Grader> {
  const rules = await compileRules(ctx, scheme.kind, scheme.definition);
  const text = JSON.stringify([scheme.id, scheme.kind, scheme.definition]);
  const digest = createHash('md5').update(text).digest('hex');
  return { scheme, rules, rulesId: digest, departments: await departmentsOf(ctx, scheme.departmentId) };
}

async function departmentsOf(ctx: Context, id: string | null): Promise<string[] | null> {
  if (!id) return null;
  const { rows } = await sql<{ id: string }>`with recursive below(id) as (
      select ${id}::uuid union select d.id from department d join below b on d.parent_id = b.id)
    select id from below`.execute(ctx.db);
  return rows.map((row) => row.id);
}

/** Keeps the rules that will decide, so that a reason can be read when the scheme has long changed. */
export async function rememberRules(ctx: Context, { scheme, rulesId }: Grader): Promise<void> {
  await sql`insert into grade_rules (id, scheme_id, kind, definition, at)
    values (${rulesId}, ${scheme.id}, ${scheme.kind}, ${JSON.stringify(scheme.definition)}::jsonb, ${ctx.now})
    on conflict do nothing`.execute(ctx.db);
}

/** Customers `ids` with what the rules say of them: `id`, `applies`, `score`, `grade`, the numbers v0 … and their points p0 … */
export function judged(
  { rules, departments }: Pick<Grader, 'rules' | 'departments'>,
  ids: readonly string[],
): RawBuilder<unknown> {
  const applies = departments
    ? sql`coalesce(t.department_id = any(${departments}::uuid[]), false)`
    : sql`true`;
  const values = rules.values.map((value, at) => sql`, ${value} as ${sql.ref(`v${at}`)}`);
  const points = rules.points.map((each, at) => sql`, ${each} as ${sql.ref(`p${at}`)}`);
  const grade = rules.kind === 'conditions' ? rules.grade : sql`null`;
  // `offset 0` keeps each number worked out once instead of wherever it is named.
  const rows = sql`select t.id, ${applies} as applies, ${grade} as by_rule ${sql.join(values, sql``)}
    from customer t where t.id = any(${ids}::uuid[]) and t.deleted_at is null offset 0`;
  return rules.kind === 'conditions'
    ? sql`select r.id, r.applies, null::numeric as score, case when r.applies then r.by_rule end as grade from (${rows}) r`
    : sql`select p.*, case when p.applies then ${rules.grade} end as grade
        from (select q.*, ${rules.score} as score from (select r.* ${sql.join(points, sql``)} from (${rows}) r offset 0) q
          offset 0) p`;
}

export interface Outcome {
  /** Customers whose grade, score or announced fall is another than before. */
  changed: string[];
}

/** Customers are graded in so many lanes side by side. */
export const LANES = 2;

/**
 * The lane of a customer, by the millisecond its id was made in: who came together stays together, so that two lanes seldom write
 * to the same page. Whoever grades in one lane waits for nobody in the other.
 */
const laneOf = (id: string): number => Number.parseInt(id.charAt(12), 16) % LANES;

/** The same in SQL: byte 5 is the last of the milliseconds, and half of it one digit. */
export const laneIn = (id: RawBuilder<unknown>): RawBuilder<number> =>
  sql`(get_byte(uuid_send(${id}), 5) & 15) % ${LANES}`;

/** Takes the lanes of customers until the end of the transaction: whoever grades them after us must see what we wrote. */
export async function takeLanes(
  { db }: Pick<Context, 'db'>,
  scheme: string,
  ids: readonly string[],
): Promise<void> {
  // Always in the same order, or two would wait for each other.
  const lanes = [...new Set(ids.map(laneOf))].sort().map((lane) => `grades ${scheme} ${lane}`);
  await sql`select pg_advisory_xact_lock(hashtextextended(lane, 0)) from unnest(${lanes}::text[]) lane`.execute(
    db,
  );
}

/**
 * Grades customers by a scheme, all of them by one statement. Rises count at once; falls are announced and wait for the end
 * of the period; what is locked stays. Only what differs is written.
 */
export async function regrade(ctx: Context, grader: Grader, ids: readonly string[]): Promise<Outcome> {
  if (ids.length === 0) return { changed: [] };
  const { scheme, rules, rulesId } = grader;
  const known = scheme.definition.grades.map(({ value }) => value);
  const today = dayOf(ctx);
  const due = fallsOn(ctx.businessDays, today, scheme.period);
  const rank = (grade: RawBuilder<unknown>) =>
    sql`coalesce(array_position(${known}::text[], ${grade}), 1000)`;
  // Of a score the numbers themselves are the reason.
  const row =
    rules.kind === 'conditions'
      ? sql`join lateral (select * from customer where id = d.id offset 0) t on true`
      : sql``;
  return inTransaction(ctx, async (inner) => {
    await takeLanes(inner, scheme.id, ids);
    const { rows } = await sql<{ id: string }>`
      with s as materialized (${judged(grader, ids)}),
      now_and_then as (
        select s.id, s.applies, s.score, s.grade, g.grade as was, g.score as score_was, g.since, g.customer_id is null as fresh,
          g.pending_grade as pending_was, g.pending_due as due_was, g.noticed_at,
          g.locked_at is not null and (g.locked_until is null or g.locked_until >= ${today}::date) as locked,
          ${rank(sql`s.grade`)} > ${rank(sql`g.grade`)} as lower
        from s left join ${givenGrade(sql`${scheme.id}`, sql`s.id`)} g on true),
      decided as (
        select n.*, case
            when not applies then 'gone'
            when fresh or was is null or not (was = any(${known}::text[])) then 'rule'
            when locked then 'stay'
            when not lower then 'rule'
            when due_was <= ${today}::date and noticed_at is not null then 'periodEnd'
            else 'fall' end as way
        from now_and_then n),
      d as materialized (
        select id, way, score, was, since, fresh,
          case when way in ('stay', 'fall') then was else grade end as grade,
          case when way = 'fall' then grade end as pending_grade,
          case when way = 'fall' then coalesce(due_was, ${due}::date) end as pending_due,
          case when way = 'fall' then noticed_at end as noticed_at
        from decided
        where not (fresh and grade is null) and (
          fresh or score is distinct from score_was
          or case when way in ('stay', 'fall') then was else grade end is distinct from was
          or case when way = 'fall' then grade end is distinct from pending_was
          or (way = 'fall') <> (due_was is not null))),
      written as (
        insert into customer_grade as g (scheme_id, customer_id, grade, score, since, pending_grade, pending_due, noticed_at)
        select ${scheme.id}, id, grade, score, case when grade is distinct from was or fresh then ${inner.now}::timestamptz else since end,
          pending_grade, pending_due, noticed_at from d order by id
        on conflict (scheme_id, customer_id) do update set grade = excluded.grade, score = excluded.score,
          since = excluded.since, pending_grade = excluded.pending_grade, pending_due = excluded.pending_due,
          noticed_at = excluded.noticed_at),
      told as (
        insert into grade_change (scheme_id, customer_id, from_grade, to_grade, score, cause, readings, rules_id, at)
        select ${scheme.id}, d.id, d.was, d.grade, d.score,
          case d.way when 'gone' then 'scheme' when 'periodEnd' then 'periodEnd' else 'rule' end,
          ${rules.reason(sql`d.grade`)}, ${rulesId}, ${inner.now}
        from d join s on s.id = d.id ${row}
        where d.grade is distinct from d.was or d.fresh order by d.id)
      select id from d`.execute(inner.db);
    const changed = rows.map(({ id }) => id);
    if (scheme.main) await refreshFacts(inner, gradeFacts, changed);
    return { changed };
  });
}
