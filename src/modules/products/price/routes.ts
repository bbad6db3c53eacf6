import { z } from 'zod';
import { dayOf } from '../../../platform/context/day.ts';
import { forbidden } from '../../../platform/errors/problem.ts';
import { type Route, route } from '../../../platform/http/route.ts';
import { isCurrency } from '../../../platform/money/currencies.shared.ts';
import { pricesFor } from './prices.ts';

const MOST_LINES = 500;
const quantity = z
  .string()
  .regex(/^\d{1,12}(\.\d{1,6})?$/)
  .refine((text) => /[1-9]/.test(text));

export const priceBody = z.strictObject({
  customer: z.uuid().optional(),
  currency: z.string().refine(isCurrency).optional(),
  channel: z.string().max(200).optional(),
  /** The company's day, unless another is named. */
  date: z.iso.date().optional(),
  lines: z
    .array(
      z.strictObject({
        product: z.uuid(),
        unit: z.string().max(20).nullish(),
        quantity,
        /** Of a bundle: the parts that are taken, with what stands in place of each. */
        chosen: z
          .array(z.strictObject({ part: z.uuid(), product: z.uuid() }))
          .max(100)
          .optional(),
      }),
    )
    .min(1)
    .max(MOST_LINES),
});

/** Prices are asked with many lines at once, so in a body; nothing is written. */
export const pricesRoute = (): Route =>
  route({
    method: 'POST',
    path: '/products/prices',
    summary: 'Prices of products for a customer on a day, with where each comes from',
    tag: 'products',
    body: priceBody,
    status: 200,
    handle: ({ ctx, body }) => {
      if (!ctx.policies.for('product').can('read')) throw forbidden();
      return pricesFor(ctx, { ...body, date: body.date ?? dayOf(ctx) });
    },
  });
