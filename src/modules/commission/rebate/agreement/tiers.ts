import { z } from 'zod';
import { Exact } from '../../../../platform/money/money.shared.ts';
import type { Tier } from '../../plan/definition.shared.ts';

/** What a new agreement begins with. */
export const FIRST_TIERS: readonly Tier[] = [
  { from: '0', rate: '0' },
  { from: '100000', rate: '1' },
];

const amount = z.string().regex(/^\d{1,13}(\.\d{1,2})?$/, { abort: true });
const rate = z.string().regex(/^\d{1,9}(\.\d{1,4})?$/, { abort: true });

/** Tiers that rise from nothing; of amounts nobody gets back more than he paid. */
export const tiersOf = (measure: unknown): z.ZodType<Tier[]> =>
  z
    .array(z.strictObject({ from: amount, rate }))
    .min(1)
    .max(20)
    .refine((tiers) => new Exact(tiers[0]?.from ?? 1).isZero(), {
      params: { code: 'commission_tiers_from_zero' },
      path: [0, 'from'],
    })
    .refine(
      (tiers) => tiers.every(({ from }, at) => at === 0 || new Exact(from).gt(tiers[at - 1]?.from ?? 0)),
      { params: { code: 'steps_not_ascending' } },
    )
    .refine((tiers) => measure === 'quantity' || tiers.every(({ rate: each }) => new Exact(each).lte(100)), {
      params: { code: 'rebate_above_whole' },
    });
