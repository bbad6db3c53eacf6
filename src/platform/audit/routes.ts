import { PassThrough } from 'node:stream';
import type { Context } from '../context/context.ts';
import { dayOf } from '../context/day.ts';
import { inTransaction } from '../context/transaction.ts';
import { fieldText } from '../entity/field-text.ts';
import { type Route, route } from '../http/route.ts';
import { writeTable } from '../tabular/write.ts';
import type { CellValue, Column } from '../tabular/write-types.ts';
import { instantToLocal } from '../time/instant.shared.ts';
import { writeAudit } from './audit.ts';
import { type AuditItem, auditItems } from './items.ts';
import { type AuditFilter, auditFilter, auditQuery, auditRows, checkAccess, readAudit } from './read.ts';

const tag = 'audit';
const EXPORT_PAGE = 500;
const EXPORT_LIMIT = 100_000;

/** The audit log. There is no route that changes it. */
export function auditRoutes(): Route[] {
  return [
    route({
      method: 'GET',
      path: '/audit',
      summary: 'Who changed what: of a record, or (administrators) of everything; newest first',
      tag,
      query: auditQuery,
      handle: ({ ctx, query }) => readAudit(ctx, query),
    }),
    route({
      method: 'GET',
      path: '/audit/export',
      summary: 'The same as CSV, one line per changed field, at most 100,000 entries',
      tag,
      access: 'administrator',
      query: auditFilter,
      handle: async ({ ctx, services, query, reply }) => {
        await checkAccess(ctx, query);
        await inTransaction(ctx, (inner) =>
          writeAudit(inner, {
            action: 'audit_exported',
            entity: 'audit',
            recordId: null,
            note: JSON.stringify(query),
          }),
        );
        const out = new PassThrough();
        writeTable(out, 'csv', columnsOf(ctx), exportLines(ctx, query)).catch((error: unknown) => {
          services.log.error({ err: error }, 'audit export broke off');
          out.destroy(error as Error);
        });
        return reply
          .header('content-disposition', `attachment; filename="audit-${dayOf(ctx)}.csv"`)
          .type('text/csv; charset=utf-8')
          .send(out);
      },
    }),
  ];
}

const COLUMNS = [
  'at',
  'actor',
  'action',
  'entity',
  'record',
  'field',
  'before',
  'after',
  'cause',
  'ip',
] as const;

function columnsOf(ctx: Context): Column[] {
  const words = ctx.registry.words[ctx.principal.language];
  return COLUMNS.map((name) => ({
    header: words[`audit.column.${name}`] ?? name,
    kind: name === 'at' ? 'datetime' : 'text',
  }));
}

async function* exportLines(ctx: Context, filter: AuditFilter): AsyncGenerator<CellValue[]> {
  let cursor: string | undefined;
  for (let done = 0; done < EXPORT_LIMIT; done += EXPORT_PAGE) {
    const rows = await auditRows(ctx, filter, EXPORT_PAGE, cursor);
    for (const item of await auditItems(ctx, rows)) yield* linesOf(ctx, item);
    cursor = rows.at(-1)?.id;
    if (rows.length < EXPORT_PAGE) return;
  }
}

function* linesOf(ctx: Context, item: AuditItem): Generator<CellValue[]> {
  const { language, timeZone } = ctx.principal;
  const words = ctx.registry.words[language];
  const entity = ctx.registry.byName.get(item.entity);
  const begin = [
    instantToLocal(item.at, timeZone),
    item.actor?.title ?? '',
    item.label,
    entity?.label[language] ?? item.entity,
    item.recordTitle ?? item.recordId ?? '',
  ];
  const end = [words[`audit.cause.${item.cause.kind}`] ?? item.cause.kind, item.ip ?? ''];
  if (item.changes.length === 0) yield [...begin, '', '', item.note ?? '', ...end];
  for (const change of item.changes) {
    const field = entity?.fields[change.field] ?? { kind: 'json' as const, options: [] };
    yield [
      ...begin,
      change.label,
      fieldText(ctx, field, change.before),
      fieldText(ctx, field, change.after),
      ...end,
    ];
  }
}
