import { sql } from 'kysely';
import type { Context } from '../context/context.ts';
import { inTransaction } from '../context/transaction.ts';
import { lockRows } from '../entity/records.ts';
import { entityNamed } from '../entity/registry.ts';
import { parseBody } from '../entity/schema.ts';
import { forbidden, invalid, notFound, problem } from '../errors/problem.ts';
import { holds } from './condition.ts';
import { type ApproveNode, conditionFields, type Flow, nodesOf, type SelfRule } from './flow.shared.ts';
import { activeFlow, flowVersion, subjectNamed } from './flows.ts';
import { act, begin } from './machine.ts';
import { type Planned, routeOf } from './route.ts';
import { settle } from './settle.ts';
import type { State } from './state.ts';
import { type ApprovalRow, approvalsWhere, insertApproval, lockApproval, updateApproval } from './store.ts';
import type { ApprovalSubject, Description } from './subject.ts';
import { submittedValues, variablesOf } from './variables.ts';
import { type Chosen, shownPeople, worldOf } from './world.ts';

export interface Asking {
  subject: string;
  recordId?: string | null | undefined;
  input?: Record<string, unknown> | undefined;
  /** Approvers the person who begins chose, by node. */
  chosen?: Chosen | undefined;
  comment?: string | null | undefined;
}

/** What was begun. `automatic`: nobody had to decide, it holds at once. */
export interface Begun {
  id: string;
  number: string;
  status: State['status'];
  automatic: boolean;
}

/** Whether something needs deciding at all in this company. */
export const needsApproval = async (ctx: Context, subject: string): Promise<boolean> =>
  (await activeFlow(ctx, subject)) !== null;

/**
 * Begins an approval, in the caller's transaction: its record is locked, the first people are asked, or — where the company
 * has no flow or nobody has to decide — it is approved at once and its effect happens here.
 */
export async function startApproval(ctx: Context, asking: Asking): Promise<Begun> {
  const subject = subjectNamed(ctx, asking.subject);
  return inTransaction(ctx, async (inner) => {
    const given = await describe(inner, subject, asking);
    const flow = await activeFlow(inner, subject.name);
    const plan = await planOf(
      inner,
      subject,
      flow?.definition ?? usualOf(subject),
      given,
      asking.chosen ?? {},
    );
    const turn = begin(plan.route, plan.world);
    if (!flow && !subject.usual) turn.marks.splice(1, 0, { kind: 'passed', note: 'noFlow' });
    else if (turn.state.status === 'approved' && turn.marks.length === 2)
      turn.marks.splice(1, 0, { kind: 'passed', note: 'nobody' });
    const row = await insertApproval(inner, {
      subject: subject.name,
      entity: subject.entity ?? null,
      record_id: given.recordId,
      title: given.title,
      lines: given.lines,
      input: given.input,
      values: plan.values,
      chosen: asking.chosen ?? {},
      comment: asking.comment || null,
      flow_id: flow?.id ?? null,
      flow_version: flow?.version ?? null,
      status: 'running',
      state: turn.state,
    });
    const after = await settle(inner, subject, row, turn, { verb: 'submit', comment: asking.comment });
    return { id: row.id, number: row.number, status: after.status, automatic: after.status === 'approved' };
  });
}

const usualOf = (subject: ApprovalSubject): Flow => subject.usual ?? { nodes: [] };

/** Submits again what was returned, with the values as they are now, under the version of the flow it began with. */
export async function resubmit(
  ctx: Context,
  id: string,
  { input, chosen, comment }: Pick<Asking, 'input' | 'chosen' | 'comment'>,
): Promise<void> {
  await inTransaction(ctx, async (inner) => {
    const row = await lockApproval(inner, id);
    if (row.started_by !== inner.principal.userId) throw notFound('approval');
    if (row.status !== 'returned') throw problem('approval_not_returned', { status: 409 });
    const subject = subjectNamed(inner, row.subject);
    const given = await describe(inner, subject, {
      subject: row.subject,
      recordId: row.record_id,
      input: input ?? row.input,
      own: row.id,
    });
    const named = chosen ?? row.chosen;
    const flow: Flow =
      row.flow_id && row.flow_version
        ? await flowVersion(inner, row.flow_id, row.flow_version)
        : usualOf(subject);
    const plan = await planOf(inner, subject, flow, given, named);
    const turn = act(row.state, { kind: 'resubmit', route: plan.route }, plan.world);
    const fresh = {
      lines: given.lines,
      input: given.input,
      values: plan.values,
      chosen: named,
      title: given.title,
    };
    await updateApproval(inner, id, fresh);
    await settle(inner, subject, { ...row, ...fresh }, turn, { verb: 'resubmit', comment });
  });
}

