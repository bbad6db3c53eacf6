import { sql } from 'kysely';
import { scopeCondition } from '../../../platform/access/where.ts';
import type { Context } from '../../../platform/context/context.ts';
import { entityNamed } from '../../../platform/entity/registry.ts';
import { notFound } from '../../../platform/errors/problem.ts';

/** What is needed of a segment to find its members. */
export interface Segment {
  id: string;
  name: string;
  entity: string;
  kind: 'live' | 'frozen';
  definition: unknown;
  refreshedAt: string | null;
}

const columns = sql`t.id, t.name, t.entity, t.kind, t.definition,
  to_char(t.refreshed_at at time zone 'utc', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') as "refreshedAt"`;

const inSight = (ctx: Context) =>
  scopeCondition(
    entityNamed(ctx.registry, 'segment'),
    ctx.policies.for('segment').scope('read'),
    ctx.principal,
  );

/** A segment the caller may use. */
export async function findSegment(ctx: Context, id: string): Promise<Segment | undefined> {
  const { rows } = await sql<Segment>`select ${columns} from segment t
    where t.id = ${id} and t.deleted_at is null and ${inSight(ctx)}`.execute(ctx.db);
  return rows[0];
}

/** The same; throws `not_found` without it. */
export async function segmentNamed(ctx: Context, id: string): Promise<Segment> {
  const segment = await findSegment(ctx, id);
  if (!segment) throw notFound('segment');
  return segment;
}

const MOST = 200;

/** The segments of a record type the caller may use, by name. */
export async function segmentsOf(ctx: Context, entity: string): Promise<Segment[]> {
  const { rows } = await sql<Segment>`select ${columns} from segment t
    where t.entity = ${entity} and t.deleted_at is null and ${inSight(ctx)}
    order by t.name_key, t.id limit ${MOST}`.execute(ctx.db);
  return rows;
}
