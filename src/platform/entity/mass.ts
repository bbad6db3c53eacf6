import { rowInScope } from '../access/where.ts';
import type { Context } from '../context/context.ts';
import { inTransaction } from '../context/transaction.ts';
import { uuidv7 } from '../db/uuid.ts';
import { forbidden } from '../errors/problem.ts';
import type { Row } from './behaviour.ts';
import { rememberRows, rememberSet } from './mass-undo.ts';
import { asManyAsPossible, type ChunkOutcome, type MassFailure } from './mass-work.ts';
import { lockRows } from './records.ts';
import type { Action, Entity } from './types.ts';

export interface MassResult {
  done: number;
  failed: MassFailure[];
  /** Takes everything back, see `claimUndo`; absent when nothing was done. */
  undoId?: string;
}

/** Records changed in one transaction; larger selections run part by part. */
export const CHUNK = 1000;

/** What is done to every record of a selection, part by part. */
export interface MassAction {
  name: 'update' | 'transfer' | 'delete' | 'restore';
  entity: Entity;
  /** The right it needs on each record. */
  right: Action;
  /** What the records are about to be hung on, see `lockRows`. */
  roots?: readonly string[];
  /** Takes a part of the records, locked and within that right. */
  work: (inner: Context, rows: Row[], undoId: string) => Promise<ChunkOutcome>;
}

/** Throws unless the caller may do this to some record at all. */
export function requireMass(ctx: Context, { entity, right }: MassAction): void {
  if (ctx.policies.for(entity.name).scope(right).kind === 'none') throw forbidden();
}

/** Does the same to many records; each that may not or cannot be changed is named and left as it was. */
export async function massRun(ctx: Context, action: MassAction, ids: string[]): Promise<MassResult> {
  requireMass(ctx, action);
  const undoId = uuidv7();
  const result: MassResult = { done: 0, failed: [] };
  let undoable = 0;
  for (let start = 0; start < ids.length; start += CHUNK) {
    const chunk = ids.slice(start, start + CHUNK);
    const part = await inTransaction(ctx, (inner) => massPart(inner, action, chunk, undoId));
    result.failed.push(...part.failed);
    result.done += part.done;
    undoable += part.changed;
  }
  return undoable ? { ...result, undoId } : result;
}

/** One part of a mass action, in the caller's transaction. What it changed is remembered under `undoId`. */
export async function massPart(
  ctx: Context,
  action: MassAction,
  ids: string[],
  undoId: string,
): Promise<{ done: number; changed: number; failed: MassFailure[] }> {
  const { entity, right } = action;
  const scope = ctx.policies.for(entity.name).scope(right);
  const { roots = [] } = action;
  const rows = await lockRows(ctx, entity, ids, { deleted: action.name === 'restore', roots });
  const known = new Set(rows.map((row) => row.id));
  const failed: MassFailure[] = ids.filter((id) => !known.has(id)).map((id) => ({ id, code: 'not_found' }));
  const allowed: Row[] = [];
  for (const row of rows) {
    if (rowInScope(scope, row, right === 'update')) allowed.push(row);
    else failed.push({ id: row.id as string, code: 'forbidden' });
  }
  const outcome = await asManyAsPossible(ctx, allowed, (inner, part) => action.work(inner, part, undoId));
  const { changed } = outcome;
  if (changed.length) {
    await rememberSet(ctx, { id: undoId, entity: entity.name, action: action.name });
    await rememberRows(ctx, undoId, changed);
  }
  return {
    done: changed.length + outcome.unchanged,
    changed: changed.length,
    failed: [...failed, ...outcome.failed],
  };
}
