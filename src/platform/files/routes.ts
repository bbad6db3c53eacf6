import { sql } from 'kysely';
import { z } from 'zod';
import type { Context } from '../context/context.ts';
import { createRecord, readRecord } from '../entity/records.ts';
import { forbidden, problem } from '../errors/problem.ts';
import { idParams, type Route, route } from '../http/route.ts';
import { isInline } from './content-type.ts';
import { type SentFile, sendFile, sendThumbnail } from './send.ts';
import { folderStore } from './store.ts';
import { thumbnailOf } from './thumbnail.ts';
import { receiveUpload } from './upload.ts';

const tag = 'files';
const switchOn = z.enum(['1', '0', 'true', 'false']).transform((text) => text === '1' || text === 'true');

/** Files on records. Listing, renaming and deleting them are the routes of any record type. */
export function fileRoutes(): Route[] {
  return [
    route({
      method: 'POST',
      path: '/attachments',
      outside: true,
      summary:
        'Attach a file to a customer, or to what hangs on one; form fields name the record and may give a name',
      tag,
      status: 201,
      receive: async ({ ctx, services, request }) => {
        if (!ctx.policies.for('attachment').can('create')) throw forbidden();
        const upload = await receiveUpload(ctx, folderStore(services.dataDir), request);
        const { name, fields, digest } = upload;
        // What no attachment names is cleaned away at night.
        return { body: upload, digest: JSON.stringify([name, fields, digest]), discard: async () => {} };
      },
      handle: async ({ ctx, body: { id, name, fields }, reply }) => {
        const record = await createRecord(ctx, 'attachment', { name, ...fields, file: id });
        reply.header('etag', `"${record.version}"`).header('location', `/api/v1/attachments/${record.id}`);
        return record;
      },
    }),
    route({
      method: 'GET',
      path: '/attachments/{id}/content',
      outside: true,
      summary: 'The file itself; with inline=1 to be shown, where that is safe',
      tag,
      params: idParams,
      query: z.strictObject({ inline: switchOn.optional() }),
      handle: async ({ ctx, services, params, query, request, reply }) => {
        const file = await fileOf(ctx, params.id);
        return sendFile(
          folderStore(services.dataDir),
          file,
          { inline: query.inline ?? false },
          request,
          reply,
        );
      },
    }),
    route({
      method: 'GET',
      path: '/attachments/{id}/thumbnail',
      outside: true,
      summary: 'A small picture of an image file',
      tag,
      params: idParams,
      query: z.strictObject({}),
      handle: async ({ ctx, services, params, request, reply }) => {
        const file = await fileOf(ctx, params.id);
        const store = folderStore(services.dataDir);
        const picture = await thumbnailOf(store, file);
        if (picture instanceof Buffer) return sendThumbnail(picture, file, request, reply);
        if (picture === 'huge' || !isPicture(file.mime)) throw problem('no_thumbnail', { status: 404 });
        return sendFile(store, file, { inline: true }, request, reply);
      },
    }),
  ];
}

/** Shown by browsers themselves. */
const isPicture = (mime: string) => mime.startsWith('image/') && isInline(mime);

/** The stored file of an attachment the caller may read. */
async function fileOf(ctx: Context, id: string): Promise<SentFile> {
  await readRecord(ctx, 'attachment', id);
  const { rows } =
    await sql<SentFile>`select digest, name, mime, size from attachment where id = ${id}`.execute(ctx.db);
  return rows[0] as SentFile;
}
