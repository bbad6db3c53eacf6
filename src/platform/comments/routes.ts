import { z } from 'zod';
import { entityOfPath } from '../entity/path.ts';
import { readRecord } from '../entity/records.ts';
import { type Call, idParams, limitOf, type Route, route } from '../http/route.ts';
import { isFollowing, type PersonContext, setFollowing } from './follow.ts';
import { mentionable } from './people.ts';
import { commentsOn, searchComments } from './read.ts';
import { addComment, commentPatch, deleteComment, editComment, newComment } from './write.ts';

const tag = 'comments';
const record = z.strictObject({ plural: z.string().max(100), id: z.uuid() });

/** Comments on records of any type, and following them (PRO-4). */
export function commentRoutes(personContext: PersonContext): Route[] {
  const writer = ({ ctx, services }: Pick<Call, 'ctx' | 'services'>) => ({ ctx, services, personContext });
  return [
    route({
      method: 'GET',
      path: '/{plural}/{id}/comments',
      summary: 'What was said about a record, and whether one follows it',
      tag,
      params: record,
      handle: async ({ ctx, params }) => {
        const entity = entityOfPath(ctx, params.plural);
        const { id } = await readRecord(ctx, entity.name, params.id);
        const [items, following] = await Promise.all([commentsOn(ctx, [id]), isFollowing(ctx, entity, id)]);
        return { items, following };
      },
    }),
    route({
      method: 'POST',
      path: '/{plural}/{id}/comments',
      summary: 'Say something about a record, and mention people',
      tag,
      params: record,
      body: newComment,
      status: 201,
      handle: (call) =>
        addComment(writer(call), entityOfPath(call.ctx, call.params.plural), call.params.id, call.body),
    }),
    route({
      method: 'PATCH',
      path: '/comments/{id}',
      summary: 'Change one’s own comment',
      tag,
      params: idParams,
      body: commentPatch,
      handle: (call) => editComment(writer(call), call.params.id, call.body),
    }),
    route({
      method: 'DELETE',
      path: '/comments/{id}',
      summary: 'Take back one’s own comment',
      tag,
      params: idParams,
      handle: ({ ctx, params }) => deleteComment(ctx, params.id),
    }),
    route({
      method: 'GET',
      path: '/comments',
      summary: 'Comments that hold these words, on records one may read',
      tag,
      query: z.strictObject({ q: z.string().max(200), limit: limitOf(50).optional() }),
      handle: async ({ ctx, query }) => ({ items: await searchComments(ctx, query.q, query.limit ?? 10) }),
    }),
    route({
      method: 'GET',
      path: '/{plural}/{id}/mentionable',
      summary: 'Whom one may mention, by name or pinyin, and whether they may read the record',
      tag,
      params: record,
      query: z.strictObject({ q: z.string().max(200).optional() }),
      handle: async (call) => ({
        items: await mentionable(
          writer(call),
          entityOfPath(call.ctx, call.params.plural),
          call.params.id,
          call.query.q,
        ),
      }),
    }),
    route({
      method: 'PUT',
      path: '/{plural}/{id}/following',
      summary: 'Follow a record, or no longer',
      tag,
      params: record,
      body: z.strictObject({ following: z.boolean() }),
      handle: async ({ ctx, params, body }) => {
        const entity = entityOfPath(ctx, params.plural);
        const { id } = await readRecord(ctx, entity.name, params.id);
        await setFollowing(ctx, entity, id, body.following);
        return body;
      },
    }),
  ];
}
