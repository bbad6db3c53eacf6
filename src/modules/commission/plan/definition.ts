import { z } from 'zod';
import { Exact } from '../../../platform/money/money.shared.ts';
import { BASES, MODES, type PlanDefinition } from './definition.shared.ts';

/** What is no amount ends the check: it cannot be compared with the others. */
const amount = z.string().regex(/^\d{1,13}(\.\d{1,2})?$/, { abort: true });
const percent = z.string().regex(/^(100(\.0{1,4})?|\d{1,2}(\.\d{1,4})?)$/);
const factor = z.string().regex(/^\d{1,3}(\.\d{1,4})?$/);

/** Tiers that begin at nothing and rise. */
export const risingTiers = (rate: z.ZodType<string>) =>
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
    );

const factorInput = z
  .strictObject({ product: z.uuid().optional(), category: z.uuid().optional(), factor })
  .refine(({ product, category }) => !product !== !category, {
    params: { code: 'commission_factor_of_one' },
    path: ['product'],
  });

/** The shape of a plan's rules. */
export const planDefinition: z.ZodType<PlanDefinition> = z.strictObject({
  base: z.enum(BASES),
  mode: z.enum(MODES),
  tiers: risingTiers(percent),
  factors: z.array(factorInput).max(100).optional(),
  newCustomer: z.strictObject({ days: z.int().min(1).max(3650), factor }).optional(),
  floor: z.strictObject({ maxDiscount: percent.optional(), aboveMinimum: z.boolean().optional() }).optional(),
  cap: amount.optional(),
}) as z.ZodType<PlanDefinition>;

/** What a new plan begins with. */
export const FIRST_DEFINITION: PlanDefinition = {
  base: 'net',
  mode: 'progressive',
  tiers: [{ from: '0', rate: '1' }],
};
