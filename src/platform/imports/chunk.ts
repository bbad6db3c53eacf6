import { sql } from 'kysely';
import { rowInScope } from '../access/where.ts';
import type { Context } from '../context/context.ts';
import { attempt, inTransaction } from '../context/transaction.ts';
import { recordsByKey, recordsByMark } from '../duplicates/find.ts';
import { insertKeyRows } from '../duplicates/store.ts';
import type { Draft, Row } from '../entity/behaviour.ts';
import { changeRows, createDrafts, lockRows, rootsIn } from '../entity/records.ts';
import type { Entity } from '../entity/types.ts';
import { ProblemError } from '../errors/problem.ts';
import { findHits, keysOf } from './match.ts';
import type { ImportPlan, ReadRow } from './plan.ts';
import type { Resolver } from './resolver.ts';
import { personKey } from './stage.ts';
import type { StagedChunk } from './staged-file.ts';
import { byIndexOnly, claimChunk, type JournalRow, writeJournal } from './store.ts';
import { type Counts, noCounts, type Outcome, type Reason, type StagedRow } from './types.ts';

export interface ChunkRun {
  importId: string;
  plan: ImportPlan;
  resolver: Resolver;
}

/** What a row has come to so far. */
interface Work {
  row: StagedRow;
  outcome: Outcome;
  recordId?: string | undefined;
  version?: number;
  before?: Row | null;
  person?: { id: string };
  reasons: Reason[];
}

const STORE = { deferSearch: true, keepNumbers: true } as const;

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

