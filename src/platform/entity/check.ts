import { type RawBuilder, sql } from 'kysely';
import { rowInScope, scopeCondition } from '../access/where.ts';
import type { Context } from '../context/context.ts';
import { PREPARED } from '../db/connection.ts';
import { type Draft, draftValue, type Row } from './behaviour.ts';
import { keptTargets, markStrangers, tieColumns } from './belongs.ts';
import { entityNamed, isAssigned, rootField, standInField } from './registry.ts';
import type { Entity, Field } from './types.ts';

/** Fills what was left open: declared defaults, the creator as owner, the owner's department. */
export function fillDefaults(ctx: Context, entity: Entity, drafts: Draft[]): void {
  for (const draft of drafts) {
    for (const field of entity.fieldList) {
      if (field.default !== undefined && draft.values[field.name] == null)
        draft.values[field.name] = field.default;
    }
    if (entity.scope.kind !== 'open' && draft.values.owner === undefined)
      draft.values.owner = ctx.principal.userId;
  }
}

/** Marks fields the caller may not write. */
export function checkFieldRights(
  ctx: Context,
  entity: Entity,
  drafts: Draft[],
  options: { keepNumbers?: boolean } = {},
): void {
  const policy = ctx.policies.for(entity.name);
  for (const draft of drafts) {
    for (const name of Object.keys(draft.values)) {
      const field = entity.fields[name];
      if (name === 'number' && options.keepNumbers && !draft.before && entity.numberPrefix) continue;
      if (!field || policy.right(name) === 'hidden')
        draft.problems.push({ path: name, code: 'unknown_field' });
      else if (
        policy.right(name) !== 'write' ||
        (field.sensitive && draft.before && policy.veils(draft.before))
      )
        draft.problems.push({ path: name, code: 'field_not_writable' });
      else if (field.immutable && draft.before) draft.problems.push({ path: name, code: 'field_immutable' });
    }
  }
}

interface Target extends Row {
  id: string;
}

/**
 * Looks up every record the drafts refer to — one query per record type — and marks references to what does not exist or
 * lies outside the caller's scope. Gives the rows found, by record type and id.
 */
export async function resolveReferences(
  ctx: Context,
  entity: Entity,
  drafts: Draft[],
): Promise<Map<string, Map<string, Target>>> {
  const fields = entity.fieldList.filter((field) => field.to);
  const root = rootField(entity);
  const before = standInField(entity);
  const wanted = new Map<string, Set<string>>();
  const want = (to: string, id: string) => wanted.set(to, (wanted.get(to) ?? new Set()).add(id));
  for (const draft of drafts) {
    for (const field of fields) {
      for (const id of idsIn(draft.values[field.name])) {
        if (field.to === 'user' && id === ctx.principal.userId) continue;
        want(field.to as string, id);
      }
    }
    for (const [to, id] of keptTargets(entity, draft)) want(to, id);
    if (!changesRoot(root, draft)) continue;
    if (draft.before?.owner_id) want('user', draft.before.owner_id as string);
    const back = before ? draft.before?.[before.column] : null;
    if (before?.to && typeof back === 'string') want(before.to, back);
  }
  const found = new Map<string, Map<string, Target>>();
  for (const [name, ids] of wanted)
    found.set(
      name,
      await findTargets(ctx, entityNamed(ctx.registry, name), [...ids], {
        locked: [root?.to, before?.to].includes(name),
        also: tieColumns(entity, entityNamed(ctx.registry, name)),
      }),
    );
  found.set(KEPT_ROOTS, await keptRoots(ctx, entity, drafts));
  for (const draft of drafts) {
    for (const field of fields) {
      const missing = idsIn(draft.values[field.name]).some(
        (id) =>
          !(field.to === 'user' && id === ctx.principal.userId) && !found.get(field.to as string)?.has(id),
      );
      if (missing) draft.problems.push({ path: field.name, code: 'unknown_reference' });
      else if (
        field.name === 'owner' &&
        // What is undone goes back to whoever had it, also where he has left since.
        ctx.principal.cause.kind !== 'undo' &&
        found.get('user')?.get(draft.values.owner as string)?.status === 'deactivated'
      )
        draft.problems.push({ path: 'owner', code: 'owner_deactivated' });
    }
    if (ctx.principal.cause.kind !== 'undo') markStrangers(ctx, entity, draft, found);
  }
  return found;
}

const idsIn = (value: unknown): string[] =>
  Array.isArray(value) ? value : typeof value === 'string' ? [value] : [];

/** Under no record type's name: these are known to the product, not shown to the caller. */
const KEPT_ROOTS = '';

/** What work that goes to somebody else hangs on as before: whose it is decides whether the new owner's department counts. */
async function keptRoots(ctx: Context, entity: Entity, drafts: Draft[]): Promise<Map<string, Target>> {
  const root = rootField(entity);
  if (!root || !isAssigned(entity)) return new Map();
  const ids = drafts.flatMap(({ before, values }) => {
    const kept = values[root.name] === undefined && before?.[root.column];
    return kept && values.owner !== undefined && values.owner !== before.owner_id ? [kept as string] : [];
  });
  if (ids.length === 0) return new Map();
  const { rows } = await sql<Target>`select t.id, t.owner_id, t.department_id
    from ${sql.table(entityNamed(ctx.registry, root.to as string).table)} t
    where t.id = any(${[...new Set(ids)]}::uuid[]) order by t.id for share of t`.execute(ctx.db);
  return new Map(rows.map((row) => [row.id, row]));
}

