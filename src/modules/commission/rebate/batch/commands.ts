import { z } from 'zod';
import { defineCommand } from '../../../../platform/command/command.ts';
import { dayOf } from '../../../../platform/context/day.ts';
import { readRecord } from '../../../../platform/entity/records.ts';
import { invalid } from '../../../../platform/errors/problem.ts';
import { Exact, isTooPrecise } from '../../../../platform/money/money.shared.ts';
import type { Period } from '../../plan/definition.shared.ts';
import { periodStart } from '../../reckon/tiers.shared.ts';
import { batchCommandsOf, inStatus, reason, signedAmount } from '../../settle/commands.ts';
import { settleBatch } from '../../settle/fill.ts';
import { enterMoves } from '../reckon/store.ts';
import { rebateSettlement } from './settlement.ts';

const adjust = defineCommand({
  entity: 'rebateBatch',
  on: 'one',
  action: 'update',
  name: 'rebate-adjust',
  summary: 'Add to or take from what a batch gives by an agreement, with the reason',
  input: z.strictObject({ agreement: z.uuid(), amount: signedAmount, reason }),
  async run(ctx, { rows, input: { agreement, amount, reason: name } }) {
    const batch = inStatus(rows, 'draft');
    const found = await readRecord(ctx, 'rebateAgreement', agreement);
    if (found.status === 'draft') throw invalid([{ path: 'agreement', code: 'rebate_not_in_force' }]);
    if (found.currency !== batch.currency) throw invalid([{ path: 'agreement', code: 'other_currency' }]);
    if (new Exact(amount).isZero() || isTooPrecise(amount, batch.currency as string))
      throw invalid([{ path: 'amount', code: 'commission_amount' }]);
    await enterMoves(ctx, [
      {
        ...{ agreement, name, amount, base: '0', day: dayOf(ctx), kind: 'adjustment' },
        ...{ status: 'inBatch', batch: batch.id as string },
        period: periodStart(found.period as Period, batch.until as string),
      },
    ]);
    await settleBatch(ctx, rebateSettlement, batch, {}, { action: 'rebateAdjust' });
    return { status: 'draft' };
  },
});

export const rebateBatchCommands = [...batchCommandsOf(rebateSettlement), adjust];
