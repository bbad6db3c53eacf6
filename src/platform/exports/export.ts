import type { Writable } from 'node:stream';
import { scopeCondition } from '../access/where.ts';
import { writeAudit } from '../audit/audit.ts';
import type { Context } from '../context/context.ts';
import { idPages, type ListQuery } from '../entity/list.ts';
import { entityNamed } from '../entity/registry.ts';
import { selectRows, visibleFields } from '../entity/select.ts';
import { allOf } from '../entity/sort.ts';
import type { Entity, Field } from '../entity/types.ts';
import { toWire } from '../entity/wire.ts';
import { forbidden, problem } from '../errors/problem.ts';
import type { TableFormat } from '../tabular/table.ts';
import { writeTable } from '../tabular/write.ts';
import type { CellValue, Column } from '../tabular/write-types.ts';
import { type CellStyle, cellOf, columnKind } from './cell.ts';

/** Records read at a time. */
const PAGE = 1000;

/** Header of the column by which records without a number are known again. */
export const ID_HEADERS = { zh: '系统编号', en: 'Record ID' } as const;

export interface ExportQuery extends Pick<ListQuery, 'filter' | 'q' | 'sort'> {
  ids?: string[] | undefined;
  columns?: string[] | undefined;
}

/** Throws unless the caller may export records of this type: a right apart from reading. */
export function requireExport(ctx: Context, entityName: string): Entity {
  const entity = entityNamed(ctx.registry, entityName);
  const policy = ctx.policies.for(entityName);
  if (!policy.can('read')) throw forbidden();
  if (!policy.can('export')) throw forbidden('export_forbidden');
  return entity;
}

/** How files for a caller are written. */
export const styleOf = (ctx: Context): CellStyle => ({
  language: ctx.principal.language,
  words: ctx.registry.words,
  timeZone: ctx.principal.timeZone,
  currency: ctx.currency,
});

/** The fields of an export, in order: those asked for, else all the caller may know of. */
export function exportedFields(ctx: Context, entity: Entity, columns?: readonly string[]): Field[] {
  const visible = visibleFields(ctx, entity).filter((field) => !field.internal);
  if (!columns) return visible;
  return columns.map((name) => {
    const field = visible.find((each) => each.name === name);
    if (!field)
      throw problem('invalid', {
        errors: [{ path: 'columns', code: 'unknown_field', params: { field: name } }],
      });
    return field;
  });
}

/**
 * Writes the records a query selects as a table, with the caller's rights: his scope, hidden fields absent, masked ones
 * masked. All columns together carry what importing needs to know the records again. Audited with the count.
 */
export async function writeExport(
  ctx: Context,
  entityName: string,
  query: ExportQuery,
  format: TableFormat,
  out: Writable,
  progress: (rows: number) => Promise<void> | void = () => {},
): Promise<number> {
  const entity = requireExport(ctx, entityName);
  const { language } = ctx.principal;
  const policy = ctx.policies.for(entityName);
  const fields = exportedFields(ctx, entity, query.columns);
  const columns: Column[] = fields.map((field) => ({
    header: field.label[language],
    kind: columnKind(field, policy.right(field.name) === 'masked'),
  }));
  if (!entity.numberPrefix) columns.push({ header: ID_HEADERS[language], kind: 'text' });
  const { rows } = await writeTable(
    out,
    format,
    unique(columns),
    cells(ctx, entity, query, fields, progress),
    entity.label[language],
  );
  await writeAudit(ctx, { action: 'export', entity: entityName, recordId: null, note: `${rows} ${format}` });
  return rows;
}

/** Two columns of one name could not be told apart on the way back. */
function unique(columns: Column[]): Column[] {
  const seen = new Map<string, number>();
  return columns.map((column) => {
    const count = (seen.get(column.header) ?? 0) + 1;
    seen.set(column.header, count);
    return count === 1 ? column : { ...column, header: `${column.header} (${count})` };
  });
}

async function* cells(
  ctx: Context,
  entity: Entity,
  query: ExportQuery,
  fields: readonly Field[],
  progress: (rows: number) => Promise<void> | void,
): AsyncGenerator<CellValue[]> {
  const policy = ctx.policies.for(entity.name);
  const style = styleOf(ctx);
  const scopes = (['read', 'export'] as const).map((action) =>
    scopeCondition(entity, policy.scope(action), ctx.principal),
  );
  let done = 0;
  for await (const ids of pages(ctx, entity, query)) {
    const rows = await selectRows(ctx, entity, ids, fields, allOf(scopes));
    for (const row of rows) {
      if (row.deleted_at) continue;
      const record = toWire(policy, row, fields);
      const values = fields.map((field) => cellOf(field, record[field.name], style));
      yield entity.numberPrefix ? values : [...values, record.id];
    }
    done += rows.length;
    await progress(done);
  }
}

async function* pages(
  ctx: Context,
  entity: Entity,
  { ids, ...query }: ExportQuery,
): AsyncGenerator<string[]> {
  if (!ids) yield* idPages(ctx, entity.name, query, 'export', PAGE);
  else for (let from = 0; from < ids.length; from += PAGE) yield ids.slice(from, from + PAGE);
}
