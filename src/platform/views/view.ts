import { sql } from 'kysely';
import { z } from 'zod';
import { writeAudit } from '../audit/audit.ts';
import type { Context } from '../context/context.ts';
import { inTransaction } from '../context/transaction.ts';
import { uuidv7 } from '../db/uuid.ts';
import { compileFilter } from '../entity/filter.ts';
import { entityNamed } from '../entity/registry.ts';
import { parseSort } from '../entity/sort.ts';
import { forbidden, invalid, notFound, ProblemError, problem } from '../errors/problem.ts';

/** What a view remembers of a list. */
export const viewDefinition = z.strictObject({
  filter: z.json().optional(),
  sort: z.string().max(500).optional(),
  columns: z.array(z.string().max(100)).max(200).optional(),
  q: z.string().max(200).optional(),
});

const fields = {
  name: z.string().trim().min(1).max(100),
  shared: z.enum(['none', 'department', 'everyone']),
  /** With `shared: department`; one's own department unless given. */
  department: z.uuid().nullish(),
  definition: viewDefinition,
};
export const newView = z.strictObject({
  ...fields,
  entity: z.string().max(100),
  shared: fields.shared.default('none'),
});
export const viewPatch = z.strictObject(fields).partial();

export interface View {
  id: string;
  version: number;
  entity: string;
  name: string;
  shared: 'none' | 'department' | 'everyone';
  department: { id: string; title: string } | null;
  owner: { id: string; title: string };
  /** Whether the caller may change it. */
  mine: boolean;
  definition: z.infer<typeof viewDefinition>;
}

const DEFINITION_LIMIT = 50_000;
const PER_PERSON = 200;

/** The views a caller may use on a list: his own, his department's, everyone's; in order of name. */
export async function listViews(ctx: Context, entity: string): Promise<View[]> {
  if (!ctx.policies.for(entity).can('read')) throw forbidden();
  if (ctx.policies.outsider) return [];
  const views = await viewsWhere(ctx, sql`v.entity = ${entity} and ${usable(ctx)}`);
  const policy = ctx.policies.for(entity);
  // A filter tells values: another's view with a field the caller may not see could neither be opened nor should it be told.
  const sees = (view: View) =>
    compileFilter(view.definition.filter, { ctx, policy }).then(
      () => true,
      (error: unknown) => {
        if (error instanceof ProblemError) return false;
        throw error;
      },
    );
  const shown = await Promise.all(
    views.map(async (view) => view.owner.id === ctx.principal.userId || (await sees(view))),
  );
  return views.filter((_, index) => shown[index]);
}

export async function createView(ctx: Context, input: z.infer<typeof newView>): Promise<View> {
  await checkDefinition(ctx, input.entity, input.definition);
  return inTransaction(ctx, async (inner) => {
    const { rows } = await sql<{ n: number }>`select count(*) as n from saved_view
      where owner_id = ${inner.principal.userId}`.execute(inner.db);
    if ((rows[0]?.n ?? 0) >= PER_PERSON) throw problem('too_many_views', { params: { max: PER_PERSON } });
    const id = uuidv7();
    await unique(() =>
      sql`insert into saved_view (id, entity, name, owner_id, shared, department_id, definition)
        values (${id}, ${input.entity}, ${input.name}, ${inner.principal.userId}, ${input.shared},
          ${departmentOf(inner, input.shared, input.department)}, ${JSON.stringify(input.definition)}::jsonb)`.execute(
        inner.db,
      ),
    );
    return viewFor(inner, id);
  });
}

/** Changes a view; its owner and administrators may. `version` is the one the caller saw; a later one is shown to him. */
export async function updateView(
  ctx: Context,
  id: string,
  patch: z.infer<typeof viewPatch>,
  version: number | null,
): Promise<View> {
  return inTransaction(ctx, async (inner) => {
    const view = await viewToChange(inner, id, version);
    if (patch.definition) await checkDefinition(inner, view.entity, patch.definition);
    const shared = patch.shared ?? view.shared;
    const department = patch.department ?? view.department?.id;
    await unique(() =>
      sql`update saved_view set name = ${patch.name ?? view.name}, shared = ${shared},
        department_id = ${departmentOf(inner, shared, department)},
        definition = ${JSON.stringify(patch.definition ?? view.definition)}::jsonb,
        version = version + 1, updated_at = now()
        where id = ${id}`.execute(inner.db),
    );
    await auditOthers(inner, view, 'view_changed');
    return viewFor(inner, id);
  });
}

