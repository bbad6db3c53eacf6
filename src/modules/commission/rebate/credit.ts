import { asSystem, type Context } from '../../../platform/context/context.ts';
import type { Row } from '../../../platform/entity/behaviour.ts';
import { decide } from '../../../platform/entity/decided.ts';
import { post } from '../../../platform/ledger/post.ts';
import { balancesOf } from '../../../platform/ledger/read.ts';
import { roundMoney } from '../../../platform/money/money.shared.ts';
import { receivable } from '../../receivables/public.ts';

/** Writes what is left of their credit onto locked agreements, as the ledger says it. */
export async function keepCredit(ctx: Context, rows: readonly Row[], action: string): Promise<void> {
  const ids = rows.map(({ id }) => id as string);
  const held = await balancesOf(ctx, receivable, 'rebate', ids);
  for (const row of rows) {
    const currency = row.currency as string;
    const amount = roundMoney(held.get(row.id as string)?.[0]?.balance ?? '0', currency);
    // Rights are those of the command, which has been asked for them.
    await decide(
      asSystem(ctx, action),
      'rebateAgreement',
      [row],
      { credit: { amount, currency } },
      { action },
    );
  }
}

/** Enters what locked agreements give as credit of their customers. */
export async function creditAgreements(
  ctx: Context,
  credits: readonly { row: Row; amount: string }[],
  { day, remark }: { day: string; remark: string },
): Promise<void> {
  if (credits.length === 0) return;
  await post(
    ctx,
    receivable,
    credits.map(({ row, amount }) => {
      const id = row.id as string;
      const move = { account: 'rebate' as const, id, unit: row.currency as string, amount };
      return { kind: 'rebate', source: id, day, remark, moves: [move] };
    }),
  );
  await keepCredit(
    ctx,
    credits.map(({ row }) => row),
    'rebateCredited',
  );
}
