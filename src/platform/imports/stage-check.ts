import { sql } from 'kysely';
import { rowInScope, scopeCondition } from '../access/where.ts';
import type { Context } from '../context/context.ts';
import type { Row } from '../entity/behaviour.ts';
import { changedFields } from '../entity/changed.ts';
import { changeRows, createDrafts } from '../entity/records.ts';
import type { Entity } from '../entity/types.ts';
import { styleOf } from '../exports/export.ts';
import type { Decision } from './decide.ts';
import type { ReadRow } from './plan.ts';
import { type RowRelations, settleAmbiguous } from './relations.ts';
import type { StageState } from './stage-state.ts';
import type { Reason } from './types.ts';
import { dropUnchanged } from './unchanged.ts';

/** What saving would refuse, found out without saving. */
export async function checkCreations(
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

/** The same for changes; a row that changes nothing is left out. */
export async function checkChanges(
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

function note(row: ReadRow, draft: { problems: Reason[]; warnings: Reason[] }): void {
  const known = new Set(row.problems.map(({ path }) => path));
  row.problems.push(...draft.problems.filter(({ path }) => !known.has(path)));
  const told = new Set(row.warnings.map(({ path, code }) => `${path} ${code}`));
  row.warnings.push(...draft.warnings.filter(({ path, code }) => !told.has(`${path} ${code}`)));
}

async function storedRows(ctx: Context, entity: Entity, ids: readonly string[]): Promise<Map<string, Row>> {
  const scope = scopeCondition(entity, ctx.policies.for(entity.name).scope('read'), ctx.principal);
  const { rows } = await sql<Row>`select t.* from ${sql.table(entity.table)} t
    where t.id = any(${[...new Set(ids)]}::uuid[]) and t.deleted_at is null and ${scope}`.execute(ctx.db);
  return new Map(rows.map((row) => [row.id as string, row]));
}
