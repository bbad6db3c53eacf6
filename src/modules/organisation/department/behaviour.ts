import { sql } from 'kysely';
import type { Context } from '../../../platform/context/context.ts';
import type { Behaviour, Draft } from '../../../platform/entity/behaviour.ts';
import { problem } from '../../../platform/errors/problem.ts';
import { departmentsBelow, type TreeNode } from './tree.ts';

export const departmentBehaviour: Behaviour = {
  async prepare(ctx, drafts) {
    // The tree decides what managers see: who may edit departments must not hang others below himself.
    for (const { before, values, problems } of drafts) {
      const moves = before && 'parent' in values && values.parent !== before.parent_id;
      if (moves && !ctx.policies.administrator) problems.push({ path: 'parent', code: 'field_not_writable' });
    }
    const moved = drafts.filter(({ before, values }) => before && values.parent);
    if (moved.length) await refuseCircles(ctx, moved);
  },
  async beforeDelete(ctx, rows) {
    const ids = rows.map((row) => row.id as string);
    const { rows: found } = await sql<{ people: boolean; departments: boolean }>`select
      exists (select from "user" where department_id = any(${ids}::uuid[]) and deleted_at is null) as people,
      exists (select from department where parent_id = any(${ids}::uuid[]) and deleted_at is null
        and id <> all(${ids}::uuid[])) as departments`.execute(ctx.db);
    if (found[0]?.people || found[0]?.departments) throw problem('department_not_empty', { status: 409 });
  },
};

/** The lock is the one the database's own guard takes: no other move can come between this check and the write. */
async function refuseCircles(ctx: Context, moved: Draft[]): Promise<void> {
  await sql`select pg_advisory_xact_lock(7245010)`.execute(ctx.db);
  const { rows } = await sql<TreeNode>`select id, parent_id as "parentId" from department`.execute(ctx.db);
  const nodes = new Map(rows.map((node) => [node.id, node]));
  for (const { id, values, problems } of moved) {
    const parentId = values.parent as string;
    if (
      departmentsBelow([...nodes.values()])
        .get(id)
        ?.includes(parentId)
    ) {
      problems.push({ path: 'parent', code: 'department_cycle' });
    } else nodes.set(id, { id, parentId });
  }
}
