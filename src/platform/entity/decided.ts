import type { Context } from '../context/context.ts';
import { invalid } from '../errors/problem.ts';
import type { Draft, Row } from './behaviour.ts';
import { changeRows, createDrafts } from './records.ts';
import { entityNamed } from './registry.ts';

type Values = Record<string, unknown>;

/** What a command sets of read-only fields, one for each record in hand, by the circumstances it changes them in. */
const decided = new WeakMap<Context, readonly Values[]>();

/**
 * Changes locked records in fields that only commands write; `values` are those a person may write too. `holder` is the approval
 * that keeps them.
 */
export async function decide(
  ctx: Context,
  type: string,
  rows: Row[],
  set: Values,
  options: { action: string; holder?: string; values?: Values },
): Promise<void> {
  const { values = {}, ...how } = options;
  const inner = { ...ctx };
  decided.set(
    inner,
    rows.map(() => set),
  );
  const changes = rows.map((row) => ({ row, values }));
  const { drafts } = await changeRows(inner, entityNamed(ctx.registry, type), changes, how);
  refuse(drafts);
}

/** Makes records of which only commands write some fields; `set` stands beside the values in the same order. Gives their ids. */
export async function makeDecided(
  ctx: Context,
  type: string,
  values: Values[],
  set: readonly Values[],
): Promise<string[]> {
  const drafts = await draftDecided(ctx, type, values, set);
  refuse(drafts);
  return drafts.map(({ id }) => id);
}

/** The same where one that cannot be made does not hold up the others: its draft says why. */
export function draftDecided(
  ctx: Context,
  type: string,
  values: Values[],
  set: readonly Values[],
): Promise<Draft[]> {
  const inner = { ...ctx };
  decided.set(inner, set);
  return createDrafts(inner, entityNamed(ctx.registry, type), values);
}

function refuse(drafts: readonly Draft[]): void {
  const problems = drafts.flatMap((draft) => draft.problems);
  if (problems.length) throw invalid(problems);
}

/** Enters what the command at work has decided; a new record begins in its first state. */
export function takeDecided(ctx: Context, drafts: Draft[], first?: string): void {
  const set = decided.get(ctx);
  for (const [at, draft] of drafts.entries())
    Object.assign(draft.values, draft.before || first === undefined ? {} : { status: first }, set?.[at]);
}

/** Whether a command is at work, and not a person at the record's form. */
export const isDecided = (ctx: Context): boolean => decided.has(ctx);
