import { z } from 'zod';
import { forbidden } from '../../../platform/errors/problem.ts';
import { idParams, type Route, route } from '../../../platform/http/route.ts';
import { addJob } from '../../../platform/jobs/job.ts';
import { togetherJob } from './count.ts';
import { allTogether, setUnwanted, takeBackUnwanted, unwantedBody } from './read.ts';

const tag = 'orders';

/** What is bought together, and what a customer does not want. */
export function togetherRoutes(): Route[] {
  return [
    route({
      method: 'GET',
      path: '/products-together',
      summary: 'Products the same customers buy, with support, confidence and lift',
      tag,
      query: z.strictObject({ product: z.uuid().optional() }),
      handle: async ({ ctx, query }) => ({ items: await allTogether(ctx, query.product) }),
    }),
    route({
      method: 'POST',
      path: '/products-together/count',
      summary: 'Count now instead of next night; for whoever makes rules of it',
      tag,
      status: 202,
      body: z.strictObject({}),
      handle: async ({ ctx }) => {
        if (!ctx.policies.for('productRule').can('create')) throw forbidden();
        return { jobId: await addJob(ctx, togetherJob.name, {}, { key: 'now' }) };
      },
    }),
    route({
      method: 'POST',
      path: '/customers/{id}/unwanted-products',
      summary: 'Do not offer a customer a product for some months, with the reason',
      tag,
      params: idParams,
      body: unwantedBody,
      status: 200,
      handle: ({ ctx, params, body }) => setUnwanted(ctx, params.id, body),
    }),
    route({
      method: 'DELETE',
      path: '/customers/{id}/unwanted-products/{product}',
      summary: 'Offer a customer a product again',
      tag,
      params: z.strictObject({ id: z.uuid(), product: z.uuid() }),
      handle: async ({ ctx, params }) => {
        await takeBackUnwanted(ctx, params.id, params.product);
        return {};
      },
    }),
  ];
}
