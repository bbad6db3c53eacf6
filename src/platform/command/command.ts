import type { z } from 'zod';
import { rowInScope } from '../access/where.ts';
import type { Context } from '../context/context.ts';
import { inTransaction } from '../context/transaction.ts';
import type { Row } from '../entity/behaviour.ts';
import { lockRows, requireScope } from '../entity/records.ts';
import { entityNamed } from '../entity/registry.ts';
import { parseBody } from '../entity/schema.ts';
import type { Action, Entity } from '../entity/types.ts';
import { forbidden, notFound } from '../errors/problem.ts';

/**
 * A verb: what is more than editing a record. One transaction, one permission check; screens, API, jobs, imports all call
 * it. `on: one` works on the record in the path, `many` on the ids of its input as well, `none` on no record.
 */
export interface CommandSpec {
  name: string;
  entity: string;
  on: 'one' | 'many' | 'none';
  /** The right it needs on each record. */
  action: Action;
  input: z.ZodObject;
  summary: string;
  /** Its answer holds a secret shown once, for example an invitation link. */
  secret?: boolean;
  /** Each record is done for itself: of very many it runs as a job, part by part, and answers each with `{ done }`. */
  parts?: boolean;
  /** People outside the house may call it too. */
  outside?: boolean;
  allowed(ctx: Context): boolean;
  run(ctx: Context, call: { entity: Entity; rows: Row[]; input: Record<string, unknown> }): Promise<unknown>;
}

/** Declares a command. */
export function defineCommand<I extends z.ZodObject>(
  spec: Omit<CommandSpec, 'input' | 'run' | 'allowed'> & {
    input: I;
    /** A further condition on the caller, for example administrators only. */
    allowed?(ctx: Context): boolean;
    run(ctx: Context, call: { entity: Entity; rows: Row[]; input: z.output<I> }): Promise<unknown>;
  },
): CommandSpec {
  const allowed = spec.allowed;
  return {
    ...spec,
    allowed: (ctx) =>
      (spec.outside || !ctx.policies.outsider) &&
      ctx.policies.for(spec.entity).can(spec.action) &&
      (allowed?.(ctx) ?? true),
  } as CommandSpec;
}

/** Throws unless the command may be called with this input; gives the input as it is understood. */
export function commandInput(ctx: Context, command: CommandSpec, body: unknown): Record<string, unknown> {
  if (!command.allowed(ctx)) throw forbidden();
  return parseBody(command.input, body ?? {}) as Record<string, unknown>;
}

/**
 * Runs a command on records, all or none.
 * @param found they are what a query found: those it may not be done to, or that are gone meanwhile, are passed over, as in
 * mass actions; records somebody has named are refused instead
 */
export async function runCommand(
  ctx: Context,
  command: CommandSpec,
  ids: readonly string[],
  body: unknown,
  found = false,
): Promise<unknown> {
  const input = commandInput(ctx, command, body);
  const entity = entityNamed(ctx.registry, command.entity);
  return inTransaction(ctx, async (inner) => {
    const rows = ids.length ? await lockRows(inner, entity, ids) : [];
    if (found) {
      const scope = inner.policies.for(entity.name).scope(command.action);
      const open = rows.filter((row) => rowInScope(scope, row, command.action === 'update'));
      if (ids.length && !open.length) throw forbidden();
      return command.run(inner, { entity, rows: open, input });
    }
    if (rows.length < new Set(ids).size) throw notFound(entity.name);
    for (const row of rows) requireScope(inner, entity, command.action, row);
    return command.run(inner, { entity, rows, input });
  });
}