export async function deleteView(ctx: Context, id: string, version: number | null): Promise<void> {
  await inTransaction(ctx, async (inner) => {
    const view = await viewToChange(inner, id, version);
    await sql`delete from saved_view where id = ${id}`.execute(inner.db);
    await auditOthers(inner, view, 'view_deleted');
  });
}

/** A view is its owner's business; what an administrator does to another's is on record. */
async function auditOthers(ctx: Context, view: View, action: string): Promise<void> {
  if (view.owner.id === ctx.principal.userId) return;
  await writeAudit(ctx, { action, entity: 'saved_view', recordId: view.id, note: view.name });
}

const usable = (ctx: Context) => sql`(v.owner_id = ${ctx.principal.userId} or v.shared = 'everyone'
  or (v.shared = 'department' and v.department_id = ${ctx.principal.departmentId}))`;

async function viewFor(ctx: Context, id: string): Promise<View> {
  const [view] = await viewsWhere(
    ctx,
    sql`v.id = ${id} and (${usable(ctx)} or ${ctx.policies.administrator})`,
  );
  if (!view || !ctx.registry.byName.has(view.entity)) throw notFound('view');
  return view;
}

/** Locked until the transaction ends, so that of two who save at once the second is told. */
async function viewToChange(ctx: Context, id: string, version: number | null): Promise<View> {
  await sql`select 1 from saved_view where id = ${id} for update`.execute(ctx.db);
  const view = await viewFor(ctx, id);
  if (!view.mine) throw forbidden('view_of_another');
  if (version !== null && view.version !== version)
    throw problem('version_conflict', { status: 412, extra: { current: view } });
  return view;
}

async function viewsWhere(ctx: Context, condition: ReturnType<typeof sql>): Promise<View[]> {
  const { rows } = await sql<View>`select v.id, v.version, v.entity, v.name, v.shared, v.definition,
      jsonb_build_object('id', u.id, 'title', u.name) as owner,
      case when d.id is not null then jsonb_build_object('id', d.id, 'title', d.name) end as department,
      (v.owner_id = ${ctx.principal.userId} or ${ctx.policies.administrator}) as mine
    from saved_view v join "user" u on u.id = v.owner_id left join department d on d.id = v.department_id
    where ${condition} order by v.name, v.id limit 500`.execute(ctx.db);
  return rows;
}

function departmentOf(ctx: Context, shared: View['shared'], given: string | null | undefined): string | null {
  if (shared !== 'department') return null;
  const department = given ?? ctx.principal.departmentId;
  if (!department) throw invalid([{ path: 'department', code: 'required' }]);
  if (department !== ctx.principal.departmentId && !ctx.policies.administrator) {
    throw invalid([{ path: 'department', code: 'outside_scope' }]);
  }
  return department;
}

/** A view that could not be opened is not saved. */
async function checkDefinition(
  ctx: Context,
  entityName: string,
  definition: z.infer<typeof viewDefinition>,
): Promise<void> {
  const entity = entityNamed(ctx.registry, entityName);
  const policy = ctx.policies.for(entityName);
  if (!policy.can('read')) throw forbidden();
  if (JSON.stringify(definition).length > DEFINITION_LIMIT) {
    throw invalid([{ path: 'definition', code: 'too_large', params: { max: DEFINITION_LIMIT } }]);
  }
  await compileFilter(definition.filter, { ctx, policy });
  parseSort(definition.sort, policy);
  const unknown = (definition.columns ?? []).filter(
    (name) => !entity.fields[name] || policy.right(name) === 'hidden',
  );
  if (unknown.length)
    throw invalid(unknown.map((name) => ({ path: `definition.columns.${name}`, code: 'unknown_field' })));
}

const UNIQUE_VIOLATION = '23505';
const FOREIGN_KEY_VIOLATION = '23503';

async function unique(work: () => Promise<unknown>): Promise<void> {
  try {
    await work();
  } catch (error) {
    const { code } = error as { code?: string };
    if (code === UNIQUE_VIOLATION) {
      throw problem('not_unique', { status: 409, errors: [{ path: 'name', code: 'view_name_taken' }] });
    }
    if (code === FOREIGN_KEY_VIOLATION) throw invalid([{ path: 'department', code: 'unknown_reference' }]);
    throw error;
  }
}
