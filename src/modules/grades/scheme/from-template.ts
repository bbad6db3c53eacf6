import type { Context } from '../../../platform/context/context.ts';
import { createRecord } from '../../../platform/entity/records.ts';
import { notFound } from '../../../platform/errors/problem.ts';
import { TEMPLATES } from './templates.ts';

/** Makes a scheme from a shipped template, under its own name or this one; it is not switched on. */
export function fromTemplate(ctx: Context, name: string, title?: string) {
  const template = TEMPLATES.find((each) => each.name === name);
  if (!template) throw notFound('gradeScheme');
  return createRecord(ctx, 'gradeScheme', {
    name: title ?? template.title[ctx.principal.language],
    kind: template.kind,
    definition: template.definition,
  });
}
