import { sql } from 'kysely';
import { z } from 'zod';
import { answerKey, keepAnswer, queueWatched, SLOW_MS } from '../../../platform/analysis/store.ts';
import type { Context } from '../../../platform/context/context.ts';
import { type Services, systemContext } from '../../../platform/context/services.ts';
import { ProblemError } from '../../../platform/errors/problem.ts';
import { defineJob } from '../../../platform/jobs/job.ts';
import { personContext } from '../../organisation/public.ts';
import { tiles } from '../dashboard/tiles.ts';
import { JOB_LIMIT_MS, questionOf } from './answer.ts';
import { resolve, type Source } from './source.ts';

/** A night is long, but not for this alone. */
const LONGEST_MS = 20 * 60_000;
const MOST_DASHBOARDS = 100;
const MOST_SOURCES = 200;
const MOST_KINDS = 200;

/**
 * By night what people begin the day with is worked out ahead: the reports the house brings along and those of them on the dashboards
 * of its roles, once for all who see everything they tell of; and, by jobs of their own, the slow ones somebody looked at lately.
 * What is quick is not kept: it is asked anew.
 */
export const aheadJob = defineJob({
  name: 'analysis.ahead',
  input: z.object({}),
  nightly: true,
  async run(services: Services, _input, { job, progress }) {
    const { worked } = await answerAhead(services, { job: job.id, progress });
    const system = await systemContext(services, { kind: 'job', id: job.id });
    return { worked, queued: await queueWatched(system) };
  },
});

interface Night {
  job?: string;
  /** Also what is quick. */
  keep?: boolean;
  progress?(done: number): Promise<void>;
}

export async function answerAhead(
  services: Services,
  { job, keep = false, progress }: Night = {},
): Promise<{ worked: number }> {
  const cause = { kind: 'job', ...(job ? { id: job } : {}) } as const;
  const system = await systemContext(services, cause);
  const asked = await sourcesAhead(system, services);
  const known = new Set<string>();
  const end = performance.now() + LONGEST_MS;
  for (const id of await oneOfEachKind(system)) {
    const ctx = await personContext(services, { id }, cause);
    for (const source of asked) {
      if (performance.now() > end) return { worked: known.size };
      await ahead(ctx, services, source, { known, keep });
    }
    await progress?.(known.size);
  }
  return { worked: known.size };
}

async function ahead(
  ctx: Context,
  services: Services,
  source: Source,
  { known, keep }: { known: Set<string>; keep: boolean },
): Promise<void> {
  try {
    const resolved = await resolve(ctx, services, source);
    const question = questionOf(ctx, source, resolved);
    const { key, common } = answerKey(ctx, question);
    if (!common || known.has(key)) return;
    known.add(key);
    const answer = await resolved.run({ limitMs: JOB_LIMIT_MS });
    if (keep || answer.ms >= SLOW_MS) await keepAnswer(ctx, question, answer);
  } catch (error) {
    // What is not this person's to ask, or takes too long, holds up nothing.
    if (!(error instanceof ProblemError)) throw error;
  }
}

/** What is asked each morning: every report brought along as it is offered, and those chosen for dashboards of roles. */
async function sourcesAhead(ctx: Context, { shippedReports }: Services): Promise<Source[]> {
  const { rows } = await sql<{ tiles: unknown }>`select tiles from dashboard
    where deleted_at is null and (home_of_ids <> '{}' or role_ids <> '{}') order by id limit ${MOST_DASHBOARDS}`.execute(
    ctx.db,
  );
  const chosen = rows.flatMap((row) => tiles.safeParse(row.tiles).data ?? []).map(({ source }) => source);
  const all = [...shippedReports.map(({ name }): Source => ({ shipped: name })), ...chosen];
  const shipped = all.filter((source) => 'shipped' in source && !source.filter);
  return [...new Map(shipped.map((source) => [JSON.stringify(source), source])).values()].slice(
    0,
    MOST_SOURCES,
  );
}

/** One person of each kind of rights: people with the same roles, language and time zone are told the same. */
async function oneOfEachKind(ctx: Context): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`select min(id::text) as id from "user"
    where status = 'active' and deleted_at is null and role_ids <> '{}' and sample is not true
    group by role_ids, language, time_zone order by count(*) desc limit ${MOST_KINDS}`.execute(ctx.db);
  return rows.map(({ id }) => id);
}
