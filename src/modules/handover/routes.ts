import { sql } from 'kysely';
import { z } from 'zod';
import type { Context } from '../../platform/context/context.ts';
import { idsOf, massRecords } from '../../platform/entity/selection-input.ts';
import { notFound } from '../../platform/errors/problem.ts';
import { idParams, type Route, route } from '../../platform/http/route.ts';
import { translate } from '../../platform/i18n/translations.ts';
import { countAlong } from './along.ts';
import { briefing } from './plan/briefing.ts';
import { planInput } from './plan/distribute.ts';
import { labelledKinds, requireGiving, valuesOf, waiting } from './plan/open.ts';
import { preview } from './plan/preview.ts';
import { startHandover } from './plan/run.ts';
import { UNDO_DAYS, undoHandover } from './plan/undo.ts';

const tag = 'handover';
const MOST = 50;
const counts = z.record(z.string().max(100), z.number().int().min(0));
const userParams = z.strictObject({ id: z.uuid() });

/** Handovers of the caller, of administrators all: newest first. */
async function done(ctx: Context) {
  const { rows } = await sql`select h.id, h.user_id as "userId", u.name, h.state, h.created_at as "createdAt",
      h.done_at as "doneAt", h.result, c.name as "createdBy",
      h.state = 'done' and h.done_at > now() - ${`${UNDO_DAYS} days`}::interval as "undoable"
    from handover h join "user" u on u.id = h.user_id left join "user" c on c.id = h.created_by
    where ${ctx.policies.administrator} or h.created_by = ${ctx.principal.userId}
    order by h.created_at desc limit ${MOST}`.execute(ctx.db);
  return rows;
}

async function received(ctx: Context) {
  const { rows } = await sql`select h.id, u.name, h.done_at as at, count(*)::int as count,
      (count(*) filter (where i.entity = 'customer'))::int as customers
    from handover h join handover_item i on i.handover_id = h.id and i.to_owner = ${ctx.principal.userId}
      join "user" u on u.id = h.user_id
    where h.state = 'done' and h.done_at > now() - ${`${UNDO_DAYS} days`}::interval
    group by h.id, u.name, h.done_at order by h.done_at desc limit ${MOST}`.execute(ctx.db);
  return rows;
}

export function handoverRoutes(): Route[] {
  return [
    route({
      method: 'POST',
      path: '/customers/open-work',
      summary: 'What the owners of customers still have to do on them',
      tag,
      body: massRecords,
      bodyLimit: 8 * 1024 * 1024,
      handle: async ({ ctx, body }) => ({ items: await countAlong(ctx, await idsOf(ctx, 'customer', body)) }),
    }),
    route({
      method: 'GET',
      path: '/handovers',
      summary: 'People whose open work waits to be handed over, and what was handed over',
      tag,
      handle: async ({ ctx }) => {
        requireGiving(ctx);
        return {
          waiting: await waiting(ctx),
          done: await done(ctx),
          kinds: labelledKinds(ctx).map((kind) => ({
            ...kind,
            label: translate(ctx.registry.words, ctx.principal.language, kind.label),
          })),
        };
      },
    }),
    route({
      method: 'GET',
      path: '/handovers/received',
      summary: 'What was handed over to oneself in the last 30 days',
      tag,
      handle: async ({ ctx }) => ({ items: await received(ctx) }),
    }),
    route({
      method: 'GET',
      path: '/handovers/of/{id}',
      summary: 'What one person has open',
      tag,
      params: userParams,
      handle: async ({ ctx, params }) => {
        requireGiving(ctx);
        const [person] = await waiting(ctx, params.id);
        if (!person) throw notFound('user');
        return person;
      },
    }),
    route({
      method: 'GET',
      path: '/handovers/of/{id}/values/{field}',
      summary: 'Values of a field among the customers of one person, with how many have each',
      tag,
      params: userParams.extend({ field: z.string().max(100) }),
      handle: async ({ ctx, params }) => {
        requireGiving(ctx);
        return { items: await valuesOf(ctx, params.id, params.field) };
      },
    }),
    route({
      method: 'POST',
      path: '/handovers/of/{id}/preview',
      summary: 'What a plan comes to; nothing is changed',
      tag,
      params: userParams,
      body: z.strictObject({ plan: planInput }),
      handle: ({ ctx, services, params, body }) => {
        requireGiving(ctx);
        return preview(ctx, services, params.id, body.plan);
      },
    }),
    route({
      method: 'POST',
      path: '/handovers/of/{id}',
      summary: 'Hand over by a plan, as a job; refused when the counts are others than those shown',
      tag,
      status: 202,
      params: userParams,
      body: z.strictObject({ plan: planInput, expected: counts }),
      handle: ({ ctx, services, params, body }) => startHandover(ctx, services, params.id, body),
    }),
    route({
      method: 'POST',
      path: '/handovers/{id}/undo',
      summary: 'Give everything back, except what has changed hands since',
      tag,
      params: idParams,
      handle: ({ ctx, params }) => undoHandover(ctx, params.id),
    }),
    route({
      method: 'GET',
      path: '/handovers/{id}/briefing',
      summary: 'What one needs to know of the customers one got',
      tag,
      params: idParams,
      handle: ({ ctx, params }) => briefing(ctx, params.id),
    }),
  ];
}
