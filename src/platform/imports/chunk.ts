import { sql } from 'kysely';
import type { Context } from '../context/context.ts';
import { attempt, inTransaction } from '../context/transaction.ts';
import { insertKeyRows } from '../duplicates/store.ts';
import { ProblemError } from '../errors/problem.ts';
import { meanSame, notMadeMeanwhile, resolvePending } from './chunk-meaning.ts';
import { addPeople, change, create } from './chunk-rows.ts';
import { type ChunkRun, fail, type Work } from './chunk-work.ts';
import type { StagedChunk } from './staged-file.ts';
import { byIndexOnly, claimChunk, type JournalRow, writeJournal } from './store.ts';
import { type Counts, noCounts } from './types.ts';

/** Commits one part of an import in one transaction: records, audit, one event, journal. Null when it stands already. */
export async function commitChunk(ctx: Context, run: ChunkRun, chunk: StagedChunk): Promise<Counts | null> {
  const write = (inner: Context, each: boolean) => writeChunk(inner, run, chunk, each);
  try {
    return await inTransaction(ctx, (inner) => write(inner, false));
  } catch (error) {
    // Someone took a unique value in between: row by row, so that only that one fails.
    if (error instanceof ProblemError) return inTransaction(ctx, (inner) => write(inner, true));
    throw error;
  }
}

async function writeChunk(
  ctx: Context,
  run: ChunkRun,
  chunk: StagedChunk,
  rowByRow: boolean,
): Promise<Counts | null> {
  const counts = noCounts();
  await byIndexOnly(ctx);
  if (!(await claimChunk(ctx, run.importId, chunk.no, counts))) return null;
  const works = chunk.rows.map(
    (row): Work => ({
      row,
      outcome: row.action === 'fail' ? 'failed' : 'skipped',
      recordId: row.id,
      reasons: row.reasons ?? [],
    }),
  );
  if (!rowByRow) await writeRows(ctx, run, works, works);
  else {
    for (const work of works) {
      try {
        await attempt(ctx, () => writeRows(ctx, run, [work], works));
      } catch (error) {
        if (!(error instanceof ProblemError)) throw error;
        fail(
          work,
          error.errors.length ? error.errors : [{ path: '', code: error.code, params: error.params }],
        );
      }
    }
  }
  const { entity } = run.plan;
  const journal = works.flatMap((work) => journalOf(run, work, chunk.no));
  await writeJournal(ctx, run.importId, journal);
  for (const { outcome } of works) counts[outcome] += 1;
  counts.total = works.length;
  await sql`update import_chunk set counts = ${JSON.stringify(counts)}::jsonb,
    indexed = ${!journal.some(({ entity: touched }) => touched)} where import_id = ${run.importId} and no = ${chunk.no}`.execute(
    ctx.db,
  );
  const keyed = works.filter(({ row, outcome, recordId }) => row.key && outcome === 'created' && recordId);
  await insertKeyRows(
    ctx,
    keyed.map(({ row, recordId }) => ({
      key: row.key,
      record_id: recordId,
      entity: entity.name,
      kind: 'row',
    })),
  );
  return counts;
}

function journalOf({ plan }: ChunkRun, work: Work, chunk: number): JournalRow[] {
  const { row, outcome, reasons, recordId, version, before, person } = work;
  const wrote = version !== undefined;
  const own: JournalRow = {
    line: row.line,
    part: 0,
    chunk,
    outcome,
    ...(wrote ? { entity: plan.entity.name, version, before: before ?? null } : {}),
    ...(recordId ? { record_id: recordId } : {}),
    ...(reasons.length ? { reasons } : {}),
    ...(wrote && row.key ? { mark: row.key } : {}),
    ...(outcome === 'failed' && row.cells ? { cells: row.cells } : {}),
  };
  if (!person || !plan.people) return [own];
  return [
    own,
    {
      line: row.line,
      part: 1,
      chunk,
      outcome: 'created',
      entity: plan.people.entity.name,
      record_id: person.id,
      version: 1,
    },
  ];
}

async function writeRows(
  ctx: Context,
  run: ChunkRun,
  works: readonly Work[],
  all: readonly Work[],
): Promise<void> {
  const { plan } = run;
  await resolvePending(ctx, run, works);
  const creating = await notMadeMeanwhile(
    ctx,
    plan,
    works.filter(({ row }) => row.action === 'create'),
  );
  await create(ctx, plan.entity, creating);
  await meanSame(ctx, run, works, all);
  await change(
    ctx,
    plan,
    works.filter(({ row, outcome, recordId }) => row.action === 'update' && outcome !== 'failed' && recordId),
  );
  if (plan.people)
    await addPeople(
      ctx,
      run,
      works.filter(({ row, outcome, recordId }) => row.person && outcome !== 'failed' && recordId),
    );
}
