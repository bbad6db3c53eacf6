import { sql } from 'kysely';
import type { Context } from '../../../platform/context/context.ts';
import { type BulkColumn, bulkInsert } from '../../../platform/db/bulk.ts';
import type { Computed } from './compute.ts';
import type { Definition } from './definition.ts';
import type { Score } from './score.ts';

/** A period of a scheme that was closed. */
interface LockedPeriod {
  lockedAt: string;
  lockedBy: string | null;
  definition: Definition;
}

/** What the person says to it. */
export type Signature = 'waiting' | 'confirmed' | 'appealed' | 'answered';

/** A person's result, as it was when the period was closed. */
export interface KeptResult extends Computed {
  state: Signature;
  reason: string | null;
  answer: string | null;
  signedAt: string | null;
}

/** The period, if it is closed; locked, whoever closes or opens it waits. */
export async function periodOf(
  ctx: Context,
  scheme: string,
  startsOn: string,
  lock = false,
): Promise<LockedPeriod | null> {
  if (lock)
    await sql`insert into assessment_period (scheme_id, starts_on) values (${scheme}, ${startsOn}::date)
      on conflict do nothing`.execute(ctx.db);
  const { rows } = await sql<{
    lockedAt: string | null;
    lockedBy: string | null;
    definition: Definition | null;
  }>`select locked_at as "lockedAt", locked_by as "lockedBy", definition from assessment_period
    where scheme_id = ${scheme} and starts_on = ${startsOn}::date ${lock ? sql`for update` : sql``}`.execute(
    ctx.db,
  );
  const [row] = rows;
  return row?.lockedAt && row.definition
    ? { lockedAt: row.lockedAt, lockedBy: row.lockedBy, definition: row.definition }
    : null;
}

const RESULT_COLUMNS: BulkColumn[] = [
  { name: 'scheme_id', type: 'uuid' },
  { name: 'starts_on', type: 'date' },
  { name: 'person_id', type: 'uuid' },
  { name: 'department_id', type: 'uuid' },
  { name: 'scores', type: 'jsonb' },
  { name: 'total', type: 'numeric' },
  { name: 'level', type: 'text' },
  { name: 'rank', type: 'integer' },
  { name: 'locked_at', type: 'timestamptz' },
];

/** Keeps results and all they were worked out from, in two statements. */
export async function keepResults(
  ctx: Context,
  scheme: string,
  startsOn: string,
  definition: Definition,
  results: readonly Computed[],
): Promise<void> {
  await bulkInsert(
    ctx.db,
    'assessment_result',
    RESULT_COLUMNS,
    results.map(({ person, department, scores, total, level, rank }) => ({
      scheme_id: scheme,
      starts_on: startsOn,
      person_id: person,
      department_id: department,
      scores,
      total,
      level,
      rank,
      locked_at: ctx.now,
    })),
  );
  await sql`update assessment_period set locked_at = ${ctx.now}, locked_by = ${ctx.principal.userId},
      definition = ${JSON.stringify(definition)}::jsonb
    where scheme_id = ${scheme} and starts_on = ${startsOn}::date`.execute(ctx.db);
}

/** Results that count no more are set aside, not lost. */
export async function setAside(ctx: Context, scheme: string, startsOn: string): Promise<number> {
  const { rows } = await sql`update assessment_result set replaced_at = ${ctx.now}
    where scheme_id = ${scheme} and starts_on = ${startsOn}::date and replaced_at is null returning id`.execute(
    ctx.db,
  );
  await sql`update assessment_period set locked_at = null, locked_by = null, definition = null
    where scheme_id = ${scheme} and starts_on = ${startsOn}::date`.execute(ctx.db);
  return rows.length;
}

/** The results of a closed period, best first. */
export async function keptResults(ctx: Context, scheme: string, startsOn: string): Promise<KeptResult[]> {
  const { rows } = await sql<Omit<KeptResult, 'scores'> & { scores: Score[] }>`select r.person_id as person,
      coalesce(u.name, '') as name, r.department_id as department, r.scores, trim_scale(r.total)::text as total, r.level,
      r.rank, r.state, r.reason, r.answer, r.signed_at as "signedAt"
    from assessment_result r left join "user" u on u.id = r.person_id
    where r.scheme_id = ${scheme} and r.starts_on = ${startsOn}::date and r.replaced_at is null
    order by r.rank, u.name_key, r.person_id`.execute(ctx.db);
  return rows;
}
