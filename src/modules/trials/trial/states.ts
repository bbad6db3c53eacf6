import type { Context } from '../../../platform/context/context.ts';
import { dayOf } from '../../../platform/context/day.ts';
import type { Row } from '../../../platform/entity/behaviour.ts';
import { decide } from '../../../platform/entity/decided.ts';
import { entityNamed } from '../../../platform/entity/registry.ts';
import { problem } from '../../../platform/errors/problem.ts';
import { TRIAL_STATES, type TrialStatus } from './entity.ts';

type Values = Record<string, unknown>;

/** Carries a locked trial into another state, or throws `trial_state`. */
export async function settleTrial(
  ctx: Context,
  row: Row,
  to: TrialStatus,
  step: { action: string; set?: Values; values?: Values; holder?: string },
): Promise<void> {
  const from = row.status as TrialStatus;
  if (!TRIAL_STATES[from].includes(to)) {
    const option = entityNamed(ctx.registry, 'trial').fields.status?.options.find(
      ({ value }) => value === from,
    );
    throw problem('trial_state', {
      status: 409,
      params: { state: option?.[ctx.principal.language] ?? from },
    });
  }
  const { action, set, values, holder } = step;
  await decide(
    ctx,
    'trial',
    [row],
    { ...set, status: to },
    {
      action,
      ...(values ? { values } : {}),
      ...(holder ? { holder } : {}),
    },
  );
}

/** It leaves our house: from now on its time runs. */
export async function handOut(ctx: Context, row: Row, day: string | null, holder?: string): Promise<void> {
  const outOn = day ?? (row.out_on as string | null) ?? dayOf(ctx);
  await settleTrial(ctx, row, 'out', {
    action: 'trialOut',
    set: { outOn: outOn > dayOf(ctx) ? dayOf(ctx) : outOn },
    ...(holder ? { holder } : {}),
  });
}
