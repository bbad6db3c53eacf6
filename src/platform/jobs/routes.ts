import { sql } from 'kysely';
import { z } from 'zod';
import { writeAudit } from '../audit/audit.ts';
import type { Context } from '../context/context.ts';
import { inTransaction } from '../context/transaction.ts';
import { forbidden, notFound, problem } from '../errors/problem.ts';
import { idParams, limitOf, type Route, route } from '../http/route.ts';
import { errorText } from '../i18n/translations.ts';
import { enqueue } from './job.ts';
import type { JobRow } from './store.ts';

const tag = 'jobs';
const STATES = ['queued', 'running', 'done', 'failed', 'cancelled'] as const;

/** Jobs: one's own with their progress, and the administrator's board of all. */
export function jobRoutes(): Route[] {
  return [
    route({
      method: 'GET',
      path: '/jobs',
      summary: 'All jobs, newest first',
      tag,
      access: 'administrator',
      query: z.strictObject({
        state: z.enum(STATES).optional(),
        name: z.string().max(100).optional(),
        limit: limitOf(200).optional(),
        cursor: z.uuid().optional(),
      }),
      handle: async ({ ctx, query }) => {
        const limit = query.limit ?? 50;
        const { rows } =
          await sql<ShownJob>`select j.*, u.name as creator_name from job j left join "user" u on u.id = j.created_by
          where ${query.cursor ? sql`j.id < ${query.cursor}` : sql`true`}
            and ${query.state ? sql`j.state = ${query.state}` : sql`true`}
            and ${query.name ? sql`j.name = ${query.name}` : sql`true`}
          order by j.id desc limit ${limit + 1}`.execute(ctx.db);
        const items = rows.slice(0, limit);
        return {
          items: items.map((row) => wireJob(ctx, row)),
          nextCursor: rows.length > limit ? items.at(-1)?.id : null,
        };
      },
    }),
    route({
      method: 'GET',
      path: '/jobs/{id}',
      summary: 'State and progress of a job',
      tag,
      params: idParams,
      handle: async ({ ctx, params }) => wireJob(ctx, await jobFor(ctx, params.id)),
    }),
    route({
      method: 'POST',
      path: '/jobs/{id}/cancel',
      summary: 'Stop a job; what it has committed stays',
      tag,
      params: idParams,
      handle: async ({ ctx, params }) => {
        await jobFor(ctx, params.id);
        await sql`update job set cancel_requested = true,
            state = case state when 'queued' then 'cancelled' else state end,
            finished_at = case state when 'queued' then now() end
          where id = ${params.id} and state in ('queued', 'running')`.execute(ctx.db);
        return wireJob(ctx, await jobFor(ctx, params.id));
      },
    }),
    route({
      method: 'POST',
      path: '/jobs/{id}/retry',
      summary: 'Run a failed or cancelled job again',
      tag,
      params: idParams,
      handle: async ({ ctx, params }) => {
        await jobFor(ctx, params.id);
        await inTransaction(ctx, (inner) => retry(inner, params.id));
        return wireJob(ctx, await jobFor(ctx, params.id));
      },
    }),
  ];
}

async function retry(ctx: Context, id: string): Promise<void> {
  const { rows } = await sql<{
    name: string;
  }>`update job set state = 'queued', attempts = 0, cancel_requested = false,
      error_code = null, error_params = null, finished_at = null, key = null
    where id = ${id} and state in ('failed', 'cancelled') returning name`.execute(ctx.db);
  if (!rows[0]) throw problem('job_not_retryable', { status: 409 });
  if (!ctx.policies.administrator) throw forbidden('administrator_required');
  await enqueue(ctx.db, { name: rows[0].name, id, key: null });
  await writeAudit(ctx, { action: 'job_retried', entity: 'job', recordId: id, note: rows[0].name });
}

type ShownJob = JobRow & { creator_name: string | null };

/** The job, if the caller made it or is an administrator; to anyone else it does not exist. */
async function jobFor(ctx: Context, id: string): Promise<ShownJob> {
  const { rows } =
    await sql<ShownJob>`select j.*, u.name as creator_name from job j left join "user" u on u.id = j.created_by
    where j.id = ${id} and (j.created_by = ${ctx.principal.userId} or ${ctx.policies.administrator})`.execute(
      ctx.db,
    );
  if (!rows[0]) throw notFound('job');
  return rows[0];
}

function wireJob(ctx: Context, row: ShownJob) {
  const { words } = ctx.registry;
  const { language } = ctx.principal;
  const label = words[language][`job.${row.name}`] ?? row.name;
  const params = row.error_params ?? {};
  return {
    id: row.id,
    name: row.name,
    label,
    entity: row.entity,
    state: row.state,
    progress: { done: row.done, total: row.total, note: row.note },
    result: row.result,
    error:
      row.error_code === null
        ? null
        : {
            code: row.error_code,
            params,
            detail: errorText(words, language, row.error_code, params),
          },
    createdBy: row.created_by && { id: row.created_by, title: row.creator_name },
    createdAt: row.created_at,
    startedAt: row.started_at,
    finishedAt: row.finished_at,
  };
}
