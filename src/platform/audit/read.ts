import { type RawBuilder, type SqlBool, sql } from 'kysely';
import { z } from 'zod';
import type { Context } from '../context/context.ts';
import { withCostLimit } from '../db/cost-limit.ts';
import { readRecord } from '../entity/records.ts';
import { allOf } from '../entity/sort.ts';
import { forbidden, notFound, problem } from '../errors/problem.ts';
import { limitOf } from '../http/route.ts';
import { startOfDay } from '../time/instant.shared.ts';
import { type AuditItem, type AuditRow, auditItems, OPEN_CHANGES } from './items.ts';

/** A day in the caller's zone, or an instant. */
const moment = z.union([z.iso.date(), z.iso.datetime({ offset: true })]);

export const auditFilter = z.strictObject({
  recordId: z.uuid().optional(),
  entity: z.string().max(100).optional(),
  actorId: z.uuid().optional(),
  action: z.string().max(100).optional(),
  cause: z.string().max(40).optional(),
  field: z.string().max(100).optional(),
  text: z.string().trim().min(1).max(200).optional(),
  from: moment.optional(),
  to: moment.optional(),
});
export type AuditFilter = z.infer<typeof auditFilter>;

export const auditQuery = auditFilter.extend({ limit: limitOf(200).optional(), cursor: z.uuid().optional() });

/**
 * Changes, newest first: of one record for whoever may read it, of everything for administrators.
 * Throws `not_found` for a record outside the caller's scope.
 */
export async function readAudit(
  ctx: Context,
  query: z.infer<typeof auditQuery>,
): Promise<{ items: AuditItem[]; nextCursor: string | null }> {
  const entity = await checkAccess(ctx, query);
  const limit = query.limit ?? 50;
  const rows = await auditRows(ctx, entity ? { ...query, entity } : query, limit + 1, query.cursor);
  const page = rows.slice(0, limit);
  return {
    items: await auditItems(ctx, page),
    nextCursor: rows.length > limit ? ((page.at(-1) as AuditRow).id as string) : null,
  };
}

/** Throws unless the caller may see these entries at all; gives the record type of the record asked for. */
export async function checkAccess(ctx: Context, filter: AuditFilter): Promise<string | undefined> {
  if (ctx.policies.administrator) return filter.entity;
  if (!filter.recordId) throw forbidden('administrator_required');
  const entity = filter.entity ?? (await entityOfRecord(ctx, filter.recordId));
  if (!entity || !ctx.registry.byName.has(entity)) throw notFound();
  await readRecord(ctx, entity, filter.recordId, { deleted: true });
  // Values of fields one may not see would be found by asking for one text after another.
  if (filter.text) throw forbidden('administrator_required');
  if (filter.field && !OPEN_CHANGES.has(filter.field) && !ctx.policies.for(entity).sees(filter.field))
    throw forbidden('field_not_filterable');
  return entity;
}

async function entityOfRecord(ctx: Context, recordId: string): Promise<string | undefined> {
  const { rows } = await sql<{ entity: string }>`select entity from audit_entry where record_id = ${recordId}
    order by id desc limit 1`.execute(ctx.db);
  return rows[0]?.entity;
}

/** Entries before a cursor, newest first. The id is ordered by time, and so is everything with it. */
export async function auditRows(
  ctx: Context,
  filter: AuditFilter,
  limit: number,
  cursor?: string,
): Promise<AuditRow[]> {
  const conditions = conditionsOf(ctx, filter);
  if (cursor) conditions.push(sql<SqlBool>`a.id < ${cursor}::uuid`);
  return withCostLimit(ctx.db, async (db) => {
    const { rows } =
      await sql<AuditRow>`select a.id, a.at, a.actor_id, a.action, a.entity, a.record_id, a.fields, a.cause_kind,
        a.cause_id, a.note, a.ip, v.changes
      from audit_entry a left join audit_value v on v.audit_id = a.id
      where ${allOf(conditions)} order by a.id desc limit ${limit}`.execute(db);
    return rows;
  });
}

function conditionsOf(ctx: Context, filter: AuditFilter): RawBuilder<SqlBool>[] {
  const conditions: RawBuilder<SqlBool>[] = [];
  if (filter.recordId) conditions.push(sql`a.record_id = ${filter.recordId}`);
  if (filter.entity) conditions.push(sql`a.entity = ${filter.entity}`);
  if (filter.actorId) conditions.push(sql`a.actor_id = ${filter.actorId}`);
  if (filter.action) conditions.push(sql`a.action = ${filter.action}`);
  if (filter.cause) conditions.push(sql`a.cause_kind = ${filter.cause}`);
  if (filter.field) conditions.push(sql`a.fields @> array[${filter.field}]`);
  if (filter.text) {
    const pattern = `%${filter.text.replace(/[\\%_]/g, (special) => `\\${special}`)}%`;
    conditions.push(sql`(v.changes::text ilike ${pattern} or a.note ilike ${pattern})`);
  }
  // An entry is written after its work began: `at` is never later than the time in its id, and hardly ever a day earlier.
  if (filter.from) {
    const from = instantOf(ctx, filter.from);
    conditions.push(sql`a.at >= ${from}::timestamptz`, sql`a.id >= ${firstId(from)}::uuid`);
  }
  if (filter.to) {
    const to = instantOf(ctx, filter.to, 1);
    const latest = Temporal.Instant.from(to).add({ hours: 24 }).toString();
    conditions.push(sql`a.at < ${to}::timestamptz`, sql`a.id < ${firstId(latest)}::uuid`);
  }
  if (!ctx.policies.administrator) conditions.push(seenByColleagues(ctx, filter.entity));
  return conditions;
}

/**
 * What happened to the record itself, in fields the caller may see. What people did to their accounts (signing in, second
 * factor) is not for colleagues who may read their names.
 */
function seenByColleagues(ctx: Context, name: string | undefined): RawBuilder<SqlBool> {
  const fields = (name && ctx.registry.byName.get(name)?.fieldList) || [];
  const seen = fields.filter((field) => ctx.policies.for(name as string).right(field.name) !== 'hidden');
  const names = [...seen.map((field) => field.name), ...OPEN_CHANGES];
  return sql`(a.fields && ${names}::text[] or a.action in ('create', 'delete', 'restore'))`;
}

/** The instant a filter means; a day as an upper bound includes that day. */
function instantOf(ctx: Context, text: string, days = 0): string {
  try {
    if (text.includes('T')) return Temporal.Instant.from(text).toString();
    const day = Temporal.PlainDate.from(text).add({ days });
    return startOfDay(day.toString(), ctx.principal.timeZone);
  } catch {
    throw problem('bad_query', { status: 400, errors: [{ path: 'from', code: 'bad_date' }] });
  }
}

/** The smallest time-ordered id of an instant. */
function firstId(instant: string): string {
  const time = Math.max(0, Temporal.Instant.from(instant).epochMilliseconds)
    .toString(16)
    .padStart(12, '0')
    .slice(-12);
  return `${time.slice(0, 8)}-${time.slice(8)}-7000-8000-000000000000`;
}
