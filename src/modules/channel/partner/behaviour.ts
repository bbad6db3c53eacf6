import { sql } from 'kysely';
import { asSystem, type Context } from '../../../platform/context/context.ts';
import { type Behaviour, type Draft, draftValue } from '../../../platform/entity/behaviour.ts';
import { takeDecided } from '../../../platform/entity/decided.ts';
import { createDrafts, updateRecord } from '../../../platform/entity/records.ts';
import { entityNamed } from '../../../platform/entity/registry.ts';
import { problem } from '../../../platform/errors/problem.ts';

/** A partner has a department of its own, below that of whoever looks after it (ADR 0026). */
export const partnerBehaviour: Behaviour = {
  async prepare(ctx, drafts) {
    takeDecided(ctx, drafts, 'active');
    for (const draft of drafts) {
      checkTerms(draft);
      if (!draft.before && draft.problems.length === 0) draft.values.unit = await makeUnit(ctx, draft);
    }
  },
  async afterSave(ctx, drafts) {
    const system = asSystem(ctx, 'partner');
    for (const { id, before, values } of drafts) {
      const { rows } = await sql<{ unit: string; department: string | null }>`select unit_id as unit,
        department_id as department from partner where id = ${id}`.execute(ctx.db);
      const [now] = rows;
      if (!now?.unit) continue;
      const moved = before && before.department_id !== now.department;
      const changes = {
        ...(before && 'name' in values ? { name: values.name } : {}),
        ...(moved ? { parent: now.department } : {}),
      };
      if (Object.keys(changes).length) await updateRecord(system, 'department', now.unit, changes, null);
    }
  },
  async beforeDelete(ctx, rows) {
    const units = rows.map((row) => row.unit_id as string);
    const { rows: held } = await sql`select 1 from "user" where department_id = any(${units}::uuid[])
        and deleted_at is null
      union all select 1 from customer where department_id = any(${units}::uuid[]) and deleted_at is null limit 1`.execute(
      ctx.db,
    );
    if (held.length) throw problem('partner_not_empty', { status: 409 });
  },
};

function checkTerms(draft: Draft): void {
  const [from, to] = ['contractFrom', 'contractTo'].map((name) =>
    draftValue(draft, name, name === 'contractFrom' ? 'contract_from' : 'contract_to'),
  ) as [string | null, string | null];
  if (from && to && to < from) draft.problems.push({ path: 'contractTo', code: 'end_before_begin' });
  if (draft.before && draft.values.parent === draft.id)
    draft.problems.push({ path: 'parent', code: 'partner_below_itself' });
}

async function makeUnit(ctx: Context, draft: Draft): Promise<string | null> {
  const owner = draft.values.owner as string | null;
  const { rows } = await sql<{ department: string | null }>`select department_id as department from "user"
    where id = ${owner}`.execute(ctx.db);
  const parent = draft.values.department ?? rows[0]?.department ?? null;
  const [unit] = await createDrafts(asSystem(ctx, 'partner'), entityNamed(ctx.registry, 'department'), [
    { name: draft.values.name, parent },
  ]);
  draft.problems.push(...(unit?.problems ?? []).filter(({ path }) => path !== 'parent'));
  return unit && !unit.problems.length ? unit.id : null;
}

/** The department of a partner stays as long as it does. */
export const sideGuard: Behaviour = {
  async beforeDelete(ctx, rows) {
    const ids = rows.map((row) => row.id as string);
    const { rows: held } = await sql`select 1 from partner where unit_id = any(${ids}::uuid[])
      and deleted_at is null limit 1`.execute(ctx.db);
    if (held.length) throw problem('department_is_partner', { status: 409 });
  },
};
