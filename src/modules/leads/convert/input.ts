import { z } from 'zod';

const text = (max: number) => z.string().trim().min(1).max(max);

/** What becomes of a lead: a customer there is or a new one, a person, and perhaps business. */
export const convertInput = z.strictObject({
  customer: z.union([
    z.strictObject({ id: z.uuid() }),
    z.strictObject({ name: text(200), kind: z.enum(['company', 'person']).default('company') }),
  ]),
  /** Null for a customer who is the person himself. */
  contact: z.union([z.strictObject({ id: z.uuid() }), z.strictObject({ name: text(100) })]).nullable(),
  opportunity: z
    .strictObject({
      name: text(200).optional(),
      amount: z.strictObject({ amount: z.string().max(30), currency: z.string().length(3) }).nullish(),
      closeDate: z.iso.date().nullish(),
      stage: z.uuid().optional(),
    })
    .nullable(),
  /** A new customer although one that is certainly the same is there. */
  despite: z.boolean().default(false),
});

export type ConvertInput = z.output<typeof convertInput>;
