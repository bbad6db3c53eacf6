import { z } from 'zod';
import { idParams, type Route, route } from '../../platform/http/route.ts';
import type { ModelDefinition } from './model/definition.shared.ts';
import { definitionInput } from './model/definition.ts';
import { allModels, saveModel } from './model/store.ts';
import { cardOf } from './stage/card.ts';
import { funnelOf, modelParams, movedCustomers, movedInput, periodInput } from './stage/funnel.ts';
import { moveByHand, moveInput } from './stage/hand.ts';
import { makeWork, workInput } from './stage/work.ts';

const tag = 'lifecycle';

export function lifecycleRoutes(): Route[] {
  return [
    route({
      method: 'GET',
      path: '/lifecycle/models',
      summary: 'Both models with their stages and rules',
      tag,
      handle: async ({ ctx }) => ({ items: await allModels(ctx) }),
    }),
    route({
      method: 'PUT',
      path: '/lifecycle/models/{code}',
      summary: 'Change a model, switch it on or off',
      tag,
      access: 'administrator',
      params: modelParams,
      body: z.strictObject({ active: z.boolean(), definition: definitionInput }),
      handle: ({ ctx, params, body }) =>
        saveModel(ctx, params.code, { ...body, definition: body.definition as ModelDefinition }),
    }),
    route({
      method: 'GET',
      path: '/lifecycle/funnel/{code}',
      summary: 'Customers by stage, and the moves of a period',
      tag,
      params: modelParams,
      query: periodInput,
      handle: ({ ctx, params, query }) => funnelOf(ctx, params.code, query),
    }),
    route({
      method: 'GET',
      path: '/lifecycle/moved/{code}',
      summary: 'The customers behind a move of the funnel',
      tag,
      params: modelParams,
      query: movedInput,
      handle: ({ ctx, params, query }) => movedCustomers(ctx, params.code, query),
    }),
    route({
      method: 'GET',
      path: '/lifecycle/of/{id}',
      summary: "A customer's stages with their history",
      tag,
      params: idParams,
      handle: ({ ctx, params }) => cardOf(ctx, params.id),
    }),
    route({
      method: 'POST',
      path: '/lifecycle/of/{id}/move',
      summary: 'Put a customer into a stage by hand',
      tag,
      params: idParams,
      body: moveInput,
      handle: async ({ ctx, params, body }) => {
        await moveByHand(ctx, params.id, body);
        return cardOf(ctx, params.id);
      },
    }),
    route({
      method: 'POST',
      path: '/lifecycle/of/{id}/work',
      summary: 'Make tasks of the work a stage recommends',
      tag,
      status: 201,
      params: idParams,
      body: workInput,
      handle: async ({ ctx, params, body }) => {
        const { made } = await makeWork(ctx, params.id, body);
        return { made, ...(await cardOf(ctx, params.id)) };
      },
    }),
  ];
}
