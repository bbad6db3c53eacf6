import { z } from 'zod';
import type { Context } from '../context/context.ts';
import { forbidden } from '../errors/problem.ts';
import { idParams, limitOf, type Route, route } from '../http/route.ts';
import { addApprovers, approve, handOver, reject, remind, withdraw } from './decide.ts';
import { delegate, endDelegation, listDelegations } from './delegation.ts';
import { flowRoutes } from './flow-routes.ts';
import { subjectNamed } from './flows.ts';
import { adding, agreement, askFor, handing, newDelegation, refusal, remark, resubmission } from './input.ts';
import { approvalsOfRecord, BOXES, listApprovals, markRead, waiting } from './list.ts';
import { personNames, sheetOf } from './sheet.ts';
import { previewOf, resubmit, startApproval } from './start.ts';

const tag = 'approvals';

/** Approvals: begin, decide, look (PRO-2). */
export function approvalRoutes(): Route[] {
  return [...flowRoutes(), ...lists(), ...beginnings(), ...decisions(), ...delegations()];
}

const page = { cursor: z.uuid().optional(), limit: limitOf(100).optional() };

function lists(): Route[] {
  return [
    route({
      method: 'GET',
      path: '/approvals',
      summary: 'One box of the work list, or the approvals of a record',
      tag,
      query: z.union([
        z.strictObject({ box: z.enum(BOXES).default('todo'), ...page }),
        z.strictObject({ entity: z.string().max(100), record: z.uuid(), ...page }),
      ]),
      handle: ({ ctx, query }) => {
        const { cursor, limit = 50 } = query;
        return 'record' in query
          ? approvalsOfRecord(ctx, query.entity, query.record, { cursor, limit })
          : listApprovals(ctx, query.box, { cursor, limit });
      },
    }),
    route({
      method: 'GET',
      path: '/approvals/waiting',
      summary: 'How much waits for the caller',
      tag,
      handle: ({ ctx }) => waiting(ctx),
    }),
    route({
      method: 'GET',
      path: '/approvals/{id}',
      summary: 'One approval: its way, what happened, what the caller may do',
      tag,
      params: idParams,
      handle: ({ ctx, params }) => sheetOf(ctx, params.id),
    }),
    route({
      method: 'POST',
      path: '/approvals/{id}/read',
      summary: 'A copy has been looked at',
      tag,
      params: idParams,
      status: 204,
      handle: ({ ctx, params }) => markRead(ctx, params.id),
    }),
  ];
}

/** What modules begin themselves cannot be begun here: they know what must be right before. */
function requireOpen(ctx: Context, subject: string): void {
  if (!subjectNamed(ctx, subject).open) throw forbidden('approval_not_by_hand');
}

function beginnings(): Route[] {
  return [
    route({
      method: 'POST',
      path: '/approvals',
      summary: 'Begin an approval; without a flow for its subject it is approved at once',
      tag,
      body: askFor,
      status: 201,
      handle: ({ ctx, body: { record, ...body } }) => {
        requireOpen(ctx, body.subject);
        return startApproval(ctx, { ...body, recordId: record });
      },
    }),
    route({
      method: 'POST',
      path: '/approvals/preview',
      summary: 'The way an approval would take, and where approvers are to be named',
      tag,
      body: askFor,
      status: 200,
      handle: async ({ ctx, body: { record, ...body } }) => {
        requireOpen(ctx, body.subject);
        const { needed, route: way, people } = await previewOf(ctx, { ...body, recordId: record });
        const names = await personNames(ctx, [...people.values()].flat());
        return {
          needed,
          route: way.map((node) => ({
            id: node.id,
            kind: node.kind,
            name: node.kind === 'end' ? '' : node.name,
            outcome: node.kind === 'end' ? node.outcome : null,
            choose: node.kind === 'approve' && node.approvers.some((approver) => approver.kind === 'chosen'),
            people: (people.get(node.id) ?? []).map((id) => ({ id, title: names.get(id) ?? null })),
          })),
        };
      },
    }),
    route({
      method: 'POST',
      path: '/approvals/{id}/resubmit',
      summary: 'Submit again what was returned',
      tag,
      params: idParams,
      body: resubmission,
      status: 200,
      handle: async ({ ctx, params, body }) => {
        await resubmit(ctx, params.id, body);
        return sheetOf(ctx, params.id);
      },
    }),
  ];
}

function decisions(): Route[] {
  const verb = <B extends z.ZodType>(
    name: string,
    summary: string,
    body: B,
    run: (ctx: Context, id: string, input: z.output<B>) => Promise<void>,
  ) =>
    route({
      method: 'POST',
      path: `/approvals/{id}/${name}`,
      summary,
      tag,
      params: idParams,
      body,
      status: 200,
      handle: async ({ ctx, params, body: input }) => {
        await run(ctx, params.id, input as z.output<B>);
        return sheetOf(ctx, params.id);
      },
    });
  return [
    verb('approve', 'Agree', agreement, approve),
    verb('reject', 'Refuse: for good, back to who began it, or back to an earlier step', refusal, reject),
    verb('hand-over', 'Give one’s place to another person', handing, handOver),
    verb('add-approvers', 'Ask further people before or after oneself', adding, addApprovers),
    verb('withdraw', 'Take back what one has begun', remark, withdraw),
    verb('remind', 'Remind those who are asked; once an hour', z.strictObject({}), remind),
  ];
}

function delegations(): Route[] {
  return [
    route({
      method: 'GET',
      path: '/approval-delegations',
      summary: 'One’s absences and those one stands in for',
      tag,
      handle: async ({ ctx }) => ({ items: await listDelegations(ctx) }),
    }),
    route({
      method: 'POST',
      path: '/approval-delegations',
      summary: 'Have another decide while one is away',
      tag,
      body: newDelegation,
      status: 201,
      handle: ({ ctx, body }) => delegate(ctx, body),
    }),
    route({
      method: 'DELETE',
      path: '/approval-delegations/{id}',
      summary: 'End an absence',
      tag,
      params: idParams,
      handle: ({ ctx, params }) => endDelegation(ctx, params.id),
    }),
  ];
}
