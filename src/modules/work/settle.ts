import type { Context } from '../../platform/context/context.ts';
import type { Draft, Row } from '../../platform/entity/behaviour.ts';
import { changeRows, createDrafts } from '../../platform/entity/records.ts';
import { entityNamed } from '../../platform/entity/registry.ts';
import { invalid, problem } from '../../platform/errors/problem.ts';
import { mayBecome, type Stateful } from './states.ts';

type Values = Record<string, unknown>;

/** What a command sets of read-only fields, by the circumstances it changes records in. */
const decided = new WeakMap<Context, readonly Values[]>();

interface Step {
  /** The state it goes to; left out where it stays. */
  to?: string;
  /** Fields a person may write. */
  values?: Values;
  /** Fields only commands write. */
  set?: Values;
  /** The verb in the audit. */
  action: string;
}

/** Carries a locked record into another state, or throws `state_refused`. */
export async function settle(ctx: Context, type: Stateful, row: Row, step: Step): Promise<void> {
  const entity = entityNamed(ctx.registry, type);
  const from = row.status as string;
  if (step.to !== undefined && !mayBecome(type, from, step.to)) {
    const option = entity.fields.status?.options.find(({ value }) => value === from);
    throw problem('state_refused', {
      status: 409,
      params: { state: option?.[ctx.principal.language] ?? from },
    });
  }
  const inner = { ...ctx };
  decided.set(inner, [{ ...step.set, ...(step.to === undefined ? {} : { status: step.to }) }]);
  const { drafts } = await changeRows(inner, entity, [{ row, values: step.values ?? {} }], {
    action: step.action,
  });
  const problems = drafts.flatMap((draft) => draft.problems);
  if (problems.length) throw invalid(problems);
}

/** Makes records of which only commands write some fields; `set` stands beside the values in the same order. */
export async function makeDecided(
  ctx: Context,
  type: Stateful,
  values: Values[],
  set: Values[],
): Promise<void> {
  const inner = { ...ctx };
  decided.set(inner, set);
  const drafts = await createDrafts(inner, entityNamed(ctx.registry, type), values);
  const problems = drafts.flatMap((draft) => draft.problems);
  if (problems.length) throw invalid(problems);
}

/** Enters what the command at work has decided; a new record begins in its first state. */
export function takeDecided(ctx: Context, drafts: Draft[], first: string): void {
  const set = decided.get(ctx);
  for (const [at, draft] of drafts.entries())
    Object.assign(draft.values, draft.before ? {} : { status: first }, set?.[at]);
}
