import { rm } from 'node:fs/promises';
import { sql } from 'kysely';
import { rowInScope, scopeCondition } from '../access/where.ts';
import type { Context } from '../context/context.ts';
import { inTransaction } from '../context/transaction.ts';
import { recordsByKey, recordsByMark } from '../duplicates/find.ts';
import { duplicateKeys, hashKey, nameKey } from '../duplicates/keys.ts';
import type { Row } from '../entity/behaviour.ts';
import { changeRows, createDrafts } from '../entity/records.ts';
import { changedFields } from '../entity/store.ts';
import type { Entity } from '../entity/types.ts';
import { styleOf } from '../exports/export.ts';
import type { TableRow } from '../tabular/table.ts';
import { type Decision, decideByBase, decideByFile } from './decide.ts';
import { KeyTable } from './key-table.ts';
import { orderLater } from './later.ts';
import { findHits, hasIdentity, keysOf } from './match.ts';
import { type ImportPlan, type ReadRow, readRow } from './plan.ts';
import { type RowRelations, resolveNames, settleAmbiguous } from './relations.ts';
import { createResolver, readable } from './resolver.ts';
import { addMissing, putStaged, type StageState } from './stage-state.ts';
import { CHUNK_ROWS, StagedWriter } from './staged-file.ts';
import { byIndexOnly } from './store.ts';
import { type CheckSummary, noCounts, type Reason, type StagedRow } from './types.ts';
import { dropUnchanged } from './unchanged.ts';

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
 * that the same file makes nothing twice.
 */
function rowMarks({ plan, seen }: StageState, rows: readonly ReadRow[]): string[] {
  const { entity, options } = plan;
  if (hasIdentity(entity) || options.mode !== 'create') return [];
  return rows.map((row) => {
    const contents = JSON.stringify([row.values, row.names]);
    for (let nth = 1; ; nth += 1) {
      const mark = hashKey(`${entity.name} row ${nth} ${contents}`);
      if (seen.get(mark) !== undefined) continue;
      seen.add(mark, row.line);
      return mark;
    }
  });
}

async function resolvePeople(
  ctx: Context,
  state: StageState,
  rows: readonly ReadRow[],
): Promise<RowRelations[]> {
  const none: RowRelations = { ambiguous: {}, pending: {}, problems: [], warnings: [] };
  const { people, creates } = state.plan;
  if (!people) return rows.map(() => none);
  const with_ = rows.flatMap((row) => (row.person ? [row.person] : []));
  const prefix = `${people.entity.name}.`;
  const found = await resolveNames(ctx, people.entity, with_, {
    resolver: state.resolver,
    creates,
    ownNamesLater: false,
    prefix,
  });
  const all = new Map(with_.map((person, at) => [person, found[at]!]));
  const title = `${prefix}${people.entity.title}`;
  for (const row of rows) {
    const relations = row.person && all.get(row.person);
    if (!relations || !row.person) continue;
    row.problems.push(...relations.problems);
    row.warnings.push(...relations.warnings);
    if (!row.person.values[people.entity.title]) row.problems.push({ path: title, code: 'required' });
  }
  const drafts = await createDrafts(
    ctx,
    people.entity,
    with_.map(({ values }) => values),
    { checkOnly: true },
  );
  const checks = new Map(with_.map((person, at) => [person, drafts[at]!]));
  for (const row of rows) {
    const draft = row.person && checks.get(row.person);
    for (const each of draft?.problems ?? []) {
      const path = prefix + each.path;
      if (!row.problems.some((known) => known.path === path)) row.problems.push({ ...each, path });
    }
  }
  return rows.map((row) => (row.person && all.get(row.person)) ?? none);
}

/** What saving would refuse, found out without saving. */
async function checkCreations(
  ctx: Context,
  state: StageState,
  rows: readonly ReadRow[],
  decisions: readonly Decision[],
): Promise<void> {
  const { entity } = state.plan;
  const created = rows.filter((_, at) => decisions[at]!.action === 'create');
  if (created.length === 0) return;
  if (!ctx.policies.for(entity.name).can('create')) {
    for (const row of created) row.problems.push({ path: '', code: 'create_forbidden' });
    return;
  }
  const drafts = await createDrafts(
    ctx,
    entity,
    created.map(({ values }) => values),
    { checkOnly: true },
  );
  for (const [at, row] of created.entries()) note(row, drafts[at]!);
}

function note(row: ReadRow, draft: { problems: Reason[]; warnings: Reason[] }): void {
  const known = new Set(row.problems.map(({ path }) => path));
  row.problems.push(...draft.problems.filter(({ path }) => !known.has(path)));
  const told = new Set(row.warnings.map(({ path, code }) => `${path} ${code}`));
  row.warnings.push(...draft.warnings.filter(({ path, code }) => !told.has(`${path} ${code}`)));
}

async function checkChanges(
  ctx: Context,
  state: StageState,
  rows: readonly ReadRow[],
  decisions: readonly Decision[],
  relations: readonly RowRelations[],
): Promise<void> {
  const { entity } = state.plan;
  const meant = rows.flatMap((row, at) =>
    decisions[at]!.action === 'update' ? [{ row, at, id: decisions[at]!.id as string }] : [],
  );
  if (meant.length === 0) return;
  const stored = await storedRows(
    ctx,
    entity,
    meant.map(({ id }) => id),
  );
  const scope = ctx.policies.for(entity.name).scope('update');
  const allowed = meant.flatMap(({ row, at, id }) => {
    const before = stored.get(id);
    if (before && rowInScope(scope, before, true)) return [{ row, at, before }];
    row.problems.push({ path: '', code: 'update_forbidden' });
    return [];
  });
  for (const { row, at, before } of allowed) {
    settleAmbiguous(entity, row, relations[at]!, before);
    dropUnchanged(state.plan, row, before, styleOf(ctx));
  }
  const { drafts } = await changeRows(
    ctx,
    entity,
    allowed.map(({ row, before }) => ({ row: before, values: row.values })),
    { checkOnly: true },
  );
  allowed.forEach(({ row, at }, index) => {
    const draft = drafts[index]!;
    note(row, draft);
    const unchanged =
      changedFields(entity, draft).length === 0 && Object.keys(relations[at]!.pending).length === 0;
    if (unchanged && row.problems.length === 0) {
      decisions[at]!.action = 'skip';
      decisions[at]!.reasons = [{ path: '', code: 'unchanged' }];
    }
  });
}

