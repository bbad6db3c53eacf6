import type { Context } from '../context/context.ts';
import { attempt } from '../context/transaction.ts';
import { type FieldProblem, ProblemError } from '../errors/problem.ts';
import type { Row } from './behaviour.ts';
import { setDeleted } from './bin.ts';
import { requireFree } from './lock.ts';
import { type changeRows, restoreRows } from './records.ts';
import type { Entity } from './types.ts';

/** A record that was left as it was, and why. */
export interface MassFailure {
  id: string;
  code: string;
  errors?: FieldProblem[];
}

export interface ChunkOutcome {
  changed: Row[];
  failed: MassFailure[];
  unchanged: number;
}

/** Moves rows to the recycle bin, unless something speaks against it. */
export async function moveToBin(ctx: Context, entity: Entity, rows: Row[]): Promise<ChunkOutcome> {
  const ids = rows.map((row) => row.id as string);
  await requireFree(ctx, entity, ids);
  await ctx.behaviours.get(entity.name)?.beforeDelete?.(ctx, rows);
  await setDeleted(ctx, entity, rows, true);
  return { changed: rows, failed: [], unchanged: 0 };
}

/** Brings rows back from it. */
export async function takeFromBin(ctx: Context, entity: Entity, rows: Row[]): Promise<ChunkOutcome> {
  await restoreRows(ctx, entity, rows);
  return { changed: rows, failed: [], unchanged: 0 };
}

/** What became of the drafts of a change. */
export function outcomeOf({ drafts, stored }: Awaited<ReturnType<typeof changeRows>>): ChunkOutcome {
  return {
    changed: stored.map(({ draft }) => draft.before as Row),
    failed: drafts
      .filter((draft) => draft.problems.length)
      .map((draft) => ({ id: draft.id, code: draft.problems[0]?.code ?? 'invalid', errors: draft.problems })),
    unchanged: drafts.filter((draft) => !draft.problems.length).length - stored.length,
  };
}

type PartWork = (inner: Context, rows: Row[]) => Promise<ChunkOutcome>;

/** Does the work for all rows at once; where one of them spoils it, for each half alone, so that only that one is left. */
export async function asManyAsPossible(ctx: Context, rows: Row[], work: PartWork): Promise<ChunkOutcome> {
  if (rows.length === 0) return { changed: [], failed: [], unchanged: 0 };
  try {
    return await attempt(ctx, () => work(ctx, rows));
  } catch (error) {
    if (!(error instanceof ProblemError)) throw error;
    if (rows.length === 1) {
      const { code, errors } = error;
      return { changed: [], failed: [{ id: rows[0]?.id as string, code, errors }], unchanged: 0 };
    }
    const middle = Math.ceil(rows.length / 2);
    const first = await asManyAsPossible(ctx, rows.slice(0, middle), work);
    const second = await asManyAsPossible(ctx, rows.slice(middle), work);
    return {
      changed: [...first.changed, ...second.changed],
      failed: [...first.failed, ...second.failed],
      unchanged: first.unchanged + second.unchanged,
    };
  }
}
