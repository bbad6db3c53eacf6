import type { FastifyReply } from 'fastify';
import { type SqlBool, sql } from 'kysely';
import { z } from 'zod';
import { scopeCondition } from '../access/where.ts';
import type { Context } from '../context/context.ts';
import { inTransaction } from '../context/transaction.ts';
import { uuidv7 } from '../db/uuid.ts';
import { type MassAction, type MassResult, massRun, requireMass } from '../entity/mass.ts';
import { entityOfPath } from '../entity/path.ts';
import { entityNamed } from '../entity/registry.ts';
import { recipient } from '../entity/routes.ts';
import { selectRows } from '../entity/select.ts';
import { idsOf, type ManyRecords, massRecords } from '../entity/selection-input.ts';
import { titleOf } from '../entity/wire.ts';
import { notFound } from '../errors/problem.ts';
import { idParams, type Route, route } from '../http/route.ts';
import { translate } from '../i18n/translations.ts';
import { AT_ONCE } from './command.ts';
import { actionOf } from './jobs.ts';
import { addMass, failuresOf, type MassState, massStates } from './store.ts';
import { undoMass } from './undo.ts';

const tag = 'records';
const plural = z.strictObject({ plural: z.string().max(100) });
/** Ids of 100,000 records take four million bytes. */
const bodyLimit = 8 * 1024 * 1024;

/** Mass actions shown to a person. */
const SHOWN = 10;
/** Refused records listed; more are only counted. */
const LISTED = 1000;

const accepted = z.object({ jobId: z.uuid(), id: z.uuid(), undoId: z.uuid().optional() });

/** Actions on many records: up to 200 at once, more as a job. */
export function massRoutes(): Route[] {
  const mass = <B extends typeof massRecords>(
    name: MassAction['name'],
    path: string,
    summary: string,
    body: B,
  ) =>
    route({
      method: 'POST',
      path: `/{plural}/${path}`,
      summary: `${summary}; more than ${AT_ONCE} as a job that /mass-actions/{id} tells of`,
      tag,
      params: plural,
      body,
      bodyLimit,
      accepted,
      handle: ({ ctx, params, body: asked, reply }) => act(ctx, reply, name, params.plural, asked as Asked),
    });
  return [
    mass(
      'update',
      'mass-update',
      'Change many records alike',
      massRecords.extend({
        set: z.record(z.string(), z.unknown()).default({}),
        add: z.record(z.string(), z.array(z.uuid()).max(100)).optional(),
        remove: z.record(z.string(), z.array(z.uuid()).max(100)).optional(),
      }),
    ),
    mass('transfer', 'transfer', 'Give records to another person', massRecords.extend(recipient)),
    mass('delete', 'mass-delete', 'Move many records to the recycle bin', massRecords),
    mass('restore', 'mass-restore', 'Bring many records back from the recycle bin', massRecords),
    route({
      method: 'POST',
      path: '/undo/{id}',
      summary: `Take a mass action back, of more than ${AT_ONCE} records as a job; names the records that people have changed since`,
      tag,
      params: idParams,
      accepted,
      handle: async ({ ctx, params, reply }) => {
        const undone = await undoMass(ctx, params.id, AT_ONCE);
        if ('jobId' in undone) reply.code(202);
        return undone;
      },
    }),
    route({
      method: 'GET',
      path: '/mass-actions',
      summary: 'One’s own mass actions of the last day that run as jobs, newest first',
      tag,
      handle: async ({ ctx }) => ({
        items: (await massStates(ctx, { most: SHOWN })).map((each) => wire(ctx, each)),
      }),
    }),
    route({
      method: 'GET',
      path: '/mass-actions/{id}',
      summary: 'How far a mass action is, and which records it left as they were',
      tag,
      params: idParams,
      handle: async ({ ctx, params }) => {
        const [found] = await massStates(ctx, { id: params.id });
        if (!found) throw notFound('job');
        const failures = said(ctx, await failuresOf(ctx.db, found.id, LISTED));
        const titles = await titlesOf(
          ctx,
          found.entity,
          failures.map(({ id }) => id),
        );
        return {
          ...wire(ctx, found),
          failures: failures.map((each) => ({ ...each, title: titles.get(each.id) ?? null })),
        };
      },
    }),
  ];
}

type Asked = ManyRecords & Record<string, unknown>;

async function act(
  ctx: Context,
  reply: FastifyReply,
  name: MassAction['name'],
  plural: string,
  { ids: named, filter, q, all, ...input }: Asked,
) {
  const entity = entityOfPath(ctx, plural).name;
  const action = actionOf(ctx, { action: name, entity, input });
  const many = { ids: named, filter, q, all } as ManyRecords;
  const ids = await idsOf(ctx, entity, many, { deleted: name === 'restore' });
  if (ids.length <= AT_ONCE) {
    const result = await massRun(ctx, action, ids);
    return { ...result, failed: said(ctx, result.failed) };
  }
  requireMass(ctx, action);
  const id = uuidv7();
  const jobId = await inTransaction(ctx, (inner) => addMass(inner, { id, action: name, entity, input }, ids));
  reply.code(202);
  return { jobId, id, undoId: id };
}

/** Refusals leave the server with their message. */
function said(ctx: Context, failed: MassResult['failed']) {
  const { words } = ctx.registry;
  const say = (code: string, params?: Record<string, unknown>) =>
    translate(words, ctx.principal.language, `error.${code}`, params);
  return failed.map((each) => {
    const [first] = each.errors ?? [];
    return { ...each, message: first ? say(first.code, first.params) : say(each.code) };
  });
}

/** Names of records as far as the caller may read them. */
async function titlesOf(ctx: Context, entityName: string, ids: string[]): Promise<Map<string, string>> {
  const entity = entityNamed(ctx.registry, entityName);
  const policy = ctx.policies.for(entityName);
  const title = entity.fields[entity.title];
  if (!title || !policy.can('read')) return new Map();
  const scope = sql<SqlBool>`${scopeCondition(entity, policy.scope('read'), ctx.principal)}`;
  const rows = await selectRows(ctx, entity, ids, [title], scope);
  return new Map(rows.map((row) => [row.id as string, titleOf(policy, row)]));
}

function wire(ctx: Context, { worked, done, failed, total, ...each }: MassState) {
  const { words } = ctx.registry;
  return {
    id: each.id,
    action: each.action,
    entity: each.entity,
    label:
      words[ctx.principal.language][each.command ? `command.${each.command}` : `job.mass.${each.action}`],
    jobId: each.job_id,
    state: each.state,
    progress: { done: worked, total },
    done,
    failed,
    undoId: each.undoable ? each.id : null,
    createdAt: each.created_at,
  };
}
