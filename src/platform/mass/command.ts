import { rowInScope } from '../access/where.ts';
import { type CommandSpec, commandInput } from '../command/command.ts';
import type { Context } from '../context/context.ts';
import { inTransaction } from '../context/transaction.ts';
import { uuidv7 } from '../db/uuid.ts';
import type { MassResult } from '../entity/mass.ts';
import { lockRows } from '../entity/records.ts';
import { entityNamed } from '../entity/registry.ts';
import { forbidden, problem } from '../errors/problem.ts';
import { addMass, type MassRecord } from './store.ts';

/** The most records whose outcome the caller waits for. */
export const AT_ONCE = 200;

/** Puts a command on more records than one answer waits for in the queue; null where they are few enough. */
export async function commandLater(
  ctx: Context,
  command: CommandSpec,
  ids: readonly string[],
  body: unknown,
): Promise<{ jobId: string; id: string } | null> {
  if (ids.length <= AT_ONCE) return null;
  const input = commandInput(ctx, command, body);
  if (ctx.policies.for(command.entity).scope(command.action).kind === 'none') throw forbidden();
  const id = uuidv7();
  const asked = { id, action: 'command', entity: command.entity, command: command.name, input } as const;
  const jobId = await inTransaction(ctx, (inner) => addMass(inner, asked, ids));
  return { jobId, id };
}

/** A command's work on one part of the records: those it may not be done to, or that are gone, are named. */
export function commandWork(
  commands: readonly CommandSpec[],
  { entity: type, command: name, input: asked }: Pick<MassRecord, 'entity' | 'command' | 'input'>,
) {
  const command = commands.find((each) => each.entity === type && each.name === name && each.parts);
  if (!command) throw problem('unknown_route', { status: 404 });
  return async (inner: Context, ids: string[]): Promise<Pick<MassResult, 'done' | 'failed'>> => {
    // Asked again of every part: rights and the command's input may be other ones than when it was queued.
    const input = commandInput(inner, command, asked);
    const entity = entityNamed(inner.registry, type);
    const rows = await lockRows(inner, entity, ids);
    const known = new Set(rows.map((row) => row.id));
    const scope = inner.policies.for(type).scope(command.action);
    const open = rows.filter((row) => rowInScope(scope, row, command.action === 'update'));
    const allowed = new Set(open.map((row) => row.id));
    if (open.length) await command.run(inner, { entity, rows: open, input });
    const failed = ids
      .filter((id) => !allowed.has(id))
      .map((id) => ({ id, code: known.has(id) ? 'forbidden' : 'not_found' }));
    return { done: open.length, failed };
  };
}
