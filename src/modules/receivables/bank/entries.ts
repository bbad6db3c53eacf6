import { asSystem, type Context } from '../../../platform/context/context.ts';
import { dayOf } from '../../../platform/context/day.ts';
import type { Row } from '../../../platform/entity/behaviour.ts';
import { decide } from '../../../platform/entity/decided.ts';
import { lockRows } from '../../../platform/entity/records.ts';
import { entityNamed } from '../../../platform/entity/registry.ts';
import { reverse } from '../../../platform/ledger/post.ts';
import { balancesOf, postingsOf } from '../../../platform/ledger/read.ts';
import { Exact, roundMoney } from '../../../platform/money/money.shared.ts';
import { receivable } from '../book.ts';

/** Writes onto an entry what of it nobody has claimed, as the ledger says it, and who claimed the rest. */
export async function keepLeft(
  ctx: Context,
  entry: Row,
  claimedBy: string | null,
  action: string,
): Promise<void> {
  const id = entry.id as string;
  const currency = entry.amount_currency as string;
  const left = roundMoney(
    (await balancesOf(ctx, receivable, 'bankEntry', [id])).get(id)?.[0]?.balance ?? '0',
    currency,
  );
  const status = new Exact(left).isZero()
    ? 'claimed'
    : new Exact(left).eq(entry.amount as string)
      ? 'open'
      : 'partly';
  const set = { status, left: { amount: left, currency }, claimedBy: status === 'open' ? null : claimedBy };
  await decide(asSystem(ctx, action), 'bankEntry', [entry], set, { action });
}

/** What a receipt had claimed of an entry of the bank waits for somebody again. */
export async function giveBack(ctx: Context, receipt: Row, reason: string): Promise<void> {
  const id = receipt.bank_entry_id as string | null;
  if (!id) return;
  const [entry] = await lockRows(asSystem(ctx, 'giveBack'), entityNamed(ctx.registry, 'bankEntry'), [id]);
  const claims = (await postingsOf(ctx, receivable, receipt.id as string)).filter(
    ({ kind, reverses, reversedBy }) => kind === 'claim' && !reverses && !reversedBy,
  );
  await reverse(
    ctx,
    receivable,
    claims.map((claim) => claim.id),
    { day: dayOf(ctx), remark: reason },
  );
  if (entry) await keepLeft(ctx, entry, entry.claimed_by_id as string | null, 'giveBack');
}
