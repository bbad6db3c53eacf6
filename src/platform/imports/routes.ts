import { createReadStream } from 'node:fs';
import { rm } from 'node:fs/promises';
import { PassThrough } from 'node:stream';
import { sql } from 'kysely';
import { z } from 'zod';
import type { Context } from '../context/context.ts';
import { inTransaction } from '../context/transaction.ts';
import { uuidv7 } from '../db/uuid.ts';
import { forbidden, notFound, problem } from '../errors/problem.ts';
import { downloadHeaders } from '../http/download.ts';
import { idParams, limitOf, noQuery, type Route, route } from '../http/route.ts';
import { addJob } from '../jobs/job.ts';
import { importFolder } from './folders.ts';
import { requireJournal } from './import.ts';
import { mappingRoutes } from './mapping-routes.ts';
import {
  DEFAULT_OPTIONS,
  defaultCreateMissing,
  type FileProposal,
  proposeImport,
  requireImport,
} from './propose.ts';
import { registerImport } from './register.ts';
import { resultFile } from './result-file.ts';
import { freeInterrupted, type ImportRecord, type ImportState, importOf, updateImport } from './store.ts';
import { writeTemplate } from './template.ts';
import type { ImportOptions } from './types.ts';
import { receiveFile } from './upload.ts';
import { importRows, wireImport } from './view.ts';

const tag = 'imports';
const columnChoice = z.strictObject({ header: z.string().max(500), field: z.string().max(200).nullable() });
const decisions = z.strictObject({
  mapping: z.array(columnChoice).max(500).optional(),
  mode: z.enum(['create', 'upsert']).optional(),
  key: z.string().max(100).nullable().optional(),
  onDuplicate: z.enum(['skip', 'update', 'create']).optional(),
  sheet: z.string().max(200).optional(),
  encoding: z.string().max(50).optional(),
  headerLine: z.int().min(1).max(1000).optional(),
  createMissing: z.array(z.string().max(200)).max(100).optional(),
  answers: z
    .strictObject({
      dateOrder: z.enum(['ymd', 'mdy', 'dmy']).optional(),
      decimal: z.enum(['point', 'comma']).optional(),
      currency: z
        .string()
        .regex(/^[A-Z]{3}$/)
        .optional(),
    })
    .optional(),
});

