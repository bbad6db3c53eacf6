import { z } from 'zod';
import type { Context } from '../../../platform/context/context.ts';
import { idsOf, manyRecords } from '../../../platform/entity/selection-input.ts';
import { problem } from '../../../platform/errors/problem.ts';
import { idParams, type Route, route } from '../../../platform/http/route.ts';
import { translate } from '../../../platform/i18n/translations.ts';
import { recycling } from '../recycle/preview.ts';
import { assign, claim, type Moved, release } from './claim.ts';
import { historyOf } from './history.ts';
import { myPools } from './mine.ts';
import { reveal } from './reveal.ts';
import { undoMoves } from './undo.ts';

const tag = 'pools';
/** Moved in one transaction. */
const MOST = 1000;

const reason = z.string().trim().min(1).max(500);
const person = z.union([z.uuid(), z.object({ id: z.uuid() }).transform(({ id }) => id)]);

/** The customers meant: in the order of the list where it matters who comes first, each once. */
async function chosen(ctx: Context, many: z.infer<typeof manyRecords>): Promise<string[]> {
  const ids = many.ids ? [...new Set(many.ids)] : await idsOf(ctx, 'customer', many);
  if (ids.length > MOST) throw problem('too_many_selected', { status: 422, params: { max: MOST } });
  return ids;
}

const CONFLICT = 409;
const STATUS: Record<string, number> = { not_found: 404, forbidden: 403, pool_not_member: 403 };

/** One customer that is refused is a refusal; of many each says why in the caller's words. */
function answer(ctx: Context, { done, changed, refused }: Moved) {
  const [only] = refused;
  if (only && refused.length === 1 && done.length === 0)
    throw problem(only.code, { status: STATUS[only.code] ?? CONFLICT, params: only.params ?? {} });
  const { words } = ctx.registry;
  return {
    done,
    changed,
    refused: refused.map(({ id, code, params }) => ({
      id,
      code,
      message: translate(words, ctx.principal.language, `error.${code}`, params),
    })),
  };
}

export function poolRoutes(): Route[] {
  return [
    route({
      method: 'POST',
      path: '/customers/claim',
      summary: 'Take customers out of a pool; each that is refused says why',
      tag,
      body: manyRecords,
      handle: async ({ ctx, body }) => answer(ctx, await claim(ctx, await chosen(ctx, body))),
    }),
    route({
      method: 'POST',
      path: '/customers/assign',
      summary: 'Give customers of a pool to a person',
      tag,
      body: manyRecords.extend({ owner: person, reason: reason.optional() }),
      handle: async ({ ctx, body: { owner, reason: why, ...many } }) =>
        answer(ctx, await assign(ctx, await chosen(ctx, many), { owner, reason: why })),
    }),
    route({
      method: 'POST',
      path: '/customers/release',
      summary: 'Put customers into a pool: the one named, or the first that fits',
      tag,
      body: manyRecords.extend({ reason, pool: z.uuid().optional() }),
      handle: async ({ ctx, body: { reason: why, pool, ...many } }) =>
        answer(ctx, await release(ctx, await chosen(ctx, many), { reason: why, pool })),
    }),
    route({
      method: 'GET',
      path: '/pools/mine',
      summary: 'The pools one may take from, and how much one has taken',
      tag,
      handle: async ({ ctx }) => ({ items: await myPools(ctx) }),
    }),
    route({
      method: 'POST',
      path: '/customers/undo-move',
      summary: 'Take back what one has just claimed, assigned or released',
      tag,
      body: z.strictObject({ ids: z.array(z.uuid()).min(1).max(MOST) }),
      handle: async ({ ctx, body }) => answer(ctx, await undoMoves(ctx, [...new Set(body.ids)])),
    }),
    route({
      method: 'GET',
      path: '/pools/recycling',
      summary: 'What would be recycled tonight, and what has been warned of',
      tag,
      query: z.strictObject({ pool: z.uuid().optional() }),
      handle: ({ ctx, query }) => recycling(ctx, query.pool),
    }),
    route({
      method: 'GET',
      path: '/customers/{id}/moves',
      summary: 'Who had a customer when, and how it stands towards its pool',
      tag,
      params: idParams,
      handle: ({ ctx, params }) => historyOf(ctx, params.id),
    }),
    route({
      method: 'POST',
      path: '/reveal',
      summary: 'Show a masked value of a record that waits in a pool; written down, and limited per day',
      tag,
      body: z.strictObject({ entity: z.string().max(100), id: z.uuid(), field: z.string().max(100) }),
      handle: ({ ctx, body }) => reveal(ctx, body),
    }),
  ];
}