/** Whether a child is taken from what it hung on. */
const changesRoot = (root: Field | null, { before, values }: Draft) =>
  root !== null &&
  Boolean(before?.[root.column]) &&
  values[root.name] !== undefined &&
  values[root.name] !== before?.[root.column];

/**
 * @param locked nobody gives the records away or deletes them until the transaction ends: what hangs on them copies their
 * owner and department and would keep those of before
 */
async function findTargets(
  ctx: Context,
  entity: Entity,
  ids: string[],
  { locked, also }: { locked: boolean; also: readonly RawBuilder<unknown>[] },
): Promise<Map<string, Target>> {
  const columns: RawBuilder<unknown>[] = [sql`t.id`, ...also];
  if (entity.scope.kind !== 'open') columns.push(sql`t.owner_id, t.department_id`);
  if (entity.name === 'user') columns.push(sql`t.department_id, t.status`);
  if (entity.scope.kind === 'child') columns.push(sql`t.root_owner_id`);
  const scope = scopeCondition(entity, ctx.policies.for(entity.name).scope('read'), ctx.principal);
  const { rows } =
    await sql<Target>`${sql.raw(PREPARED)}select ${sql.join(columns)} from ${sql.table(entity.table)} t
    where t.id = any(${ids}::uuid[]) and t.deleted_at is null and ${scope}
    ${locked ? sql`order by t.id for share of t` : sql``}`.execute(ctx.db);
  return new Map(rows.map((row) => [row.id, row]));
}

/** The columns that decide who sees a record, as they will stand after saving. */
export interface ScopeColumns {
  owner_id: string | null;
  department_id: string | null;
  root_owner_id?: string | null;
}

/** Derives a draft's scope columns: a child copies its root's owner and department, a root takes its owner's department. */
export function scopeColumnsOf(
  ctx: Context,
  entity: Entity,
  draft: Draft,
  found: Map<string, Map<string, Target>>,
): ScopeColumns | null {
  if (entity.scope.kind === 'open') return null;
  const owner = draftValue(draft, 'owner', 'owner_id') as string | null;
  const ownerRow = found.get('user')?.get(owner ?? '');
  const ownerDepartment =
    owner === ctx.principal.userId
      ? ctx.principal.departmentId
      : ((ownerRow?.department_id as string | null) ?? null);
  const before = draft.before as Partial<ScopeColumns> | null;
  const given = draft.values.department as string | null | undefined;
  const root = rootField(entity);
  // A record nobody owns stays with its department: there someone sees that it waits for an owner.
  const ownerChanged = Boolean(owner) && owner !== before?.owner_id;
  const follows = !before || ownerChanged || changesRoot(root, draft);
  const own = given !== undefined ? given : follows ? ownerDepartment : (before.department_id ?? null);
  if (!root) return { owner_id: owner, department_id: own };
  const standIn = standInField(entity);
  const idOf = (field: Field | null) =>
    field && (draftValue(draft, field.name, field.column) as string | null);
  const hung = idOf(root) ? root : standIn;
  const hungId = idOf(hung);
  // What hangs on nothing is its owner's, as if it were its own root.
  if (!hung || !hungId) return { owner_id: owner, department_id: own, root_owner_id: owner };
  const rootRow = found.get(hung.to as string)?.get(hungId) ?? found.get(KEPT_ROOTS)?.get(hungId);
  if (!rootRow) {
    return {
      owner_id: owner,
      department_id: before?.department_id ?? null,
      root_owner_id: before?.root_owner_id ?? null,
    };
  }
  return {
    owner_id: owner,
    // What somebody has to do for a customer of no department is in sight of his superiors.
    department_id: (rootRow.department_id as string | null) ?? (isAssigned(entity) ? own : null),
    root_owner_id: rootRow.owner_id as string | null,
  };
}

/** Whether the caller may bring a record into this place: what is his own, also on somebody else's customer that he sees. */
export function mayCreate(ctx: Context, entity: Entity, columns: ScopeColumns | null): boolean {
  const scope = ctx.policies.for(entity.name).scope('create');
  if (columns === null || scope.kind !== 'some') return scope.kind !== 'none';
  return columns.owner_id === scope.userId || rowInScope(scope, { ...columns });
}

/** Options no longer offered may stay where they are, not come anew. */
export function checkOptions(entity: Entity, drafts: Draft[]): void {
  for (const field of entity.fieldList) {
    const retired = new Map(
      field.options.filter((option) => option.retired).map((option) => [option.value, option]),
    );
    if (retired.size === 0) continue;
    for (const { before, values, problems } of drafts) {
      const kept = [before?.[field.column] ?? []].flat();
      const chosen = [values[field.name] ?? []]
        .flat()
        .find((value) => retired.has(value as string) && !kept.includes(value));
      if (chosen === undefined) continue;
      problems.push({
        path: field.name,
        code: 'option_retired',
        params: { option: retired.get(chosen as string)?.zh },
      });
    }
  }
}

/** Required fields that a change would leave empty. */
export function checkRequired(entity: Entity, draft: Draft): void {
  const empty = (value: unknown) =>
    value === null || value === undefined || (Array.isArray(value) && value.length === 0);
  const fields: readonly Field[] = entity.fieldList;
  for (const field of fields) {
    if (!field.required || field.readOnly) continue;
    const touched = !draft.before || field.name in draft.values;
    if (touched && empty(draft.values[field.name]))
      draft.problems.push({ path: field.name, code: 'required' });
  }
}
