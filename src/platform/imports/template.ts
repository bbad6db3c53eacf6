import type { Writable } from 'node:stream';
import type { Context } from '../context/context.ts';
import type { TableFormat } from '../tabular/table.ts';
import { writeTable } from '../tabular/write.ts';
import { importableFields, sheetChild } from './headers.ts';
import { requireImport } from './propose.ts';

/** Writes an empty table with the columns the caller may fill now, required ones first; people who share the sheet last. */
export async function writeTemplate(
  ctx: Context,
  entityName: string,
  format: TableFormat,
  out: Writable,
): Promise<void> {
  const entity = requireImport(ctx, entityName);
  const { language } = ctx.principal;
  const fields = importableFields(ctx, entity).filter(
    ({ name, kind }) => name !== 'number' && kind !== 'json',
  );
  const required = (field: (typeof fields)[number]) => field.required && field.default === undefined;
  const own = [...fields.filter(required), ...fields.filter((field) => !required(field))].map(
    (field) => field.label[language],
  );
  const sheet = sheetChild(ctx, entity);
  const people = sheet
    ? importableFields(ctx, sheet.child)
        .filter(({ name, quick }) => quick && name !== sheet.root.name)
        .map(
          (field) => `${sheet.child.label[language]}${language === 'zh' ? '' : ' '}${field.label[language]}`,
        )
    : [];
  const columns = [...own, ...people].map((header) => ({ header, kind: 'text' as const }));
  await writeTable(out, format, columns, [], entity.label[language]);
}
