import { sql } from 'kysely';
import type { z } from 'zod';
import type { Context } from '../context/context.ts';
import { versionOf } from '../entity/routes.ts';
import { idParams, type Route, route } from '../http/route.ts';
import { translate } from '../i18n/translations.ts';
import { holds } from './condition.ts';
import { conditionFields } from './flow.shared.ts';
import {
  createFlow,
  deleteFlow,
  faultsIn,
  flowOf,
  flowVersions,
  listFlows,
  readDefinition,
  subjectNamed,
  updateFlow,
} from './flows.ts';
import { flowPatch, flowTrial, newFlow } from './input.ts';
import { routeOf } from './route.ts';
import type { SubjectInfo } from './sheet.shared.ts';
import { personNames } from './sheet.ts';
import { editableFields, formOf, submittedValues, variablesOf } from './variables.ts';
import { shownPeople, worldOf } from './world.ts';

const tag = 'approvals';
const access = 'administrator' as const;

/** How a company decides: kept by administrators. */
export function flowRoutes(): Route[] {
  return [
    route({
      method: 'GET',
      path: '/approval-subjects',
      summary: 'What can be decided on, and what conditions may speak of',
      tag,
      handle: async ({ ctx }) => ({ items: await subjects(ctx) }),
    }),
    route({
      method: 'GET',
      path: '/approval-flows',
      summary: 'The flows of the company',
      tag,
      access,
      handle: async ({ ctx }) => ({ items: await listFlows(ctx) }),
    }),
    route({
      method: 'POST',
      path: '/approval-flows',
      summary: 'Make a flow; one that is active replaces the one its subject had',
      tag,
      access,
      body: newFlow,
      status: 201,
      handle: ({ ctx, body }) => createFlow(ctx, body),
    }),
    route({
      method: 'POST',
      path: '/approval-flows/test',
      summary: 'The way a flow takes for example values, and what keeps it from being used',
      tag,
      access,
      body: flowTrial,
      status: 200,
      handle: ({ ctx, body }) => trial(ctx, body),
    }),
    route({
      method: 'GET',
      path: '/approval-flows/{id}',
      summary: 'One flow',
      tag,
      access,
      params: idParams,
      handle: ({ ctx, params }) => flowOf(ctx, params.id),
    }),
    route({
      method: 'GET',
      path: '/approval-flows/{id}/versions',
      summary: 'Every version a flow has had',
      tag,
      access,
      params: idParams,
      handle: async ({ ctx, params }) => ({ items: await flowVersions(ctx, params.id) }),
    }),
    route({
      method: 'PATCH',
      path: '/approval-flows/{id}',
      summary: 'Change a flow; needs If-Match. What is on its way ends under the version it began with',
      tag,
      access,
      needsVersion: true,
      params: idParams,
      body: flowPatch,
      handle: ({ ctx, params, body, request }) => updateFlow(ctx, params.id, body, versionOf(request, true)),
    }),
    route({
      method: 'DELETE',
      path: '/approval-flows/{id}',
      summary: 'Take a flow away; what is on its way still ends under it',
      tag,
      access,
      params: idParams,
      handle: ({ ctx, params }) => deleteFlow(ctx, params.id),
    }),
  ];
}

async function subjects(ctx: Context): Promise<SubjectInfo[]> {
  const { language } = ctx.principal;
  const { rows } = await sql<{
    subject: string;
  }>`select subject from approval_flow where active and deleted_at is null`.execute(ctx.db);
  const active = new Set(rows.map((row) => row.subject));
  return [...ctx.approvals.subjects.values()]
    .filter((subject) => !subject.entity || ctx.policies.for(subject.entity).can('read'))
    .map((subject) => {
      const policy = subject.entity ? ctx.policies.for(subject.entity) : null;
      const known = (name: string) => !policy?.entity.fields[name] || policy.right(name) !== 'hidden';
      return {
        name: subject.name,
        label: translate(ctx.registry.words, language, `approval.subject.${subject.name}`),
        entity: subject.entity ?? null,
        open: subject.open ?? false,
        active: active.has(subject.name),
        variables: variablesOf(ctx, subject).filter(({ name }) => known(name)),
        form: formOf(ctx, subject),
        editable: editableFields(ctx, subject)
          .filter(({ name }) => known(name))
          .map(({ name, label }) => ({ name, label: label[language] })),
      };
    });
}

/** A dry run: nothing is begun, nobody is told. */
async function trial(
  ctx: Context,
  { subject: name, definition, values, starter }: z.output<typeof flowTrial>,
) {
  const subject = subjectNamed(ctx, name);
  const flow = readDefinition(ctx, subject, definition, false);
  const faults = faultsIn(ctx, subject, flow);
  const who = starter ?? (ctx.principal.userId as string);
  const kinds = new Map(variablesOf(ctx, subject).map((variable) => [variable.name, variable.kind]));
  const known = await submittedValues(
    ctx,
    subject,
    { recordId: null, values, starter: who },
    conditionFields(flow),
  );
  const sense = { kinds, timeZone: ctx.timeZone, now: ctx.now };
  const route = routeOf(flow, (condition) => holds(condition, known, sense));
  const world = await worldOf(ctx, route, who, {}, flow.self);
  const { administrators } = world;
  const shown = shownPeople(route, world);
  const names = await personNames(ctx, [...new Set([...shown.values(), administrators].flat())]);
  const link = (id: string) => ({ id, title: names.get(id) ?? null });
  return {
    faults: faults.map(({ node, code }) => ({
      node,
      code,
      message: translate(ctx.registry.words, ctx.principal.language, `error.${code}`),
    })),
    route: route.map((node) => {
      const people = shown.get(node.id) ?? [];
      const chosen = node.kind !== 'end' && node.approvers.some((approver) => approver.kind === 'chosen');
      return {
        id: node.id,
        kind: node.kind,
        name: node.kind === 'end' ? '' : node.name,
        mode: node.kind === 'approve' ? node.mode : null,
        outcome: node.kind === 'end' ? node.outcome : null,
        chosen,
        /** Nobody there: the administrators are asked. */
        empty: node.kind === 'approve' && !chosen && people.length === 0,
        people: (node.kind === 'approve' && !chosen && people.length === 0 ? administrators : people).map(
          link,
        ),
      };
    }),
  };
}
