import { createHash } from 'node:crypto';
import { sql } from 'kysely';
import type { Context } from '../context/context.ts';
import { ProblemError } from '../errors/problem.ts';
import { addJob } from '../jobs/job.ts';

/** What takes longer than this is kept. */
export const SLOW_MS = 300;
/** So long a kept answer is shown as it is; later it is shown while a new one is worked out. */
const FRESH_SECONDS = 600;
/** Of whoever looked in so many days the answers are worked out anew every night. */
const WATCHED_DAYS = 14;
/** So many answers are worked out in a night, those last looked at first. */
const MOST_AHEAD = 2000;

interface Told {
  /** When it was worked out, and how long that took. */
  at: string;
  ms: number;
}

/** What was asked, and the job that works it out without anybody waiting. */
export interface Question {
  /** Another question has another answer. */
  asked: unknown;
  job: string;
  input: object;
  /** The record types the answer follows from, where it is the same for all who see everything of them. */
  reads?: readonly string[] | null;
}

const hashed = (ctx: Context, who: unknown, { asked, job }: Question): string => {
  const where = [ctx.registry.version, ctx.currency, ctx.timeZone];
  return createHash('sha256')
    .update(JSON.stringify([who, where, job, asked]))
    .digest('hex');
};

/** Under which key an answer is kept: of all who may be told the same, or of who asked with which rights over which fields. */
export function answerKey(ctx: Context, question: Question): { key: string; common: boolean } {
  const shared = question.reads && commonKey(ctx, question, question.reads);
  if (shared) return { key: shared, common: true };
  const { userId, departmentId, roleIds, policyVersion, hasShares, language, timeZone } = ctx.principal;
  const who = [userId, departmentId, roleIds, policyVersion, hasShares, language, timeZone];
  return { key: hashed(ctx, who, question), common: false };
}

/** References are followed so far: a report is told by 客户 › 负责人 › 部门 at most. */
const FOLLOWED = 2;

/**
 * The key of an answer that is the same for all who have these roles, because they see everything of these record types and of what
 * those refer to: nothing in it depends on who asks. Null for whom it is not.
 */
function commonKey(ctx: Context, question: Question, entities: readonly string[]): string | null {
  if (ctx.policies.outsider || !ctx.principal.userId) return null;
  for (const name of reached(ctx, entities)) {
    const policy = ctx.policies.for(name);
    if (policy.scope('read').kind === 'some' || policy.veiled.length > 0) return null;
  }
  const { roleIds, policyVersion, language, timeZone } = ctx.principal;
  return hashed(ctx, ['all', [...roleIds].sort(), policyVersion, language, timeZone], question);
}

function reached({ registry }: Context, entities: readonly string[]): Set<string> {
  const found = new Set(entities);
  let last = [...found];
  for (let step = 0; step < FOLLOWED; step++) {
    const next = last.flatMap(
      (name) => registry.byName.get(name)?.fieldList.flatMap(({ to }) => to ?? []) ?? [],
    );
    last = [...new Set(next)].filter((name) => !found.has(name) && registry.byName.has(name));
    for (const name of last) found.add(name);
  }
  return found;
}

/**
 * An answer: worked out now or, where that is slow, the one kept from before with its age, while a job works out a new one.
 * What takes longer than anybody waits for throws `query_too_broad` unless there is one from before.
 */
export async function answered<A extends Told>(
  ctx: Context,
  question: Question,
  work: () => Promise<A>,
  { fresh = false }: { fresh?: boolean | undefined } = {},
): Promise<A & { refreshing?: boolean }> {
  const kept = await keptAnswer<A>(ctx, answerKey(ctx, question).key);
  if (!kept) return workedOut(ctx, question, work);
  if (fresh) {
    const answer = await unlessTooBroad(workedOut(ctx, question, work));
    if (answer) return answer;
  } else {
    const age = Temporal.Instant.from(kept.at).until(Temporal.Instant.from(ctx.now)).total('seconds');
    if (age <= FRESH_SECONDS) return kept;
  }
  await answerLater(ctx, question);
  return { ...kept, refreshing: true };
}

async function workedOut<A extends Told>(
  ctx: Context,
  question: Question,
  work: () => Promise<A>,
): Promise<A> {
  const answer = await work();
  if (answer.ms >= SLOW_MS) await keepAnswer(ctx, question, answer);
  return answer;
}

async function unlessTooBroad<A>(work: Promise<A>): Promise<A | null> {
  try {
    return await work;
  } catch (error) {
    if (error instanceof ProblemError && error.code === 'query_too_broad') return null;
    throw error;
  }
}

/** Works an answer out as a job; what it finds is kept for who asked. Gives the job. */
export const answerLater = (ctx: Context, question: Question): Promise<string> =>
  addJob(ctx, question.job, question.input, { key: answerKey(ctx, question).key });

/** A kept answer: for the one who asked for it, or common to all with the same rights. */
async function keptAnswer<A>(ctx: Context, key: string): Promise<A | null> {
  const { rows } = await sql<{
    answer: A;
    watched: boolean;
  }>`select answer, asked_at > now() - interval '1 hour' as watched
    from analysis_answer where key = ${key} and (user_id = ${ctx.principal.userId} or user_id is null)`.execute(
    ctx.db,
  );
  if (rows[0] && !rows[0].watched)
    await sql`update analysis_answer set asked_at = now() where key = ${key}`.execute(ctx.db);
  return rows[0]?.answer ?? null;
}

/**
 * Keeps an answer, for the one who asked or, where others are told the same, for all of them. The key is that of the rights it was
 * worked out with, whatever they were when it was asked for.
 */
export async function keepAnswer(ctx: Context, question: Question, answer: Told): Promise<void> {
  const { userId } = ctx.principal;
  if (!userId) return;
  const { key, common } = answerKey(ctx, question);
  await sql`insert into analysis_answer (key, user_id, answer, at, job, input, by)
    values (${key}, ${common ? null : userId}, ${JSON.stringify(answer)}::jsonb, ${answer.at},
      ${question.job}, ${JSON.stringify(question.input)}::jsonb, ${userId})
    on conflict (key) do update set answer = excluded.answer, at = excluded.at`.execute(ctx.db);
}

/**
 * Has the answers people look at and that are not of this hour worked out anew: a job for each, on their behalf, one after the other. Gives how many.
 * What nobody looks at any more grows old and is cleaned away.
 */
export async function queueWatched(ctx: Context): Promise<number> {
  const { rows } = await sql<{
    key: string;
    job: string;
    input: object;
    by: string;
  }>`select key, job, input, by
    from analysis_answer where asked_at > now() - make_interval(days => ${WATCHED_DAYS}) and at < now() - interval '1 hour'
      and exists (select from "user" u where u.id = by and u.status = 'active')
    order by asked_at desc limit ${MOST_AHEAD}`.execute(ctx.db);
  for (const { key, job, input, by } of rows) await addJob(ctx, job, input, { key, by });
  return rows.length;
}
