import { sql } from 'kysely';
import type { Context } from '../../../platform/context/context.ts';
import { inTransaction } from '../../../platform/context/transaction.ts';
import { ProblemError } from '../../../platform/errors/problem.ts';
import { emit } from '../../../platform/events/events.ts';
import { translate } from '../../../platform/i18n/translations.ts';
import type { JobRun } from '../../../platform/jobs/job.ts';
import type { Scheme } from '../scheme/read.ts';
import { type Grader, graderOf, LANES, laneIn, regrade, rememberRules } from './regrade.ts';

/** Customers graded at a time. */
export const CHUNK = 10_000;
const NIL = '00000000-0000-0000-0000-000000000000';

/**
 * Ids of all customers there are, or of those in one lane, in order, in chunks. Those in the recycle bin are among them: without
 * their mark the index alone is read, and whoever works on a chunk looks at the customers anyway.
 */
export async function* customerChunks(ctx: Pick<Context, 'db'>, lane?: number): AsyncGenerator<string[]> {
  const inLane = lane === undefined ? sql`true` : sql`${laneIn(sql`id`)} = ${lane}`;
  for (let after = NIL; ; ) {
    const { rows } = await sql<{ id: string }>`select id from customer where id > ${after}::uuid
      and ${inLane} order by id limit ${CHUNK}`.execute(ctx.db);
    const last = rows.at(-1);
    if (!last) return;
    yield rows.map(({ id }) => id);
    after = last.id;
  }
}

/** About how many customers there are: for progress only. */
export async function customerEstimate(ctx: Pick<Context, 'db'>): Promise<number | null> {
  const { rows } = await sql<{
    n: number;
  }>`select reltuples::int as n from pg_class where oid = 'customer'::regclass`.execute(ctx.db);
  return rows[0] && rows[0].n > 0 ? rows[0].n : null;
}

/**
 * A scheme made ready, or null: a scheme that cannot be understood says why, and the grades given before stay as they are.
 */
export async function readyGrader(ctx: Context, scheme: Scheme): Promise<Grader | null> {
  try {
    const grader = await graderOf(ctx, scheme);
    await rememberRules(ctx, grader);
    if (scheme.problem) await tellProblem(ctx, scheme, null);
    return grader;
  } catch (error) {
    if (!(error instanceof ProblemError)) throw error;
    await tellProblem(ctx, scheme, reasonOf(ctx, error));
    return null;
  }
}

/** A refusal as one text, in the language of whoever made it happen. */
export function reasonOf(ctx: Context, error: ProblemError): string {
  const say = (code: string, params: Record<string, unknown>) =>
    translate(ctx.registry.words, ctx.principal.language, `error.${code}`, params);
  const details = error.errors.map(
    (each) => `${each.params?.field ?? each.path}: ${say(each.code, each.params ?? {})}`,
  );
  return details.length ? details.join(' ') : say(error.code, error.params);
}

async function tellProblem(ctx: Context, scheme: Scheme, text: string | null): Promise<void> {
  if (scheme.problem === text) return;
  await sql`update grade_scheme set problem = ${text} where id = ${scheme.id}`.execute(ctx.db);
  await emit(ctx, { name: 'gradeScheme.updated', entity: 'gradeScheme', recordIds: [scheme.id] });
}

/**
 * Without waiting for the disk after each chunk: what a power cut takes of them is graded anew, because the job ends only with a
 * change that waits for all before it.
 */
const regradeSoon = (ctx: Context, grader: Grader, ids: readonly string[]): Promise<number> =>
  inTransaction(ctx, async (inner) => {
    await sql`set local synchronous_commit = off`.execute(inner.db);
    return (await regrade(inner, grader, ids)).changed.length;
  });

/** Grades every customer by a scheme; gives how many differ from before. */
export async function gradeAll(
  ctx: Context,
  scheme: Scheme,
  run?: Pick<JobRun, 'progress'>,
): Promise<number | null> {
  const grader = await readyGrader(ctx, scheme);
  if (!grader) return null;
  const total = await customerEstimate(ctx);
  let [done, changed] = [0, 0];
  const gradeLane = async (lane: number) => {
    for await (const ids of customerChunks(ctx, lane)) {
      const count = await regradeSoon(ctx, grader, ids);
      changed += count;
      done += ids.length;
      await run?.progress(done, total === null ? null : Math.max(total, done), scheme.name);
    }
  };
  await Promise.all(Array.from({ length: LANES }, (_, lane) => gradeLane(lane)));
  await sql`update grade_scheme set graded_at = ${ctx.now} where id = ${scheme.id}`.execute(ctx.db);
  return changed;
}
