import { sql } from 'kysely';
import type { Context, Db } from '../context/context.ts';
import { CHUNK, type MassResult } from '../entity/mass.ts';
import type { JobState } from '../jobs/job.ts';
import { addJob } from '../jobs/job.ts';

export const ACTIONS = ['update', 'transfer', 'delete', 'restore', 'undo', 'command'] as const;
export type ActionName = (typeof ACTIONS)[number];

/** A mass action that runs as a job. */
export interface MassRecord {
  id: string;
  action: ActionName;
  entity: string;
  input: unknown;
  undoes: string | null;
  /** Of a command: its name. */
  command: string | null;
  total: number;
  job_id: string;
  created_by: string | null;
  created_at: string;
}

export interface Part {
  no: number;
  ids: string[];
}

type Asked = Pick<MassRecord, 'id' | 'action' | 'entity'> & {
  input?: unknown;
  undoes?: string;
  command?: string;
};

/** Puts a mass action in the queue, in the caller's transaction; gives the id of its job. */
export async function addMass(ctx: Context, asked: Asked, ids: readonly string[]): Promise<string> {
  const jobId = await addJob(ctx, `mass.${asked.action}`, { id: asked.id }, { entity: asked.entity });
  await sql`insert into mass_action (id, action, entity, input, undoes, command, total, job_id, created_by, created_at)
    values (${asked.id}, ${asked.action}, ${asked.entity}, ${JSON.stringify(asked.input ?? null)}::jsonb,
      ${asked.undoes ?? null}, ${asked.command ?? null}, ${ids.length}, ${jobId}, ${ctx.principal.userId}, ${ctx.now})`.execute(
    ctx.db,
  );
  await sql`insert into mass_part (action_id, no, ids)
    select ${asked.id}, (at - 1) / ${CHUNK}::int, array_agg(id order by at)
    from unnest(${ids}::uuid[]) with ordinality as i(id, at) group by 2`.execute(ctx.db);
  return jobId;
}

/** The next part that is not done, locked until the caller's transaction ends; one process at a time gets one. */
export async function nextPart(ctx: Context, id: string): Promise<Part | null> {
  await sql`select from mass_action where id = ${id} for update`.execute(ctx.db);
  const { rows } = await sql<Part>`select no, ids from mass_part
    where action_id = ${id} and not finished order by no limit 1`.execute(ctx.db);
  return rows[0] ?? null;
}

/** Notes what came of a part, in the transaction that did it. */
export async function finishPart(
  ctx: Context,
  id: string,
  no: number,
  outcome: Pick<MassResult, 'done' | 'failed'>,
): Promise<void> {
  await sql`update mass_part set finished = true, done = ${outcome.done},
      failed = ${JSON.stringify(outcome.failed)}::jsonb
    where action_id = ${id} and no = ${no}`.execute(ctx.db);
}

/** What is done is no more needed; it may hold values of people. */
export async function forgetInput(db: Db, id: string): Promise<void> {
  await sql`update mass_action set input = null where id = ${id}`.execute(db);
}

export async function massOf(db: Db, id: string): Promise<MassRecord> {
  const { rows } = await sql<MassRecord>`select * from mass_action where id = ${id}`.execute(db);
  return rows[0] as MassRecord;
}

/** How far a mass action has come. */
export interface MassCounts {
  worked: number;
  done: number;
  failed: number;
}

export async function countParts(db: Db, id: string): Promise<MassCounts> {
  const { rows } = await sql<MassCounts>`select coalesce(sum(cardinality(ids)), 0)::int as worked,
      coalesce(sum(done), 0)::int as done, coalesce(sum(jsonb_array_length(failed)), 0)::int as failed
    from mass_part where action_id = ${id} and finished`.execute(db);
  return rows[0] as MassCounts;
}

/** The first records left as they were, in order of id. */
export async function failuresOf(db: Db, id: string, most: number): Promise<MassResult['failed']> {
  const { rows } = await sql<{ each: MassResult['failed'][number] }>`select f as each
    from mass_part p cross join jsonb_array_elements(p.failed) with ordinality as e(f, at)
    where p.action_id = ${id} order by p.no, e.at limit ${most}`.execute(db);
  return rows.map(({ each }) => each);
}

export type MassState = MassRecord & MassCounts & { state: JobState; undoable: boolean };

/** Mass actions of jobs with their state: one, or the newest of a person since a day. */
export async function massStates(
  ctx: Context,
  wanted: { id: string } | { most: number },
): Promise<MassState[]> {
  const { userId } = ctx.principal;
  const which =
    'id' in wanted
      ? sql`m.id = ${wanted.id} and (m.created_by = ${userId} or ${ctx.policies.administrator})`
      : sql`m.created_by = ${userId} and m.created_at > now() - interval '1 day'`;
  const { rows } = await sql<MassState>`select m.*, p.*, j.state,
      exists (select from undo_set u where u.id = m.id and u.undone_at is null) as undoable
    from mass_action m join job j on j.id = m.job_id
    cross join lateral (select coalesce(sum(cardinality(ids)), 0)::int as worked,
        coalesce(sum(done), 0)::int as done, coalesce(sum(jsonb_array_length(failed)), 0)::int as failed
      from mass_part where action_id = m.id and finished) p
    where ${which} order by m.id desc limit ${'id' in wanted ? 1 : wanted.most}`.execute(ctx.db);
  return rows;
}
