import { sql } from 'kysely';
import type { Context } from '../context/context.ts';
import { inTransaction } from '../context/transaction.ts';
import type { Row } from '../entity/behaviour.ts';
import { createDrafts } from '../entity/records.ts';
import { entityNamed } from '../entity/registry.ts';
import { invalid } from '../errors/problem.ts';
import { flushPending } from '../search/documents.ts';
import { indexRows } from '../search/records.ts';
import { commitChunk } from './chunk.ts';
import type { ChunkRun } from './chunk-work.ts';
import type { ImportPlan } from './plan.ts';
import { mappedField } from './questions.ts';
import { createResolver } from './resolver.ts';
import { CHUNK_ROWS, type StagedChunk, stagedChunks } from './staged-file.ts';
import { claimChunk, type JournalRow, linesOfChunks, rowsOfChunk, writeJournal } from './store.ts';
import { type CheckSummary, noCounts, type Place } from './types.ts';

/** The part that holds what relations name and nobody had. */
const MISSING_CHUNK = -1;
/** Parts written at the same time while rows only make records: one computes while the database works for the other. */
const TOGETHER = 2;

/** Commits a staged file part by part; parts that stand already are passed over, so it can be called again after any end. */
export async function commitStaged(
  ctx: Context,
  importId: string,
  plan: ImportPlan,
  path: string,
  checked: Pick<CheckSummary, 'missing' | 'placed'>,
  progress: (done: number) => Promise<void> | void,
): Promise<void> {
  const run: ChunkRun = { importId, plan, resolver: createResolver() };
  await makeMissing(ctx, run, checked);
  const { rows } = await sql<{
    no: number;
  }>`select no from import_chunk where import_id = ${importId}`.execute(ctx.db);
  const committed = new Set(rows.map(({ no }) => no));
  // Rows that change records or add people to those of other parts keep their order.
  const together =
    plan.options.mode === 'create' && plan.options.onDuplicate !== 'update' && !plan.people ? TOGETHER : 1;
  const running = new Set<Promise<void>>();
  let done = 0;
  const start = async (chunk: StagedChunk) => {
    if (!committed.has(chunk.no)) await commitChunk(ctx, run, chunk);
    done += chunk.rows.length;
    await progress(done);
  };
  let failure: unknown;
  for await (const chunk of stagedChunks(path)) {
    while (running.size >= (chunk.alone ? 1 : together)) await Promise.race(running);
    if (failure) break;
    if (chunk.alone) run.resolver.forgetMissing();
    const task = start(chunk)
      .catch((error: unknown) => {
        failure ??= error;
      })
      .finally(() => running.delete(task));
    running.add(task);
  }
  await Promise.all(running);
  if (failure) throw failure;
}

/** Makes the departments, people, tags … that relations name and nobody bears: once, before the rows that need them. */
async function makeMissing(
  ctx: Context,
  run: ChunkRun,
  { missing, placed }: Pick<CheckSummary, 'missing' | 'placed'>,
): Promise<void> {
  const target = (name: string) => mappedField(ctx, run.plan.entity, name)?.to;
  const fields = Object.entries(missing)
    .filter(([, names]) => names.length > 0)
    // People are put into departments that this file makes.
    .sort(([a], [b]) => Number(target(a) === 'user') - Number(target(b) === 'user'));
  if (fields.length === 0) return;
  await inTransaction(ctx, async (inner) => {
    if (!(await claimChunk(inner, run.importId, MISSING_CHUNK, noCounts()))) return;
    const journal: JournalRow[] = [];
    for (const [name, names] of fields) {
      const to = mappedField(inner, run.plan.entity, name)?.to as string;
      const entity = entityNamed(inner.registry, to);
      for (let from = 0; from < names.length; from += CHUNK_ROWS) {
        const part = names.slice(from, from + CHUNK_ROWS);
        const known = await run.resolver.resolve(inner, to, part);
        const fresh = part.filter((each) => !known.get(each)?.ids.length);
        const places = to === 'user' ? await placesOf(inner, run, fresh, placed?.[name]) : null;
        const drafts = await createDrafts(
          inner,
          entity,
          fresh.map((text) => ({ [entity.title]: text, ...places?.get(text) })),
        );
        const problems = drafts.flatMap((draft) => draft.problems);
        if (problems.length)
          throw invalid(problems.slice(0, 10).map((each) => ({ ...each, path: `${name}.${each.path}` })));
        for (const { id } of drafts) {
          journal.push({
            line: 0,
            part: journal.length,
            chunk: MISSING_CHUNK,
            outcome: 'created',
            entity: to,
            record_id: id,
            version: 1,
          });
        }
        run.resolver.forgetMissing();
      }
    }
    await writeJournal(inner, run.importId, journal);
    await sql`update import_chunk set indexed = true where import_id = ${run.importId} and no = ${MISSING_CHUNK}`.execute(
      inner.db,
    );
  });
}

/** Where people are put that a file only names: the department of the row that does, else the importer's own. */
async function placesOf(
  ctx: Context,
  { resolver }: ChunkRun,
  people: readonly string[],
  placed: Record<string, Place> = {},
): Promise<Map<string, { department: string }>> {
  if (ctx.policies.for('user').right('department') !== 'write') return new Map();
  const names = Object.values(placed).flatMap((place) => ('name' in place ? [place.name] : []));
  const known = await resolver.resolve(ctx, 'department', new Set(names));
  const departmentOf = (person: string): string | null => {
    const place = placed[person];
    if (!place) return ctx.principal.departmentId;
    if ('id' in place) return place.id;
    const hits = known.get(place.name)?.ids ?? [];
    return (hits.length === 1 ? hits[0] : null) ?? ctx.principal.departmentId;
  };
  return new Map(
    people.flatMap((person) => {
      const department = departmentOf(person);
      return department ? [[person, { department }] as const] : [];
    }),
  );
}

/** Makes what was committed searchable, part by part; parts done already are passed over. */
export async function indexImported(
  ctx: Context,
  importId: string,
  progress: (rows: number) => Promise<void> | void,
): Promise<void> {
  const { rows: open } = await sql<{ no: number }>`select no from import_chunk
    where import_id = ${importId} and not indexed order by no`.execute(ctx.db);
  const linesOf = await linesOfChunks(ctx, importId);
  for (const { no } of open) {
    const indexed = await inTransaction(ctx, async (inner) => {
      const { rows } = await sql<{ entity: string; ids: string[]; lines: number }>`
        select entity, array_agg(record_id) as ids, count(distinct line)::int as lines from import_row
        where ${rowsOfChunk(importId, no, linesOf.get(no))} and version is not null group by entity`.execute(
        inner.db,
      );
      for (const { entity: name, ids } of rows) {
        const entity = entityNamed(inner.registry, name);
        const stored =
          await sql<Row>`select * from ${sql.table(entity.table)} where id = any(${ids}::uuid[]) and deleted_at is null`.execute(
            inner.db,
          );
        await indexRows(inner, entity, stored.rows);
      }
      await sql`update import_chunk set indexed = true where import_id = ${importId} and no = ${no}`.execute(
        inner.db,
      );
      return Math.max(0, ...rows.map(({ lines }) => lines));
    });
    await progress(indexed);
  }
  if (open.length) await flushPending(ctx.db);
}
