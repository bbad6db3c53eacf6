import type { Context } from '../context/context.ts';
import { fieldText } from '../entity/field-text.ts';
import type { Entity, Part } from '../entity/types.ts';
import type { AuditChange, AuditRow } from './items.ts';

/** What changed of a record's rows, as text a person reads: one line a row, of the fields he may see. */
export function partChanges(ctx: Context, { name, entity }: Part, row: AuditRow): AuditChange[] {
  const label = entity.manyLabel[ctx.principal.language];
  const change = row.changes?.[name];
  if (!change) return [{ field: name, label, before: null, after: null, erased: true }];
  const told = { before: linesOf(ctx, entity, change.before), after: linesOf(ctx, entity, change.after) };
  return told.before || told.after ? [{ field: name, label, ...told }] : [];
}

function linesOf(ctx: Context, entity: Entity, rows: unknown): string | null {
  const policy = ctx.policies.for(entity.name);
  const { language } = ctx.principal;
  const lines = (rows as Record<string, unknown>[]).map((values) => {
    const seen = Object.entries(values).flatMap(([name, value]) => {
      const field = entity.fields[name];
      return field && policy.sees(name) ? [{ field, text: fieldText(ctx, field, value) }] : [];
    });
    const title = seen.find(({ field }) => field.name === entity.title)?.text ?? '';
    const rest = seen.filter(({ field, text }) => field.name !== entity.title && text !== '');
    return [title, ...rest.map(({ field, text }) => `${field.label[language]} ${text}`)]
      .filter(Boolean)
      .join(' ');
  });
  return lines.filter(Boolean).join(language === 'zh' ? '；' : '; ') || null;
}