async function storedRows(ctx: Context, entity: Entity, ids: readonly string[]): Promise<Map<string, Row>> {
  const scope = scopeCondition(entity, ctx.policies.for(entity.name).scope('read'), ctx.principal);
  const { rows } = await sql<Row>`select t.* from ${sql.table(entity.table)} t
    where t.id = any(${[...new Set(ids)]}::uuid[]) and t.deleted_at is null and ${scope}`.execute(ctx.db);
  return new Map(rows.map((row) => [row.id as string, row]));
}

/** Whether the person a row names is already there under the record it means. */
async function knownPeople(
  ctx: Context,
  state: StageState,
  rows: readonly ReadRow[],
  decisions: readonly Decision[],
): Promise<boolean[]> {
  const { people } = state.plan;
  if (!people) return [];
  const keys = rows.map((row, at) => {
    const root = decisions[at]!.id;
    return row.person && root
      ? personKey(people.entity, row.person.values, people.root.name, root)
      : undefined;
  });
  const found = await recordsByKey(
    ctx,
    keys.filter((key) => key !== undefined),
  );
  return keys.map((key) => key !== undefined && found.has(key));
}

/** The key that says: this person at this record. */
export function personKey(
  entity: Entity,
  values: Record<string, unknown>,
  root: string,
  id: string,
): string | undefined {
  const keys = duplicateKeys(entity, (name) => (name === root ? id : values[name]));
  return keys.find(({ kind, fields }) => kind === 'tuple' && fields.includes(root))?.key;
}

async function stageRow(
  state: StageState,
  row: ReadRow,
  decision: Decision,
  relations: RowRelations,
  person: RowRelations,
  personKnown: boolean,
  mark: string | undefined,
): Promise<void> {
  const { plan, summary } = state;
  summary.total += 1;
  const staged: StagedRow = { line: row.line, action: decision.action };
  if (decision.id) staged.id = decision.id;
  if (decision.same) staged.same = decision.same;
  if (mark && decision.action === 'create') staged.key = mark;
  const reasons = [...decision.reasons, ...(decision.action === 'fail' ? [] : row.warnings)];
  if (row.number && decision.action === 'create') {
    if (isOurs(plan.entity, row.number))
      reasons.push({ path: 'number', code: 'number_not_kept', params: { text: row.number } });
    else row.values.number = row.number;
  }
  if (decision.action === 'create' || decision.action === 'update') {
    staged.values = row.values;
    if (Object.keys(relations.pending).length) staged.pending = relations.pending;
  }
  if (row.person && decision.action !== 'fail' && !personKnown && isNewInFile(state, row, decision)) {
    staged.person = { values: row.person.values };
    if (Object.keys(person.pending).length) staged.person.pending = person.pending;
    if (staged.action === 'skip') staged.action = 'join';
  }
  if (staged.action === 'fail') staged.cells = row.cells;
  if (staged.action === 'join') reasons.splice(0, reasons.length, ...row.warnings);
  if (reasons.length) staged.reasons = reasons;
  const key =
    staged.action === 'create' ? nameKey(plan.entity, String(row.values[plan.entity.title] ?? '')) : null;
  if (key) state.names.add(key, row.line);
  const waits = waitingFor(state, relations);
  if (waits.length && (staged.action === 'create' || staged.action === 'update')) {
    state.waiting.set(row.line, waits);
    staged.cells = row.cells;
    await state.later.write(staged);
    return;
  }
  if (staged.action !== 'fail' && staged.action !== 'skip')
    noteMissing(state, relations.pending, person.pending, plan);
  await putStaged(state, staged);
}

/** Our own numbers are given by us; one from another system is kept. */
const isOurs = (entity: Entity, number: string) =>
  new RegExp(`^${entity.numberPrefix}-\\d{4}-\\d+$`).test(number);

function isNewInFile(state: StageState, row: ReadRow, { id, same }: Decision): boolean {
  const title = state.plan.people?.entity.title as string;
  const key = hashKey(`person ${id ?? same ?? row.line} ${row.person?.values[title]}`);
  if (state.seen.get(key) !== undefined) return false;
  state.seen.add(key, row.line);
  return true;
}

function waitingFor({ plan }: StageState, { pending }: RowRelations) {
  return Object.entries(pending).flatMap(([field, texts]) => {
    if (plan.entity.fields[field]?.to !== plan.entity.name) return [];
    return texts.map((text) => ({ field, text, key: nameKey(plan.entity, text) ?? hashKey(text) }));
  });
}

function noteMissing(
  state: StageState,
  own: Record<string, string[]>,
  person: Record<string, string[]>,
  plan: ImportPlan,
): void {
  for (const [field, texts] of Object.entries(own)) addMissing(state, field, texts);
  for (const [field, texts] of Object.entries(person))
    addMissing(state, `${plan.people?.entity.name}.${field}`, texts);
}
