import { z } from 'zod';
import { Exact } from '../../../../platform/money/money.shared.ts';
import type { Tier } from '../../plan/definition.shared.ts';
import { risingTiers } from '../../plan/definition.ts';

/** What a new agreement begins with. */
export const FIRST_TIERS: readonly Tier[] = [
  { from: '0', rate: '0' },
  { from: '100000', rate: '1' },
];

const rate = z.string().regex(/^\d{1,9}(\.\d{1,4})?$/, { abort: true });

/** Tiers that rise from nothing; of amounts nobody gets back more than he paid. */
export const tiersOf = (measure: unknown): z.ZodType<Tier[]> =>
  risingTiers(rate).refine(
    (tiers) => measure === 'quantity' || tiers.every(({ rate: each }) => new Exact(each).lte(100)),
    { params: { code: 'rebate_above_whole' } },
  );