/** Files in: upload, understand, check, run, take back. */
export function importRoutes(): Route[] {
  return [
    route({
      method: 'POST',
      path: '/imports',
      summary: 'Upload a CSV or XLSX file; form fields: entity, and sheet or encoding where wanted',
      tag,
      status: 201,
      receive: async ({ ctx, services, request }) => {
        const mayImport = ctx.registry.entities.some((entity) => ctx.policies.for(entity.name).can('import'));
        if (!mayImport) throw forbidden('import_forbidden');
        const file = await receiveFile(services, request, uuidv7());
        return {
          body: file,
          digest: JSON.stringify([file.name, file.fields, file.digest]),
          discard: () => rm(importFolder(services, file.id), { recursive: true, force: true }),
        };
      },
      handle: async ({ ctx, body: { id, path, name, digest, fields } }) => {
        if (!ctx.registry.byName.has(fields.entity ?? ''))
          throw problem('invalid', { errors: [{ path: 'entity', code: 'required' }] });
        const entity = requireImport(ctx, fields.entity as string);
        const options: ImportOptions = {
          ...DEFAULT_OPTIONS,
          createMissing: defaultCreateMissing(ctx, entity),
          ...(fields.sheet ? { sheet: fields.sheet } : {}),
          ...(fields.encoding ? { encoding: fields.encoding } : {}),
        };
        const proposal = await proposeImport(ctx, entity.name, path, options, [], name);
        const record = await registerImport(ctx, entity.name, path, options, columnsOf(proposal), {
          id,
          fileName: name,
          digest,
        });
        return { ...(await wireImport(ctx, record)), ...proposal };
      },
    }),
    route({
      method: 'GET',
      path: '/imports',
      summary: 'Imports, newest first: one’s own, for administrators all',
      tag,
      query: z.strictObject({
        entity: z.string().max(100).optional(),
        limit: limitOf(100).optional(),
        cursor: z.uuid().optional(),
      }),
      handle: async ({ ctx, query }) => {
        const limit = query.limit ?? 20;
        const { rows } = await sql<ImportRecord>`select * from import
          where (created_by = ${ctx.principal.userId} or ${ctx.policies.administrator})
            and ${query.entity ? sql`entity = ${query.entity}` : sql`true`} and ${query.cursor ? sql`id < ${query.cursor}` : sql`true`}
          order by id desc limit ${limit + 1}`.execute(ctx.db);
        const freed = rows.some(({ state }) => state === 'checking')
          ? await freeInterrupted(ctx.db)
          : new Map<string, ImportRecord>();
        const shown = rows.slice(0, limit).map((row) => freed.get(row.id) ?? row);
        const items = await Promise.all(shown.map((row) => wireImport(ctx, row)));
        return { items, nextCursor: rows.length > limit ? items.at(-1)?.id : null };
      },
    }),
    route({
      method: 'GET',
      path: '/imports/template/{entity}',
      summary: 'An empty file with the columns that can be imported now',
      tag,
      params: z.strictObject({ entity: z.string().max(100) }),
      query: z.strictObject({ format: z.enum(['xlsx', 'csv']).optional() }),
      handle: async ({ ctx, params, query, reply }) => {
        const format = query.format ?? 'xlsx';
        const entity = requireImport(ctx, params.entity);
        const out = new PassThrough();
        writeTemplate(ctx, params.entity, format, out).catch((error) => out.destroy(error));
        downloadHeaders(reply, `${entity.label[ctx.principal.language]}.${format}`, format);
        return reply.send(out);
      },
    }),
    route({
      method: 'GET',
      path: '/imports/{id}',
      summary: 'An import with its state, progress and counts',
      tag,
      params: idParams,
      query: noQuery,
      handle: async ({ ctx, params }) => wireImport(ctx, await importOf(ctx, params.id)),
    }),
    route({
      method: 'PATCH',
      path: '/imports/{id}',
      summary: 'Decide how the file is read; what was checked is checked again',
      tag,
      params: idParams,
      body: decisions,
      handle: async ({ ctx, params, body }) => {
        const record = await importOf(ctx, params.id);
        requireState(record, ['mapping', 'checked']);
        const { mapping, answers, key, ...rest } = body;
        const options: ImportOptions = {
          ...record.options,
          ...rest,
          ...answers,
          ...(key === undefined ? {} : { key: key ?? undefined }),
        };
        // A choice made before stays, unless the columns themselves have changed with the sheet.
        const sameColumns =
          rest.sheet === undefined && rest.headerLine === undefined && rest.encoding === undefined;
        const chosen =
          mapping ?? (sameColumns ? record.mapping.map(({ header, field }) => ({ header, field })) : []);
        const proposal = await proposeImport(ctx, record.entity, record.file_path, options, chosen);
        const changed = await updateImport(
          ctx.db,
          record.id,
          { mapping: columnsOf(proposal), options, state: 'mapping', checked: null },
          ['mapping', 'checked'],
        );
        if (!changed) throw problem('import_in_state', { status: 409, params: { state: record.state } });
        return { ...(await wireImport(ctx, changed)), ...proposal };
      },
    }),
    step('check', 'Check the whole file as it would be imported; changes nothing', [
      'mapping',
      'checked',
      'failed',
    ]),
    step('run', 'Bring a checked file in, or go on with what was interrupted', ['checked', 'running']),
    step('undo', 'Take an import back', ['done', 'failed', 'running', 'undoing']),
    route({
      method: 'GET',
      path: '/imports/{id}/rows',
      summary: 'What became, or will become, of the lines',
      tag,
      params: idParams,
      query: z.strictObject({
        outcome: z.enum(['created', 'updated', 'skipped', 'failed']).optional(),
        cursor: z.coerce.number().int().min(0).optional(),
        limit: limitOf(200).optional(),
      }),
      handle: async ({ ctx, services, params, query }) =>
        importRows(ctx, services, await importOf(ctx, params.id), {
          outcome: query.outcome,
          after: query.cursor ?? 0,
          limit: query.limit ?? 50,
        }),
    }),
    route({
      method: 'GET',
      path: '/imports/{id}/result',
      summary: 'The rows that failed, with the reason; corrected they can be imported again',
      tag,
      params: idParams,
      query: noQuery,
      handle: async ({ ctx, services, params, reply }) => {
        const record = await importOf(ctx, params.id);
        const path = await resultFile(ctx, services, record);
        if (!path) throw notFound('import');
        downloadHeaders(reply, `${record.file_name.replace(/\.\w+$/, '')}-failed.csv`, 'csv');
        return reply.send(createReadStream(path));
      },
    }),
    ...mappingRoutes(),
  ];
}

const columnsOf = (proposal: FileProposal) => proposal.mapping.map(({ confidence: _, ...column }) => column);

function requireState(record: ImportRecord, states: readonly ImportState[]): void {
  if (!states.includes(record.state))
    throw problem('import_in_state', { status: 409, params: { state: record.state } });
}

/** An import whose job waits or runs takes no other step; one whose job is dead may go on. */
async function requireIdle(ctx: Context, { job_id }: ImportRecord): Promise<void> {
  const { rows } = await sql`select from job where id = ${job_id} and state in ('queued', 'running')`.execute(
    ctx.db,
  );
  if (rows.length) throw problem('import_at_work', { status: 409 });
}

/** Starts one step of an import as a job. */
function step(name: 'check' | 'run' | 'undo', summary: string, from: ImportState[]): Route {
  return route({
    method: 'POST',
    path: `/imports/{id}/${name}`,
    summary,
    tag,
    status: 202,
    params: idParams,
    handle: async ({ ctx, params }) => {
      const record = await importOf(ctx, params.id);
      requireImport(ctx, record.entity);
      requireState(record, from);
      await requireIdle(ctx, record);
      if (name === 'undo') requireJournal(record);
      if (name === 'check') await requireAnswers(ctx, record);
      const jobId = await inTransaction(ctx, async (inner) => {
        const added = await addJob(
          inner,
          `import.${name}`,
          { id: record.id },
          { key: record.id, entity: record.entity },
        );
        await updateImport(inner.db, record.id, { job_id: added });
        return added;
      });
      return { ...(await wireImport(ctx, { ...record, job_id: jobId })), jobId };
    },
  });
}

async function requireAnswers(ctx: Context, record: ImportRecord): Promise<void> {
  const chosen = record.mapping.map(({ header, field }) => ({ header, field }));
  const { questions } = await proposeImport(ctx, record.entity, record.file_path, record.options, chosen);
  if (questions.length) throw problem('import_asks', { status: 422, extra: { questions } });
}
