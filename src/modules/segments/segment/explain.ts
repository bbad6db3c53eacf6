import { type SqlBool, sql } from 'kysely';
import { type Condition, scopeCondition } from '../../../platform/access/where.ts';
import type { Context } from '../../../platform/context/context.ts';
import { compileFilter, relatedAmount } from '../../../platform/entity/filter.ts';
import type { Filter, FilterTerm, RelatedTerm, WireRecord } from '../../../platform/entity/meta.shared.ts';
import { readRecord } from '../../../platform/entity/records.ts';
import { entityNamed } from '../../../platform/entity/registry.ts';
import { notFound, ProblemError } from '../../../platform/errors/problem.ts';
import type { Explained, Explanation, Membership } from './explain.shared.ts';
import { findSegment, type Segment, segmentNamed, segmentsOf } from './read.ts';
import { membership } from './term.ts';

/** Why a record is in a segment or not: each condition with whether it is met and what the record really has. */
export async function explain(ctx: Context, id: string, recordId: string): Promise<Explanation> {
  const segment = await segmentNamed(ctx, id);
  const record = await readRecord(ctx, segment.entity, recordId);
  const policy = ctx.policies.for(segment.entity);
  // First as a whole: what is broken or hidden is refused, not told in part.
  const member = (await truths(ctx, segment.entity, record.id, [
    (await membership({ ctx, policy, alias: 't', single: true }, segment)).condition,
  ])) as [boolean];
  const leaves: Leaf[] = [];
  const tree = await nodeOf(
    { ctx, record, entity: segment.entity, leaves },
    segment.definition as Filter,
  ).catch((error: unknown) => {
    // Of a frozen segment the members stand, even when the condition that chose them cannot be read any more.
    if (segment.kind === 'frozen' && error instanceof ProblemError) return null;
    throw error;
  });
  const met = await truths(
    ctx,
    segment.entity,
    record.id,
    leaves.map(({ condition }) => condition),
  );
  for (const [index, leaf] of leaves.entries()) leaf.node.met = met[index] ?? false;
  if (tree) settle(tree);
  return {
    id: segment.id,
    name: segment.name,
    kind: segment.kind,
    refreshedAt: segment.refreshedAt,
    member: member[0],
    tree,
  };
}

/** The segments of its type that a record is in, as far as the caller may use them. */
export async function membershipsOf(ctx: Context, entity: string, recordId: string): Promise<Membership[]> {
  entityNamed(ctx.registry, entity);
  const { id } = await readRecord(ctx, entity, recordId);
  const policy = ctx.policies.for(entity);
  const known: { segment: Segment; condition: Condition | null }[] = [];
  const unclear: Membership[] = [];
  for (const segment of await segmentsOf(ctx, entity)) {
    const { name, kind } = segment;
    try {
      const { condition } = await membership({ ctx, policy, alias: 't', single: true }, segment);
      known.push({ segment, condition });
    } catch (error) {
      if (!(error instanceof ProblemError)) throw error;
      if (error.code !== 'segment_hidden')
        unclear.push({ id: segment.id, name, kind, member: null, code: error.code });
    }
  }
  const met = await truths(
    ctx,
    entity,
    id,
    known.map(({ condition }) => condition),
  );
  return [
    ...known.map(({ segment: { id, name, kind } }, index) => ({
      id,
      name,
      kind,
      member: met[index] ?? false,
    })),
    ...unclear,
  ];
}

interface Leaf {
  node: Explained;
  condition: Condition | null;
}

interface Walk {
  ctx: Context;
  record: WireRecord;
  entity: string;
  leaves: Leaf[];
}

async function nodeOf(walk: Walk, filter: Filter): Promise<Explained> {
  const { ctx, record, entity, leaves } = walk;
  if ('and' in filter || 'or' in filter) {
    const joint = 'and' in filter ? 'and' : 'or';
    const parts: Explained[] = [];
    for (const part of 'and' in filter ? filter.and : filter.or) parts.push(await nodeOf(walk, part));
    return { kind: joint, met: false, parts };
  }
  if ('not' in filter) return { kind: 'not', met: false, parts: [await nodeOf(walk, filter.not)] };
  const policy = ctx.policies.for(entity);
  const named = 'segment' in filter ? await findSegment(ctx, filter.segment) : undefined;
  if (named?.kind === 'live') {
    const inner = await nodeOf(walk, named.definition as Filter);
    return { kind: 'segment', met: false, name: named.name, filter, parts: [inner] };
  }
  const { condition } = await compileFilter(filter, { ctx, policy, single: true });
  const node: Explained = { kind: 'leaf', met: false, filter, ...(named ? { name: named.name } : {}) };
  if ('related' in filter) node.value = await relatedOf(walk, filter);
  else if ('field' in filter) node.value = await fieldValue(ctx, entity, record, filter);
  leaves.push({ node, condition });
  return node;
}

/** What the related records really amount to. */
async function relatedOf({ ctx, record, entity }: Walk, filter: RelatedTerm): Promise<unknown> {
  const policy = ctx.policies.for(entity);
  const value = await relatedAmount(filter, { ctx, policy });
  const { rows } = await sql<{ value: unknown }>`select ${value} as value
    from ${sql.table(policy.entity.table)} t where t.id = ${record.id}`.execute(ctx.db);
  return rows[0]?.value ?? null;
}

/** The value of a field, also over references, as the caller may see it. */
async function fieldValue(
  ctx: Context,
  entity: string,
  record: WireRecord,
  { field: path }: FilterTerm,
): Promise<unknown> {
  const [name = '', ...rest] = path.split('.');
  const value = record[name];
  if (rest.length === 0) return value ?? null;
  const to = entityNamed(ctx.registry, entity).fields[name]?.to;
  const id = (value as { id?: string } | null)?.id;
  if (!to || !id) return null;
  try {
    return await fieldValue(ctx, to, await readRecord(ctx, to, id), { field: rest.join('.'), op: 'eq' });
  } catch (error) {
    // A record out of sight tells nothing; the condition on it is not met either.
    if (error instanceof ProblemError) return null;
    throw error;
  }
}

/** Whether a record meets each of the conditions; all in one look. */
async function truths(
  ctx: Context,
  entityName: string,
  id: string,
  conditions: (Condition | null)[],
): Promise<boolean[]> {
  if (conditions.length === 0) return [];
  const entity = entityNamed(ctx.registry, entityName);
  const scope = scopeCondition(entity, ctx.policies.for(entityName).scope('read'), ctx.principal);
  const columns = conditions.map(
    (condition, index) => sql`coalesce(${condition ?? sql<SqlBool>`true`}, false) as ${sql.ref(`c${index}`)}`,
  );
  const { rows } = await sql<
    Record<string, boolean>
  >`select ${sql.join(columns)} from ${sql.table(entity.table)} t
    where t.id = ${id} and t.deleted_at is null and ${scope}`.execute(ctx.db);
  const row = rows[0];
  if (!row) throw notFound(entityName);
  return conditions.map((_, index) => row[`c${index}`] ?? false);
}

/** From the leaves up; empty groups say nothing, as in the filter. */
function settle(node: Explained): boolean {
  const parts = node.parts?.map(settle);
  if (parts)
    node.met =
      node.kind === 'or'
        ? parts.length === 0 || parts.some(Boolean)
        : node.kind === 'not'
          ? !parts[0]
          : parts.every(Boolean);
  return node.met;
}