function fail(work: Work, reasons: Reason[]): void {
  work.outcome = 'failed';
  work.reasons = reasons;
  work.recordId = undefined;
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

/** Names whose records this import has made by now. */
async function resolvePending(
  ctx: Context,
  { plan, resolver }: ChunkRun,
  works: readonly Work[],
): Promise<void> {
  await settle(plan.entity, '', works, ({ row }) => row);
  if (plan.people)
    await settle(plan.people.entity, `${plan.people.entity.name}.`, works, ({ row }) => row.person);

  async function settle(
    entity: Entity,
    prefix: string,
    all: readonly Work[],
    partOf: (work: Work) => Pick<StagedRow, 'values' | 'pending'> | undefined,
  ) {
    const waiting = all.flatMap((work) =>
      Object.entries(partOf(work)?.pending ?? {}).map(([name, texts]) => ({ work, name, texts })),
    );
    const byEntity = Map.groupBy(waiting, ({ name }) => entity.fields[name]?.to as string);
    for (const [to, each] of byEntity) {
      const found = await resolver.resolve(
        ctx,
        to,
        each.flatMap(({ texts }) => texts),
      );
      for (const { work, name, texts } of each) {
        const values = partOf(work)?.values as Record<string, unknown>;
        const ids = texts.map((text) => found.get(text) ?? []);
        const open = texts.find((_, at) => ids[at]?.length !== 1);
        if (open !== undefined)
          fail(work, [{ path: prefix + name, code: 'unknown_name', params: { text: open } }]);
        else
          values[name] = entity.fields[name]?.kind === 'references' ? [...new Set(ids.flat())] : ids[0]?.[0];
      }
    }
  }
}

/** Rows whose record someone else has made since the check are left out, or change that record, as was chosen. */
async function notMadeMeanwhile(ctx: Context, plan: ImportPlan, works: readonly Work[]): Promise<Work[]> {
  const open = works.filter(({ outcome }) => outcome !== 'failed');
  const { options, entity } = plan;
  if (open.length === 0) return [];
  const rows = open.map(
    ({ row }) =>
      ({
        values: row.values ?? {},
        id: null,
        number: (row.values?.number as string | undefined) ?? null,
      }) as ReadRow,
  );
  const keys = rows.map((row) => ({ ...keysOf(plan, row, { certainOnly: true }), likely: [] }));
  const hits = await findHits(ctx, plan, rows, keys);
  const marks = await recordsByMark(
    ctx,
    entity,
    open.flatMap(({ row }) => row.key ?? []),
  );
  return open.filter((work, at) => {
    const marked = work.row.key ? marks.get(work.row.key) : undefined;
    const id = hits[at]?.certain[0]?.id ?? marked;
    if (!id || (options.mode === 'create' && options.onDuplicate === 'create')) return true;
    if (options.mode === 'upsert' || options.onDuplicate === 'update') {
      work.row.action = 'update';
      work.recordId = id;
    } else {
      work.recordId = id;
      work.reasons = [{ path: hits[at]?.certain[0]?.fields[0] ?? '', code: 'duplicate' }];
    }
    return false;
  });
}

async function create(ctx: Context, entity: Entity, works: readonly Work[]): Promise<void> {
  if (works.length === 0) return;
  const drafts = await createDrafts(
    ctx,
    entity,
    works.map(({ row }) => row.values ?? {}),
    STORE,
  );
  for (const [at, work] of works.entries()) {
    const draft = drafts[at] as Draft;
    if (draft.problems.length) {
      fail(work, draft.problems);
      continue;
    }
    work.outcome = 'created';
    work.recordId = draft.id;
    work.version = 1;
  }
}

/** Rows that mean the record of an earlier line learn its id: of this part, or of one committed before. */
async function meanSame(
  ctx: Context,
  { importId }: ChunkRun,
  works: readonly Work[],
  all: readonly Work[],
): Promise<void> {
  const open = works.filter(({ row, recordId }) => row.same && !recordId);
  if (open.length === 0) return;
  const here = new Map(all.map((work) => [work.row.line, work]));
  const elsewhere = open.flatMap(({ row }) => (here.has(row.same as number) ? [] : [row.same as number]));
  const { rows } = await sql<{
    line: number;
    record_id: string | null;
  }>`select line, record_id from import_row
    where import_id = ${importId} and line = any(${elsewhere}::int[]) and part = 0`.execute(ctx.db);
  const before = new Map(rows.map((row) => [row.line, row.record_id]));
  for (const work of open) {
    const line = work.row.same as number;
    const id = here.get(line)?.recordId ?? before.get(line);
    if (id) work.recordId = id;
    else if (work.row.action !== 'skip')
      fail(work, [{ path: '', code: 'reference_failed', params: { line } }]);
  }
}

/** Changes records; one that several rows mean is changed by one after the other. */
async function change(ctx: Context, { entity }: ImportPlan, works: readonly Work[]): Promise<void> {
  let open = [...works];
  const scope = ctx.policies.for(entity.name).scope('update');
  while (open.length) {
    const wave = new Map<string, Work>();
    for (const work of open) if (!wave.has(work.recordId as string)) wave.set(work.recordId as string, work);
    open = open.filter((work) => wave.get(work.recordId as string) !== work);
    const roots = rootsIn(
      entity,
      [...wave.values()].map(({ row }) => row.values ?? {}),
    );
    const locked = await lockRows(ctx, entity, [...wave.keys()], { roots });
    const rows = new Map(locked.map((row) => [row.id as string, row]));
    const changes = [...wave].flatMap(([id, work]) => {
      const row = rows.get(id);
      if (row && rowInScope(scope, row, true)) return [{ work, row }];
      fail(work, [{ path: '', code: row ? 'update_forbidden' : 'duplicate_out_of_scope' }]);
      return [];
    });
    const { drafts, stored } = await changeRows(
      ctx,
      entity,
      changes.map(({ work, row }) => ({ row, values: work.row.values ?? {} })),
      STORE,
    );
    const written = new Map(stored.map(({ row }) => [row.id as string, row]));
    for (const [at, { work, row }] of changes.entries()) {
      const draft = drafts[at] as Draft;
      const after = written.get(draft.id);
      if (draft.problems.length) fail(work, draft.problems);
      else if (after) {
        work.outcome = 'updated';
        work.version = after.version as number;
        work.before = row;
      } else {
        work.outcome = 'skipped';
        work.reasons = [...work.reasons, { path: '', code: 'unchanged' }];
      }
    }
  }
}

/** Adds the people who share the sheet; who is there already is left alone. */
async function addPeople(ctx: Context, { plan }: ChunkRun, works: readonly Work[]): Promise<void> {
  if (works.length === 0 || !plan.people) return;
  const { entity, root } = plan.people;
  const keyOf = ({ row, recordId }: Work) =>
    personKey(entity, row.person?.values ?? {}, root.name, recordId as string);
  const found = await recordsByKey(
    ctx,
    works.flatMap((work) => keyOf(work) ?? []),
  );
  const fresh = works.filter((work) => !found.has(keyOf(work) ?? ''));
  const drafts = await createDrafts(
    ctx,
    entity,
    fresh.map(({ row, recordId }) => ({ ...row.person?.values, [root.name]: recordId })),
    STORE,
  );
  fresh.forEach((work, at) => {
    const draft = drafts[at] as Draft;
    if (draft.problems.length) {
      work.reasons = [
        ...work.reasons,
        ...draft.problems.map((each) => ({ ...each, path: `${entity.name}.${each.path}` })),
      ];
      if (work.outcome === 'skipped') work.outcome = 'failed';
      return;
    }
    work.person = { id: draft.id };
    if (work.outcome === 'skipped') work.outcome = 'created';
  });
}
