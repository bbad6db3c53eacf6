import { z } from 'zod';
import { MEASURES } from '../target/entity.ts';

const number = z.string().regex(/^-?\d{1,9}(\.\d{1,4})?$/, { message: 'wrong_type' });

/** 指标: what a person is judged by. Computed by a formula, or a score his superior gives. */
export const indicatorInput = z.strictObject({
  key: z.string().regex(/^[a-z0-9]{1,20}$/),
  name: z.string().trim().min(1).max(60),
  kind: z.enum(['computed', 'judged']),
  /** Its share of the whole, in per cent. */
  weight: number,
  measure: z.enum(MEASURES).nullable().default(null),
  product: z.uuid().nullable().default(null),
  category: z.uuid().nullable().default(null),
  /** Its score, see platform/formula; without one the share of the target that was reached, in per cent. */
  formula: z.string().trim().max(2000).default(''),
  /** The score is never more, nor less. */
  most: number.nullable().default(null),
  least: number.nullable().default(null),
  /** What the superior goes by. */
  note: z.string().trim().max(500).default(''),
});
export type Indicator = z.output<typeof indicatorInput>;

export const definitionInput = z.strictObject({
  indicators: z.array(indicatorInput).min(1).max(30),
  /** 等级: from which score on. */
  levels: z
    .array(z.strictObject({ name: z.string().trim().min(1).max(20), from: number }))
    .max(10)
    .default([]),
});
export type Definition = z.output<typeof definitionInput>;
