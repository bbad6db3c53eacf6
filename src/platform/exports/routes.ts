import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { z } from 'zod';
import { chosen } from '../approvals/input.ts';
import { needsApproval, startApproval } from '../approvals/start.ts';
import { dayOf } from '../context/day.ts';
import { inTransaction } from '../context/transaction.ts';
import { selectionOf } from '../entity/list.ts';
import { notFound, problem } from '../errors/problem.ts';
import { downloadHeaders } from '../http/download.ts';
import { idParams, type Route, route } from '../http/route.ts';
import { addJob } from '../jobs/job.ts';
import { exportedFields, requireExport } from './export.ts';
import { type ExportRecord, exportOf, exportPath, insertExport, updateExport } from './store.ts';

const tag = 'exports';

/** Files out: asked for, written as a job, fetched by who asked. */
export function exportRoutes(): Route[] {
  return [
    route({
      method: 'POST',
      path: '/exports',
      summary: 'Write records to a file as a job; fetch it from /exports/{id}/content',
      tag,
      status: 202,
      body: z.strictObject({
        entity: z.string().max(100),
        format: z.enum(['csv', 'xlsx']),
        filter: z.unknown().optional(),
        q: z.string().max(200).optional(),
        sort: z.string().max(500).optional(),
        columns: z.array(z.string().max(100)).min(1).max(500).optional(),
        ids: z.array(z.uuid()).min(1).max(100_000).optional(),
        /** Of the approval, where the company wants one. */
        chosen,
      }),
      bodyLimit: 8 * 1024 * 1024,
      handle: async ({ ctx, body }) => {
        const { entity: name, format, chosen: named, ...query } = body;
        const entity = requireExport(ctx, name);
        exportedFields(ctx, entity, query.columns);
        await selectionOf(ctx, name, query, 'export');
        const day = dayOf(ctx);
        const record = await inTransaction(ctx, async (inner) => {
          const made = await insertExport(inner, {
            entity: name,
            format,
            query,
            file_name: `${entity.label[ctx.principal.language]}-${day}.${format}`,
          });
          if (await needsApproval(inner, 'export')) {
            const { id, status } = await startApproval(inner, {
              subject: 'export',
              input: { export: made.id },
              chosen: named,
            });
            return { ...(await exportOf(inner, made.id)), approval: { id, status } };
          }
          const jobId = await addJob(inner, 'export.run', { id: made.id }, { entity: name });
          await updateExport(inner.db, made.id, { job_id: jobId });
          return { ...made, job_id: jobId, approval: null };
        });
        return { ...wire(record), approval: record.approval };
      },
    }),
    route({
      method: 'GET',
      path: '/exports/{id}',
      summary: 'State of an export',
      tag,
      params: idParams,
      handle: async ({ ctx, params }) => wire(await exportOf(ctx, params.id)),
    }),
    route({
      method: 'GET',
      path: '/exports/{id}/content',
      summary: 'The file, for seven days and for who asked for it only',
      tag,
      params: idParams,
      handle: async ({ ctx, services, params, reply }) => {
        const record = await exportOf(ctx, params.id);
        requireExport(ctx, record.entity);
        if (record.state !== 'done') throw problem('export_not_ready', { status: 409 });
        const path = exportPath(services, record);
        const found = await stat(path).catch(() => null);
        if (!found) throw notFound('export');
        downloadHeaders(reply, record.file_name, record.format).header('content-length', found.size);
        return reply.send(createReadStream(path));
      },
    }),
  ];
}

const wire = ({ id, entity, format, state, done, file_name, error_code, job_id }: ExportRecord) => ({
  id,
  entity,
  format,
  state,
  fileName: file_name,
  progress: { done },
  error: error_code,
  jobId: job_id,
});
