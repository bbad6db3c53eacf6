import { sql } from 'kysely';
import { z } from 'zod';
import { writeAudit } from '../audit/audit.ts';
import type { Context } from '../context/context.ts';
import { inTransaction } from '../context/transaction.ts';
import type { FieldUseSource } from '../customisation/uses.ts';
import { uuidv7 } from '../db/uuid.ts';
import { parseBody } from '../entity/schema.ts';
import { invalid, notFound, problem } from '../errors/problem.ts';
import { type Flow, type FlowFault, faultsOf } from './flow.shared.ts';
import { type flowPatch, flowSchema, type newFlow } from './input.ts';
import type { ApprovalSubject } from './subject.ts';
import { conditionFaults, editableFields, variablesOf } from './variables.ts';

export interface StoredFlow {
  id: string;
  version: number;
  subject: string;
  name: string;
  active: boolean;
  definition: Flow;
  updatedAt: string;
  updatedBy: { id: string; title: string | null } | null;
  /** Approvals that are still on their way, under this or an earlier version. */
  running: number;
}

/** The declared subject of this name. */
export function subjectNamed(ctx: Context, name: string): ApprovalSubject {
  const subject = ctx.approvals.subjects.get(name);
  if (!subject) throw invalid([{ path: 'subject', code: 'unknown_reference' }]);
  return subject;
}

/** The flow a subject is decided by, with the version that new approvals begin under; null when the company has none. */
export async function activeFlow(
  ctx: Context,
  subject: string,
): Promise<{ id: string; version: number; definition: Flow } | null> {
  const { rows } = await sql<{ id: string; version: number; definition: Flow }>`
    select f.id, f.version, v.definition from approval_flow f
    join approval_flow_version v on v.flow_id = f.id and v.version = f.version
    where f.subject = ${subject} and f.active and f.deleted_at is null`.execute(ctx.db);
  return rows[0] ?? null;
}

export async function flowVersion(ctx: Context, id: string, version: number): Promise<Flow> {
  const { rows } = await sql<{ definition: Flow }>`select definition from approval_flow_version
    where flow_id = ${id} and version = ${version}`.execute(ctx.db);
  if (!rows[0]) throw notFound('approval_flow');
  return rows[0].definition;
}

export async function listFlows(ctx: Context, id?: string): Promise<StoredFlow[]> {
  const { rows } = await sql<StoredFlow>`
    select f.id, f.version, f.subject, f.name, f.active, v.definition, f.updated_at as "updatedAt",
      case when u.id is not null then jsonb_build_object('id', u.id, 'title', u.name) end as "updatedBy",
      (select count(*) from approval a where a.flow_id = f.id and a.status in ('running', 'returned')) as running
    from approval_flow f join approval_flow_version v on v.flow_id = f.id and v.version = f.version
      left join "user" u on u.id = f.updated_by
    where f.deleted_at is null ${id ? sql`and f.id = ${id}` : sql``} order by f.subject, f.name, f.id`.execute(
    ctx.db,
  );
  return rows;
}

export async function flowOf(ctx: Context, id: string): Promise<StoredFlow> {
  const [flow] = await listFlows(ctx, id);
  if (!flow) throw notFound('approval_flow');
  return flow;
}

/** Every version a flow has had, newest first. */
export async function flowVersions(ctx: Context, id: string): Promise<unknown[]> {
  await flowOf(ctx, id);
  const { rows } = await sql`select v.version, v.definition, v.at,
      case when u.id is not null then jsonb_build_object('id', u.id, 'title', u.name) end as by
    from approval_flow_version v left join "user" u on u.id = v.by where v.flow_id = ${id} order by v.version desc`.execute(
    ctx.db,
  );
  return rows;
}

/** What keeps a definition from being used. */
export function faultsIn(ctx: Context, subject: ApprovalSubject, flow: Flow): FlowFault[] {
  const variables = variablesOf(ctx, subject);
  return [
    ...faultsOf(flow, {
      variables: variables.map(({ name }) => name),
      editable: editableFields(ctx, subject).map(({ name }) => name),
    }),
    ...conditionFaults(flow, variables),
  ];
}

/** Reads a definition. Drafts may have faults; what is in use may not. */
export function readDefinition(
  ctx: Context,
  subject: ApprovalSubject,
  given: unknown,
  active: boolean,
): Flow {
  const flow = parseBody(z.strictObject({ definition: flowSchema }), { definition: given }).definition;
  const faults = active ? faultsIn(ctx, subject, flow) : [];
  if (faults.length)
    throw problem('flow_faulty', {
      errors: faults.map(({ node, code }) => ({ path: `definition.${node ?? ''}`, code })),
    });
  return flow;
}

