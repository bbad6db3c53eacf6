import { type SqlBool, sql } from 'kysely';
import { z } from 'zod';
import { unveiled } from '../../../platform/access/pool.ts';
import { type Condition, scopeCondition } from '../../../platform/access/where.ts';
import type { Context } from '../../../platform/context/context.ts';
import { listRecords } from '../../../platform/entity/list.ts';
import type { JobRun } from '../../../platform/jobs/job.ts';
import { definitionInput, parseDefinition } from '../scheme/definition.ts';
import type { Scheme } from '../scheme/read.ts';
import { readable } from '../scheme/readable.ts';
import { givenGrade } from './given.ts';
import { graderOf, judged } from './regrade.ts';
import { customerChunks, customerEstimate } from './run.ts';

export const previewInput = z.object({
  /** The scheme whose present grades it is compared with. */
  id: z.uuid().nullable(),
  kind: z.enum(['conditions', 'score']),
  department: z.uuid().nullable().default(null),
  definition: definitionInput,
});
type PreviewInput = z.output<typeof previewInput>;

/** From which grade to which, how many, and some of them. */
export interface Move {
  from: string | null;
  to: string | null;
  count: number;
  samples: string[];
}

const SAMPLES = 5;
const NONE = '00000000-0000-0000-0000-000000000000';

/** Rules not yet saved, as a scheme. */
export const asScheme = ({ id, kind, department, definition }: PreviewInput): Scheme => ({
  id: id ?? NONE,
  name: '',
  kind,
  period: 'quarter',
  departmentId: department,
  active: false,
  main: false,
  problem: null,
  gradedAt: null,
  definition: parseDefinition(definition),
});

/**
 * What the rules would make of every customer `viewer` sees as it is: nothing is written. A rule is a question, and its author is
 * answered of nobody out of his sight or masked to him, neither by name nor by number; nor by a grade he may not read.
 * @param ctx circumstances in which rules read what they need
 */
export async function previewAll(
  ctx: Context,
  viewer: Context,
  input: PreviewInput,
  run?: Pick<JobRun, 'progress'>,
): Promise<{ total: number; moves: Move[] }> {
  const grader = await graderOf(ctx, asScheme(input));
  const policy = viewer.policies.for('customer');
  const sight = sql<SqlBool>`${scopeCondition(policy.entity, policy.scope('read'), viewer.principal)}
    and ${unveiled(policy.veiled)}`;
  const present = policy.sees('grade') ? sql`g.grade` : sql`null::text`;
  const moves = new Map<string, Move>();
  const estimate = await customerEstimate(ctx);
  let [done, total] = [0, 0];
  for await (const chunk of customerChunks(ctx)) {
    const ids = viewer.policies.administrator ? chunk : await seenOf(ctx, chunk, sight);
    const { rows } = await sql<Move>`select ${present} as "from", s.grade as "to", count(*)::int as count,
        (array_agg(s.id order by s.id))[1:${sql.lit(SAMPLES)}] as samples
      from (${judged(grader, ids)}) s
      left join ${givenGrade(sql`${input.id ?? NONE}`, sql`s.id`)} g on true
      group by 1, 2`.execute(ctx.db);
    for (const row of rows) {
      total += row.count;
      const known = moves.get(`${row.from} ${row.to}`);
      if (!known) moves.set(`${row.from} ${row.to}`, row);
      else {
        known.count += row.count;
        known.samples = [...known.samples, ...row.samples].slice(0, SAMPLES);
      }
    }
    done += chunk.length;
    await run?.progress(done, estimate === null ? null : Math.max(done, estimate));
  }
  return { total, moves: [...moves.values()] };
}

async function seenOf({ db }: Context, ids: readonly string[], sight: Condition): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`select t.id from customer t
    where t.id = any(${[...ids]}::uuid[]) and ${sight} order by t.id`.execute(db);
  return rows.map(({ id }) => id);
}

export interface Sampled {
  id: string;
  title: string;
  /** As it is now. */
  from: string | null;
  to: string | null;
  score: number | null;
  parts: { value: number | null }[];
}

const LIVE = 100;

/** What the rules would make of the customers last changed, among those the caller sees: for trying out while they are written. */
export async function previewSome(
  ctx: Context,
  input: PreviewInput,
): Promise<{ items: Sampled[]; counts: Record<string, number> }> {
  const grader = await graderOf(ctx, asScheme(input));
  const { items } = await listRecords(ctx, 'customer', { sort: '-updatedAt', limit: LIVE });
  const ids = items.map(({ id }) => id);
  const { rows } = await sql<Record<string, unknown>>`select s.*, s.score::float8 as points, g.grade as was
    from (${judged(grader, ids)}) s
    left join ${givenGrade(sql`${input.id ?? NONE}`, sql`s.id`)} g on true`.execute(ctx.db);
  const byId = new Map(rows.map((row) => [row.id as string, row]));
  const counts: Record<string, number> = {};
  const terms = (input.definition.terms ?? []).map((term, at) => ({ term, at }));
  const seen = new Set((await readable(ctx, false, terms)).map(({ at }) => at));
  const sampled = items.flatMap(({ id, title, veiled }): Sampled[] => {
    const row = byId.get(id);
    // Of what is masked the grade alone would tell.
    if (!row || veiled) return [];
    const to = row.grade as string | null;
    counts[to ?? ''] = (counts[to ?? ''] ?? 0) + 1;
    const parts = grader.rules.values.map((_, at) => {
      const value = row[`v${at}`];
      const told = seen.has(at) && value !== null && value !== undefined;
      return { value: told ? Number(value) : null };
    });
    const from = ctx.policies.for('customer').sees('grade') ? (row.was as string | null) : null;
    return [{ id, title, from, to, score: row.points as number | null, parts }];
  });
  return { items: sampled, counts };
}
