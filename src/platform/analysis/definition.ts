import { z } from 'zod';
import type { Filter } from '../entity/meta.shared.ts';
import { DATE_PARTS, FUNCTIONS, type ReportQuery, SHOWN_AS } from './query.shared.ts';

/** Checked where it is compiled, with the reader's rights. */
const filter = z.custom<Filter>(
  (value) => typeof value === 'object' && value !== null && !Array.isArray(value),
  {
    message: 'wrong_type',
  },
);
const field = z.string().min(1).max(200);

const group = z.strictObject({
  field,
  by: z.enum(DATE_PARTS).optional(),
  cuts: z
    .array(z.number().min(-1e12).max(1e12))
    .min(1)
    .max(20)
    .refine((cuts) => cuts.every((cut, at) => at === 0 || cut > (cuts[at - 1] as number)))
    .optional(),
});

const aggregate = z.strictObject({
  fn: z.enum(FUNCTIONS),
  field: field.optional(),
  since: field.optional(),
  where: filter.optional(),
});

const shown = { label: z.string().trim().max(60).optional(), show: z.enum(SHOWN_AS).optional() };
const value = z.union([
  aggregate.extend(shown),
  z.strictObject({ ratio: z.tuple([aggregate, aggregate]), ...shown }),
]);

/** More of them nobody reads, and no database answers soon. */
export const reportQuery: z.ZodType<ReportQuery> = z.strictObject({
  entity: z.string().min(1).max(100),
  filter: filter.optional(),
  rows: z.array(group).max(4).default([]),
  columns: z.array(group).max(2).default([]),
  values: z.array(value).min(1).max(10),
  sort: z
    .strictObject({
      by: z.union([z.literal('label'), z.int().min(0).max(9)]),
      desc: z.boolean().optional(),
    })
    .optional(),
  limit: z.int().min(1).max(1000).optional(),
});
