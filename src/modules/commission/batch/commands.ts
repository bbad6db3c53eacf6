import { z } from 'zod';
import { defineCommand } from '../../../platform/command/command.ts';
import { asSystem } from '../../../platform/context/context.ts';
import { dayOf } from '../../../platform/context/day.ts';
import { makeDecided } from '../../../platform/entity/decided.ts';
import { invalid } from '../../../platform/errors/problem.ts';
import { Exact, isTooPrecise } from '../../../platform/money/money.shared.ts';
import { batchCommandsOf, inStatus, reason, signedAmount } from '../settle/commands.ts';
import { settleBatch } from '../settle/fill.ts';
import { commissionSettlement } from './settlement.ts';

const adjust = defineCommand({
  entity: 'commissionBatch',
  on: 'one',
  action: 'update',
  name: 'commission-adjust',
  summary: 'Add to or take from what a batch pays somebody, with the reason',
  input: z.strictObject({ person: z.uuid(), amount: signedAmount, reason }),
  async run(ctx, { rows, input: { person, amount, reason: name } }) {
    const batch = inStatus(rows, 'draft');
    if (new Exact(amount).isZero() || isTooPrecise(amount, ctx.currency))
      throw invalid([{ path: 'amount', code: 'commission_amount' }]);
    const values = { owner: person, day: dayOf(ctx), amount: { amount, currency: ctx.currency }, name };
    const set = { kind: 'adjustment', status: 'inBatch', batch: batch.id };
    const [id] = await makeDecided(asSystem(ctx, 'adjust'), 'commissionRow', [values], [set]);
    await settleBatch(ctx, commissionSettlement, batch, {}, { action: 'commissionAdjust' });
    return { id };
  },
});

export const batchCommands = [...batchCommandsOf(commissionSettlement), adjust];
