import { sql } from 'kysely';
import { asSystem, type Context } from '../../../platform/context/context.ts';
import type { Behaviour, Draft } from '../../../platform/entity/behaviour.ts';
import { compileFilter } from '../../../platform/entity/filter.ts';
import { createDrafts, updateRecord } from '../../../platform/entity/records.ts';
import { entityNamed } from '../../../platform/entity/registry.ts';
import { ProblemError, problem } from '../../../platform/errors/problem.ts';

export const poolBehaviour: Behaviour = {
  async prepare(ctx, drafts) {
    for (const draft of drafts) {
      await checkCondition(ctx, draft);
      if (!draft.before && draft.problems.length === 0) draft.values.unit = await makeUnit(ctx, draft);
    }
  },
  /** Its department keeps the pool's name and place. */
  async afterSave(ctx, drafts) {
    const system = asSystem(ctx, 'pool');
    for (const { before, values } of drafts) {
      const changes = {
        ...('name' in values ? { name: values.name } : {}),
        ...('parent' in values ? { parent: values.parent } : {}),
      };
      if (before && Object.keys(changes).length)
        await updateRecord(system, 'department', before.unit_id as string, changes, null);
    }
  },
  async beforeDelete(ctx, rows) {
    const ids = rows.map((row) => row.id as string);
    const { rows: held } = await sql`select from customer where pool_id = any(${ids}::uuid[])
      and deleted_at is null limit 1`.execute(ctx.db);
    if (held.length) throw problem('pool_not_empty', { status: 409 });
  },
};

async function checkCondition(ctx: Context, { values, problems }: Draft): Promise<void> {
  if (!values.condition) return;
  try {
    // With its author's rights: what goes into the pool would tell him of what is hidden from him.
    await compileFilter(values.condition, { ctx, policy: ctx.policies.for('customer') });
  } catch (error) {
    if (!(error instanceof ProblemError)) throw error;
    for (const { path, code, params } of error.errors)
      problems.push({ path: path.replace(/^filter/, 'condition'), code, ...(params ? { params } : {}) });
  }
}

async function makeUnit(ctx: Context, draft: Draft): Promise<string | null> {
  const [unit] = await createDrafts(asSystem(ctx, 'pool'), entityNamed(ctx.registry, 'department'), [
    { name: draft.values.name, parent: draft.values.parent ?? null },
  ]);
  // What is wrong with the place above is said of the pool's own field.
  draft.problems.push(...(unit?.problems ?? []).filter(({ path }) => path !== 'parent'));
  return unit && !unit.problems.length ? unit.id : null;
}

/** Nobody works in a pool, and its department stays as long as it does. */
export const unitGuard: { user: Behaviour; department: Behaviour } = {
  user: {
    async prepare(ctx, drafts) {
      const named = drafts.flatMap(({ values }) => (values.department as string | null) ?? []);
      const units = await unitsAmong(ctx, named);
      for (const { values, problems } of drafts)
        if (units.has(values.department as string))
          problems.push({ path: 'department', code: 'department_is_pool' });
    },
  },
  department: {
    async beforeDelete(ctx, rows) {
      const ids = rows.map((row) => row.id as string);
      if ((await unitsAmong(ctx, ids)).size) throw problem('department_is_pool', { status: 409 });
    },
  },
};

/** Of these departments those that hold a pool's customers, with the pool. */
export async function unitsAmong(ctx: Context, ids: readonly string[]): Promise<Map<string, string>> {
  if (ids.length === 0) return new Map();
  const { rows } = await sql<{ unit: string; id: string }>`select unit_id as unit, id from pool
    where unit_id = any(${[...new Set(ids)]}::uuid[]) and deleted_at is null`.execute(ctx.db);
  return new Map(rows.map(({ unit, id }) => [unit, id]));
}
