import { z } from 'zod';
import type { Context } from '../../platform/context/context.ts';
import { forbidden } from '../../platform/errors/problem.ts';
import { idParams, type Route, route } from '../../platform/http/route.ts';
import { addJob } from '../../platform/jobs/job.ts';
import { cardOf } from './grade/card.ts';
import { distributionOf } from './grade/distribution.ts';
import { lockGrade, lockInput, unlockGrade, unlockInput } from './grade/lock.ts';
import { PREVIEW_JOB } from './grade/names.ts';
import { asScheme, previewInput, previewSome } from './grade/preview.ts';
import { graderOf } from './grade/regrade.ts';
import { fromTemplate } from './scheme/from-template.ts';
import { schemeNamed } from './scheme/read.ts';
import { requireReadable } from './scheme/readable.ts';
import { TEMPLATES } from './scheme/templates.ts';

const tag = 'grades';

/** Previews look at every customer: for whoever may write rules only. */
function requireEditor(ctx: Context): void {
  const policy = ctx.policies.for('gradeScheme');
  if (!policy.can('create') && !policy.can('update')) throw forbidden();
}

/** What there is to weigh by; a number that has a name already and nobody tells yet is among them, and says so. */
function measuresFor(ctx: Context) {
  const words = ctx.registry.words[ctx.principal.language];
  const names = Object.keys(words).flatMap((key) => (key.startsWith('measure.') ? [key.slice(8)] : []));
  return names.flatMap((name) => {
    const measure = ctx.measures.get(name);
    if (measure && measure.entity !== 'customer') return [];
    const { unit = 'number', days = null } = measure ?? {};
    return [{ name, label: words[`measure.${name}`] ?? name, unit, days, available: measure !== undefined }];
  });
}

/** What is asked of grades besides the schemes' records. */
export function gradeRoutes(): Route[] {
  return [
    route({
      method: 'GET',
      path: '/grades/measures',
      summary: 'Numbers that rules can weigh customers by',
      tag,
      handle: ({ ctx }) => ({ items: measuresFor(ctx) }),
    }),
    route({
      method: 'GET',
      path: '/grades/templates',
      summary: 'Schemes to begin with',
      tag,
      handle: ({ ctx }) => ({
        items: TEMPLATES.map(({ name, title, kind, definition }) => ({
          name,
          title: title[ctx.principal.language],
          kind,
          grades: definition.grades.map(({ value, label, color }) => ({
            value,
            label,
            color: color ?? null,
          })),
        })),
      }),
    }),
    route({
      method: 'POST',
      path: '/grades/templates/{name}',
      summary: 'Make a scheme from a template; it is not switched on',
      tag,
      status: 201,
      params: z.strictObject({ name: z.string().max(30) }),
      body: z.strictObject({ name: z.string().trim().min(1).max(60).optional() }),
      handle: ({ ctx, params, body }) => fromTemplate(ctx, params.name, body.name),
    }),
    route({
      method: 'POST',
      path: '/grades/try',
      summary: 'What rules would make of the customers last changed',
      tag,
      body: previewInput,
      handle: async ({ ctx, body }) => {
        requireEditor(ctx);
        await requireReadable(ctx, asScheme(body).definition);
        return previewSome(ctx, body);
      },
    }),
    route({
      method: 'POST',
      path: '/grades/preview',
      summary: 'What rules would change, over all customers, as a job',
      tag,
      status: 202,
      body: previewInput,
      handle: async ({ ctx, body }) => {
        requireEditor(ctx);
        if (body.id) await schemeNamed(ctx, body.id);
        await requireReadable(ctx, asScheme(body).definition);
        // What cannot be understood is refused here and not by the job.
        await graderOf(ctx, asScheme(body));
        return { jobId: await addJob(ctx, PREVIEW_JOB, body, { entity: 'gradeScheme' }) };
      },
    }),
    route({
      method: 'GET',
      path: '/grades/distribution/{id}',
      summary: 'How many customers each grade has',
      tag,
      params: idParams,
      handle: ({ ctx, params }) => distributionOf(ctx, params.id),
    }),
    route({
      method: 'GET',
      path: '/grades/of/{id}',
      summary: "A customer's grades with their reasons",
      tag,
      params: idParams,
      handle: ({ ctx, params }) => cardOf(ctx, params.id),
    }),
    route({
      method: 'POST',
      path: '/grades/of/{id}/lock',
      summary: 'Hold a grade, or give another and hold that',
      tag,
      params: idParams,
      body: lockInput,
      handle: async ({ ctx, params, body }) => {
        await lockGrade(ctx, params.id, body);
        return cardOf(ctx, params.id);
      },
    }),
    route({
      method: 'POST',
      path: '/grades/of/{id}/unlock',
      summary: 'Let the rules decide again',
      tag,
      params: idParams,
      body: unlockInput,
      handle: async ({ ctx, params, body }) => {
        await unlockGrade(ctx, params.id, body);
        return cardOf(ctx, params.id);
      },
    }),
  ];
}
