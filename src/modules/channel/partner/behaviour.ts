import { sql } from 'kysely';
import { asSystem, type Context } from '../../../platform/context/context.ts';
import { type Behaviour, type Draft, draftValue } from '../../../platform/entity/behaviour.ts';
import { takeDecided } from '../../../platform/entity/decided.ts';
import { createDrafts, updateRecord } from '../../../platform/entity/records.ts';
import { entityNamed } from '../../../platform/entity/registry.ts';
import { problem } from '../../../platform/errors/problem.ts';

/** A partner has a department of its own, below that of whoever looks after it (ADR 0026). */
export const partnerBehaviour: Behaviour = {
  prepare(ctx, drafts) {
    takeDecided(ctx, drafts, 'active');
    for (const draft of drafts) checkTerms(draft);
  },
  beforeSave: (ctx, drafts) =>
    makeUnits(
      ctx,
      drafts.filter(({ before }) => before === null),
    ),
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

/** Whose department it is stands with the partner already: his own, unless another was named. */
async function makeUnits(ctx: Context, drafts: readonly Draft[]): Promise<void> {
  if (drafts.length === 0) return;
  const units = await createDrafts(
    asSystem(ctx, 'partner'),
    entityNamed(ctx.registry, 'department'),
    drafts.map(({ values }) => ({ name: values.name, parent: values.department ?? null })),
  );
  for (const [at, { values, problems }] of drafts.entries()) {
    const unit = units[at] as Draft;
    values.unit = unit.id;
    for (const each of unit.problems)
      problems.push({ ...each, path: each.path === 'parent' ? 'department' : each.path });
  }
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