export async function createFlow(ctx: Context, input: z.output<typeof newFlow>): Promise<StoredFlow> {
  const subject = subjectNamed(ctx, input.subject);
  const definition = readDefinition(ctx, subject, input.definition, input.active);
  return inTransaction(ctx, async (inner) => {
    const id = uuidv7();
    const { userId } = inner.principal;
    if (input.active) await retire(inner, subject.name, id);
    await sql`insert into approval_flow (id, subject, name, active, created_by, updated_by, created_at, updated_at)
      values (${id}, ${subject.name}, ${input.name}, ${input.active}, ${userId}, ${userId}, ${inner.now}, ${inner.now})`.execute(
      inner.db,
    );
    await keepVersion(inner, id, 1, definition);
    await writeAudit(inner, { action: 'create', entity: 'approval_flow', recordId: id, note: input.name });
    return flowOf(inner, id);
  });
}

/** Changes a flow: a new version. What is on its way ends under the one it began with. */
export async function updateFlow(
  ctx: Context,
  id: string,
  patch: z.output<typeof flowPatch>,
  version: number | null,
): Promise<StoredFlow> {
  return inTransaction(ctx, async (inner) => {
    await lockFlow(inner, id);
    const before = await flowOf(inner, id);
    if (version !== null && before.version !== version)
      throw problem('version_conflict', { status: 412, extra: { current: before } });
    const subject = subjectNamed(inner, before.subject);
    const after = { ...before, ...patch };
    const definition = readDefinition(inner, subject, after.definition, after.active);
    if (after.active && !before.active) await retire(inner, before.subject, id);
    await sql`update approval_flow set name = ${after.name}, active = ${after.active}, version = version + 1,
      updated_at = ${inner.now}, updated_by = ${inner.principal.userId} where id = ${id}`.execute(inner.db);
    await keepVersion(inner, id, before.version + 1, definition);
    const changes = Object.fromEntries(
      (['name', 'active', 'definition'] as const).flatMap((name) =>
        JSON.stringify(before[name]) === JSON.stringify({ ...after, definition }[name])
          ? []
          : [[name, { before: before[name], after: { ...after, definition }[name] }]],
      ),
    );
    await writeAudit(inner, {
      action: 'update',
      entity: 'approval_flow',
      recordId: id,
      changes,
      note: after.name,
    });
    return flowOf(inner, id);
  });
}

/** Takes a flow away; what is on its way still ends under it. */
export async function deleteFlow(ctx: Context, id: string): Promise<void> {
  await inTransaction(ctx, async (inner) => {
    await lockFlow(inner, id);
    const { name } = await flowOf(inner, id);
    await sql`update approval_flow set active = false, deleted_at = ${inner.now}, updated_by = ${inner.principal.userId}
      where id = ${id}`.execute(inner.db);
    await writeAudit(inner, { action: 'delete', entity: 'approval_flow', recordId: id, note: name });
  });
}

const lockFlow = (ctx: Context, id: string) =>
  sql`select 1 from approval_flow where id = ${id} for update`.execute(ctx.db);

/** One subject is decided by one flow: another that was in use rests. */
async function retire(ctx: Context, subject: string, except: string): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtext(${`approval_flow ${subject}`}))`.execute(ctx.db);
  const { rows } = await sql<{ id: string; name: string }>`update approval_flow set active = false
    where subject = ${subject} and active and id <> ${except} and deleted_at is null returning id, name`.execute(
    ctx.db,
  );
  for (const { id, name } of rows)
    await writeAudit(ctx, {
      action: 'update',
      entity: 'approval_flow',
      recordId: id,
      note: name,
      changes: { active: { before: true, after: false } },
    });
}

async function keepVersion(ctx: Context, id: string, version: number, definition: Flow): Promise<void> {
  await sql`insert into approval_flow_version (flow_id, version, definition, at, by)
    values (${id}, ${version}, ${JSON.stringify(definition)}::jsonb, ${ctx.now}, ${ctx.principal.userId})`.execute(
    ctx.db,
  );
}

/** Flows whose conditions or nodes speak of a field. */
export const flowUses: FieldUseSource = {
  label: 'approval_flow',
  query: (speaks) => sql`select f.name as title from approval_flow f
    join approval_flow_version v on v.flow_id = f.id and v.version = f.version
    where f.deleted_at is null and ${speaks(sql.ref('v.definition'))}`,
};
