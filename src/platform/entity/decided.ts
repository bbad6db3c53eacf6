import type { Context } from '../context/context.ts';
import { invalid } from '../errors/problem.ts';
import type { Draft, Row } from './behaviour.ts';
import { changeRows } from './records.ts';
import { entityNamed } from './registry.ts';

type Values = Record<string, unknown>;

/** What a command sets of read-only fields, by the circumstances it changes records in. */
const decided = new WeakMap<Context, Values>();

/** Changes locked records in fields that only commands write. `holder` is the approval that keeps them. */
export async function decide(
  ctx: Context,
  type: string,
  rows: Row[],
  set: Values,
  options: { action: string; holder?: string },
): Promise<void> {
  const inner = { ...ctx };
  decided.set(inner, set);
  const changes = rows.map((row) => ({ row, values: {} }));
  const { drafts } = await changeRows(inner, entityNamed(ctx.registry, type), changes, options);
  const problems = drafts.flatMap((draft) => draft.problems);
  if (problems.length) throw invalid(problems);
}

/** Enters what the command at work has decided; a new record begins in its first state. */
export function takeDecided(ctx: Context, drafts: Draft[], first?: string): void {
  const set = decided.get(ctx);
  for (const draft of drafts)
    Object.assign(draft.values, draft.before || first === undefined ? {} : { status: first }, set);
}

/** Whether a command is at work, and not a person at the record's form. */
export const isDecided = (ctx: Context): boolean => decided.has(ctx);
