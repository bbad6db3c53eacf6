import { rm } from 'node:fs/promises';
import type { Context } from '../context/context.ts';
import { inTransaction } from '../context/transaction.ts';
import { recordsByMark } from '../duplicates/find.ts';
import { hashKey } from '../duplicates/keys.ts';
import type { TableRow } from '../tabular/table.ts';
import { decideByBase, decideByFile } from './decide.ts';
import { KeyTable } from './key-table.ts';
import { orderLater } from './later.ts';
import { findHits, hasIdentity, keysOf } from './match.ts';
import { type ImportPlan, type ReadRow, readRow } from './plan.ts';
import { resolveNames } from './relations.ts';
import { createResolver, readable } from './resolver.ts';
import { checkChanges, checkCreations } from './stage-check.ts';
import { knownPeople, resolvePeople } from './stage-people.ts';
import { isOurs, stageRow } from './stage-row.ts';
import type { StageState } from './stage-state.ts';
import { tellMatched } from './stage-told.ts';
import { CHUNK_ROWS, StagedWriter } from './staged-file.ts';
import { byIndexOnly } from './store.ts';
import { type CheckSummary, noCounts } from './types.ts';

/**
 * Reads and checks a whole file with the caller's rights, exactly as it will be imported, and writes nothing but the staged
 * file: which rows make or change what, which are left out and why. Throws TableError when the file itself is bad.
 */
export async function stageFile(
  ctx: Context,
  plan: ImportPlan,
  rows: AsyncIterable<TableRow>,
  path: string,
  progress: (done: number) => Promise<void> | void = () => {},
): Promise<CheckSummary> {
  const state: StageState = {
    plan,
    summary: { ...noCounts(), reasons: {}, unresolved: {}, missing: {}, ignored: [] },
    resolver: createResolver(),
    seen: new KeyTable(),
    names: new KeyTable(),
    main: new StagedWriter(path),
    later: new StagedWriter(`${path}.later`),
    waiting: new Map(),
    missing: new Map(),
    placed: new Map(),
    matched: new Map(),
    unrated: new Map(),
  };
  try {
    let chunk: ReadRow[] = [];
    for await (const row of rows) {
      chunk.push(readRow(plan, row));
      if (chunk.length < CHUNK_ROWS) continue;
      const full = chunk;
      chunk = [];
      await inTransaction(ctx, (inner) => stageChunk(inner, state, full));
      await progress(state.summary.total);
    }
    await inTransaction(ctx, (inner) => stageChunk(inner, state, chunk));
    await state.later.close();
    await orderLater(state, `${path}.later`);
    await progress(state.summary.total);
  } finally {
    await state.main.close();
    await rm(`${path}.later`, { force: true });
  }
  state.summary.missing = Object.fromEntries([...state.missing].map(([field, names]) => [field, [...names]]));
  if (state.placed.size)
    state.summary.placed = Object.fromEntries(
      [...state.placed].map(([field, places]) => [field, Object.fromEntries(places)]),
    );
  if (state.matched.size) state.summary.matched = await tellMatched(ctx, state);
  if (state.unrated.size) state.summary.unrated = [...state.unrated.values()];
  return state.summary;
}

async function stageChunk(ctx: Context, state: StageState, rows: ReadRow[]): Promise<void> {
  if (rows.length === 0) return;
  await byIndexOnly(ctx);
  const { plan, resolver } = state;
  const { entity, creates } = plan;
  const marks = rowMarks(state, rows);
  const relations = await resolveNames(ctx, entity, rows, {
    resolver,
    creates,
    ownNamesLater: true,
    prefix: '',
  });
  const people = await resolvePeople(ctx, state, rows);
  const keys = rows.map((row) => keysOf(plan, row));
  const hits = await findHits(ctx, plan, rows, keys);
  const visible = await readable(
    ctx,
    entity,
    hits.flatMap(({ certain }) => certain.map(({ id }) => id)),
  );
  const imported = await recordsByMark(ctx, entity, marks);
  const decisions = rows.map((row, at) => decideByBase(plan, row, keys[at]!, hits[at]!, visible));
  for (const [at, row] of rows.entries()) {
    row.problems.push(...relations[at]!.problems);
    row.warnings.push(...relations[at]!.warnings);
  }
  await checkCreations(ctx, state, rows, decisions);
  await checkChanges(ctx, state, rows, decisions, relations);
  const known = await knownPeople(ctx, state, rows, decisions);
  for (const [at, row] of rows.entries()) {
    const mark = marks[at];
    const former = mark && imported.get(mark);
    let decision = decisions[at]!;
    if (row.problems.length && decision.action !== 'skip')
      decision = { action: 'fail', reasons: row.problems };
    else decision = decideByFile(plan, row, keys[at]!, decision, state.seen);
    if (former && decision.action === 'create') {
      decision = { action: 'skip', id: former, reasons: [{ path: '', code: 'imported_before' }] };
    }
    await stageRow(state, row, decision, relations[at]!, people[at]!, known[at] ?? false, mark);
  }
}

/**
 * Of record types that nothing tells apart: a mark of each row, by its contents and which of several equal rows it is, so
 * that the same file makes nothing twice. A number of another system is part of the contents: two deals alike in all
 * else are two.
 */
function rowMarks({ plan, seen }: StageState, rows: readonly ReadRow[]): string[] {
  const { entity, options } = plan;
  if (hasIdentity(entity) || options.mode !== 'create') return [];
  return rows.map((row) => {
    const own = row.number && !isOurs(entity, row.number) ? [row.number] : [];
    const contents = JSON.stringify([row.values, row.names, ...own]);
    for (let nth = 1; ; nth += 1) {
      const mark = hashKey(`${entity.name} row ${nth} ${contents}`);
      if (seen.get(mark) !== undefined) continue;
      seen.add(mark, row.line);
      return mark;
    }
  });
}
