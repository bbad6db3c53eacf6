import type { Context } from '../../platform/context/context.ts';
import type { Row } from '../../platform/entity/behaviour.ts';
import { decide } from '../../platform/entity/decided.ts';
import { entityNamed } from '../../platform/entity/registry.ts';
import { problem } from '../../platform/errors/problem.ts';
import { mayBecome, type Stateful } from './states.ts';

type Values = Record<string, unknown>;

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
  const { to, values, set, action } = step;
  const from = row.status as string;
  if (to !== undefined && !mayBecome(type, from, to)) {
    const { fields } = entityNamed(ctx.registry, type);
    const option = fields.status?.options.find(({ value }) => value === from);
    throw problem('state_refused', {
      status: 409,
      params: { state: option?.[ctx.principal.language] ?? from },
    });
  }
  const state = to === undefined ? {} : { status: to };
  await decide(ctx, type, [row], { ...set, ...state }, { action, ...(values ? { values } : {}) });
}