/** What would come, without beginning: for whoever is about to submit, and must name approvers. */
export async function previewOf(
  ctx: Context,
  asking: Asking,
): Promise<{ needed: boolean; route: Planned[]; people: ReadonlyMap<string, readonly string[]> }> {
  const subject = subjectNamed(ctx, asking.subject);
  return inTransaction(ctx, async (inner) => {
    const given = await describe(inner, subject, asking);
    const flow = await activeFlow(inner, subject.name);
    const definition = flow?.definition ?? subject.usual;
    if (!definition) return { needed: false, route: [], people: new Map() };
    const plan = await planOf(inner, subject, definition, given, asking.chosen ?? {}, false);
    return { needed: true, route: plan.route, people: shownPeople(plan.route, plan.world) };
  });
}

interface Given extends Required<Pick<Description, 'title' | 'lines' | 'values'>> {
  recordId: string | null;
  input: Record<string, unknown>;
}

/** Checks what is asked for. The record is locked here, so that two cannot begin at once and nobody changes it meanwhile. */
async function describe(
  ctx: Context,
  subject: ApprovalSubject,
  asking: Asking & { own?: string },
): Promise<Given> {
  const input = parseBody(subject.input, asking.input ?? {}) as Record<string, unknown>;
  const recordId = asking.recordId ?? null;
  if (subject.entity) {
    if (!recordId) throw invalid([{ path: 'record', code: 'required' }]);
    const [row] = await lockRows(ctx, entityNamed(ctx.registry, subject.entity), [recordId]);
    if (!row) throw notFound(subject.entity);
    const [open] = await approvalsWhere(
      ctx,
      sql`a.subject = ${subject.name} and a.record_id = ${recordId} and a.status in ('running', 'returned')
        and a.id is distinct from ${asking.own ?? null}::uuid`,
    );
    if (open)
      throw problem('approval_running', {
        status: 409,
        params: { number: open.number },
        extra: { approval: open.id },
      });
  } else if (recordId) throw invalid([{ path: 'record', code: 'unknown_field' }]);
  if (!ctx.principal.userId) throw forbidden();
  const { title, lines = [], values = {} } = await subject.describe(ctx, { recordId, input });
  return { recordId, input, title: subject.entity ? '' : title, lines, values };
}

async function planOf(
  ctx: Context,
  subject: ApprovalSubject,
  flow: Flow,
  given: Given,
  chosen: Chosen,
  required = true,
) {
  const starter = ctx.principal.userId as string;
  const values = await submittedValues(ctx, subject, { ...given, starter }, conditionFields(flow));
  const kinds = new Map(variablesOf(ctx, subject).map(({ name, kind }) => [name, kind]));
  const sense = { kinds, timeZone: ctx.timeZone, now: ctx.now };
  const route = routeOf(flow, (condition) => holds(condition, values, sense));
  const missing = route.filter(
    (node): node is ApproveNode =>
      node.kind === 'approve' &&
      node.approvers.some((approver) => approver.kind === 'chosen') &&
      !chosen[node.id]?.length,
  );
  if (required && missing.length)
    throw problem('invalid', {
      errors: missing.map((node) => ({ path: `chosen.${node.id}`, code: 'approval_choose' })),
      extra: { choose: missing.map(({ id, name }) => ({ node: id, name })) },
    });
  const selves = flow.self === 'allowed' ? [] : route.filter((node) => chosen[node.id]?.includes(starter));
  if (selves.length)
    throw invalid(selves.map((node) => ({ path: `chosen.${node.id}`, code: 'approval_self' })));
  return { values, route, world: await worldOf(ctx, route, starter, chosen, flow.self) };
}

/** The nodes an approval in hand passes, as its version of the flow has them, and whether its starter may decide. */
export async function wayOf(
  ctx: Context,
  row: ApprovalRow,
): Promise<{ route: Planned[]; self: SelfRule | undefined }> {
  const { nodes, self } =
    row.flow_id && row.flow_version
      ? await flowVersion(ctx, row.flow_id, row.flow_version)
      : usualOf(subjectNamed(ctx, row.subject));
  const passed = new Set(row.state.steps.map((step) => step.node));
  const route = nodesOf(nodes).flatMap((node) =>
    node.kind !== 'branch' && passed.has(node.id) ? [node] : [],
  );
  return { route, self };
}
