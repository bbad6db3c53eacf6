import { z } from 'zod';
import { defineCommand } from '../../../platform/command/command.ts';
import type { Row } from '../../../platform/entity/behaviour.ts';
import { decide } from '../../../platform/entity/decided.ts';
import { invalid, problem } from '../../../platform/errors/problem.ts';
import { reckonFrom } from '../reckon/follow.ts';

const base = { entity: 'commissionPlan', on: 'one', action: 'update' } as const;

const putInForce = defineCommand({
  ...base,
  name: 'commission-start',
  summary: 'Put a commission plan into force; what was received since its first day is counted',
  input: z.strictObject({}),
  async run(ctx, { rows: [row] }) {
    const plan = row as Row;
    if (plan.status !== 'draft') throw problem('commission_plan_in_force', { status: 409 });
    await decide(ctx, 'commissionPlan', [plan], { status: 'inForce' }, { action: 'commissionStart' });
    const job = await reckonFrom(ctx, plan.valid_from as string, plan.valid_to as string | null);
    return { status: 'inForce', job };
  },
});

const end = defineCommand({
  ...base,
  name: 'commission-end',
  summary: 'End a commission plan after a day; what was earned by it stays',
  input: z.strictObject({ day: z.iso.date() }),
  async run(ctx, { rows: [row], input }) {
    const plan = row as Row;
    if (plan.status !== 'inForce') throw problem('commission_plan_not_in_force', { status: 409 });
    if (input.day < (plan.valid_from as string)) throw invalid([{ path: 'day', code: 'ends_before_start' }]);
    await decide(
      ctx,
      'commissionPlan',
      [plan],
      { status: 'ended', validTo: input.day },
      { action: 'commissionEnd' },
    );
    return { status: 'ended' };
  },
});

export const planCommands = [putInForce, end];
