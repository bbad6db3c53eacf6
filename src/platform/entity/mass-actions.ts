import { asSystem, type Context } from '../context/context.ts';
import { problem } from '../errors/problem.ts';
import { type WorkAlong, workAlong } from '../ownership/along.ts';
import type { Row } from './behaviour.ts';
import type { MassAction } from './mass.ts';
import { rememberRows, rememberSet } from './mass-undo.ts';
import { moveToBin, outcomeOf, takeFromBin } from './mass-work.ts';
import { changeRows, lockRows, rootsIn } from './records.ts';
import { entityNamed } from './registry.ts';
import { bodySchemas, parseBody } from './schema.ts';
import type { Entity } from './types.ts';

export interface MassChange {
  set: Record<string, unknown>;
  add?: Record<string, string[]> | undefined;
  remove?: Record<string, string[]> | undefined;
}

/** Changing records alike. Throws where the change fits no record of the type. */
export function updating(ctx: Context, entityName: string, change: MassChange): MassAction {
  const entity = entityNamed(ctx.registry, entityName);
  const set = parseBody(bodySchemas(entity).patch, change.set) as Record<string, unknown>;
  const lists = [...Object.keys(change.add ?? {}), ...Object.keys(change.remove ?? {})];
  for (const name of lists) {
    if (entity.fields[name]?.kind !== 'references')
      throw problem('invalid', { errors: [{ path: name, code: 'unknown_field' }] });
  }
  return {
    name: 'update',
    entity,
    right: 'update',
    roots: rootsIn(entity, [set]),
    work: async (inner, rows) => {
      const changes = rows.map((row) => ({ row, values: { ...set, ...listValues(entity, row, change) } }));
      return outcomeOf(await changeRows(inner, entity, changes));
    },
  };
}

export interface Recipient {
  owner: string;
  department?: string | undefined;
  /** Kinds of open work, see `OpenWork.follows`, that go along where it was the former owner's. */
  along?: readonly string[] | undefined;
}

/**
 * Giving records to another person. What hangs on them stays on the file and is seen by the new owner at once; the
 * department follows the new owner unless one is named.
 */
export function transferring(ctx: Context, entityName: string, to: Recipient): MassAction {
  const entity = entityNamed(ctx.registry, entityName);
  const values = { owner: to.owner, ...(to.department ? { department: to.department } : {}) };
  return {
    name: 'transfer',
    entity,
    right: 'transfer',
    work: async (inner, rows, undoId) => {
      const ids = rows.map((row) => row.id as string);
      // Looked up first: afterwards nobody knows whose it was.
      const open = to.along?.length ? await workAlong(inner, entity, ids, to.along) : [];
      const changes = rows.map((row) => ({ row, values }));
      const outcome = outcomeOf(await changeRows(inner, entity, changes, { action: 'transfer' }));
      const given = new Set(outcome.changed.map((row) => row.id));
      for (const { items, ...work } of open)
        await giveAlong(inner, { ...work, items: items.filter(({ root }) => given.has(root)) }, to.owner, {
          id: undoId,
          entity: entity.name,
        });
      return outcome;
    },
  };
}

/** Gives open work to the new owner of what it is done for; taking the one back takes the other back too. */
async function giveAlong(
  ctx: Context,
  { entity, field, items }: WorkAlong,
  owner: string,
  undo: { id: string; entity: string },
): Promise<void> {
  const system = asSystem(ctx, 'transfer');
  const roots = new Map(items.map(({ id, root }) => [id, root]));
  const rows = await lockRows(system, entity, [...roots.keys()]);
  const changes = rows.map((row) => ({ row, values: { [field]: owner } }));
  const { changed } = outcomeOf(await changeRows(system, entity, changes, { action: 'transfer' }));
  if (changed.length === 0) return;
  await rememberSet(ctx, { ...undo, action: 'transfer' });
  await rememberRows(ctx, undo.id, changed, (row) => ({
    entity: entity.name,
    with_id: roots.get(row.id as string),
  }));
}

/** Moving records to the recycle bin. */
export function deleting(ctx: Context, entityName: string): MassAction {
  const entity = entityNamed(ctx.registry, entityName);
  return {
    name: 'delete',
    entity,
    right: 'delete',
    work: (inner, rows) => moveToBin(inner, entity, rows),
  };
}

/** Bringing records back from the recycle bin. */
export function restoring(ctx: Context, entityName: string): MassAction {
  const entity = entityNamed(ctx.registry, entityName);
  return {
    name: 'restore',
    entity,
    right: 'delete',
    work: (inner, rows) => takeFromBin(inner, entity, rows),
  };
}

function listValues(
  entity: Entity,
  row: Row,
  { add = {}, remove = {} }: MassChange,
): Record<string, unknown> {
  const names = new Set([...Object.keys(add), ...Object.keys(remove)]);
  return Object.fromEntries(
    [...names].map((name) => {
      const before = row[entity.fields[name]?.column as string] as string[];
      const without = before.filter((id) => !remove[name]?.includes(id));
      return [name, [...new Set([...without, ...(add[name] ?? [])])]];
    }),
  );
}
