import { sql } from 'kysely';
import { scopeCondition } from '../access/where.ts';
import type { Context } from '../context/context.ts';
import { inTransaction } from '../context/transaction.ts';
import type { Row } from '../entity/behaviour.ts';
import type { WireRecord } from '../entity/meta.shared.ts';
import { readMany } from '../entity/titles.ts';
import type { Entity } from '../entity/types.ts';
import { invalid, problem } from '../errors/problem.ts';
import { type HeldRecord, heldFromMerge } from './held.ts';
import { MOST, rowsToMerge } from './merge.ts';
import { referrersTo } from './move.ts';
import { mergedValues } from './values.ts';

export interface MergePreview {
  into: string;
  /** The survivor first. */
  records: WireRecord[];
  fields: {
    name: string;
    /** The record whose value is kept unless another is chosen; `together` is all of them in one. */
    source: string | null;
    different: boolean;
    /** What the survivor will have, as far as it is no reference. */
    value: unknown;
  }[];
  /** Records that wait for a decision: nothing is merged before. */
  held: HeldRecord[];
  /** By record type and field, how many records the caller may read lead to each of them. */
  children: { entity: string; field: string; label: string; counts: Record<string, number> }[];
}

/** What merging these records would do. Nothing is changed. */
export async function previewMerge(
  ctx: Context,
  entity: Entity,
  input: { ids: readonly string[]; into?: string | undefined },
): Promise<MergePreview> {
  const ids = [...new Set([...input.ids, ...(input.into ? [input.into] : [])])].sort();
  if (entity.unmergeable) throw problem('not_mergeable', { status: 422 });
  if (ids.length < 2 || ids.length > MOST)
    throw invalid([{ path: 'ids', code: 'merge_count', params: { most: MOST } }]);
  return inTransaction(ctx, async (inner) => {
    const rows = await rowsToMerge(inner, entity, ids);
    const counts = await countChildren(inner, entity, ids);
    const into = input.into ?? bestSurvivor(rows, counts);
    const ordered = rows.toSorted((a, b) => Number(b.id === into) - Number(a.id === into));
    const records = await readMany(
      inner,
      entity.name,
      ordered.map((row) => row.id as string),
    );
    const policy = inner.policies.for(entity.name);
    const fields = mergedValues(entity, ordered)
      .filter(({ field }) => policy.right(field.name) !== 'hidden')
      .map(({ field, source, value }) => ({
        name: field.name,
        source: source === 'together' ? 'together' : (source?.id ?? null),
        different: new Set(ordered.map((row) => JSON.stringify(row[field.column] ?? null))).size > 1,
        value: field.to || !policy.sees(field.name) ? null : value,
      }));
    return {
      into,
      records: ordered.flatMap((row) => records.get(row.id as string) ?? []),
      fields,
      held: await heldFromMerge(inner, entity, ids),
      children: counts.filter(({ counts: each }) => Object.keys(each).length > 0),
    };
  });
}

async function countChildren(
  ctx: Context,
  entity: Entity,
  ids: readonly string[],
): Promise<MergePreview['children']> {
  const found: MergePreview['children'] = [];
  for (const { entity: other, field } of referrersTo(ctx, entity)) {
    // What moves and may not be read moves all the same; it is not counted for whoever may not know of it.
    const policy = ctx.policies.for(other.name);
    if (!policy.can('read') || policy.right(field.name) === 'hidden') continue;
    const scope = scopeCondition(other, policy.scope('read'), ctx.principal, { alias: 'r' });
    const column = sql.ref(`r.${field.column}`);
    const { rows } =
      field.kind === 'references'
        ? await sql<{
            id: string;
            n: number;
          }>`select e.id, count(*)::int as n from ${sql.table(other.table)} r
            cross join unnest(${column}) as e(id)
            where r.deleted_at is null and ${scope} and ${column} && ${ids}::uuid[] and e.id = any(${ids}::uuid[]) group by e.id`.execute(
            ctx.db,
          )
        : await sql<{
            id: string;
            n: number;
          }>`select ${column} as id, count(*)::int as n from ${sql.table(other.table)} r
            where r.deleted_at is null and ${scope} and ${column} = any(${ids}::uuid[]) group by 1`.execute(
            ctx.db,
          );
    found.push({
      entity: other.name,
      field: field.name,
      label: other.manyLabel[ctx.principal.language],
      counts: Object.fromEntries(rows.map(({ id, n }) => [id, n])),
    });
  }
  return found;
}

/** The one most leads to; among equals the oldest. */
function bestSurvivor(rows: readonly Row[], children: MergePreview['children']): string {
  const weight = (row: Row) => children.reduce((sum, { counts }) => sum + (counts[row.id as string] ?? 0), 0);
  const [best] = rows.toSorted(
    (a, b) => weight(b) - weight(a) || String(a.created_at).localeCompare(String(b.created_at)),
  );
  return best?.id as string;
}
