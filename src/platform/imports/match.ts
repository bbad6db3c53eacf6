import { sql } from 'kysely';
import type { Context } from '../context/context.ts';
import { rowsAsRelation } from '../db/bulk.ts';
import { recordsByKey } from '../duplicates/find.ts';
import { type DuplicateKey, duplicateKeys, hashKey } from '../duplicates/keys.ts';
import { columnTypes } from '../entity/columns.ts';
import type { Entity } from '../entity/types.ts';
import type { ImportPlan, ReadRow } from './plan.ts';

/** By what a row may be the same as a record or as an earlier row. */
export interface RowKeys {
  /** Equal means the same; `column` keys are looked up in the record's own columns. */
  certain: { key: string; fields: readonly string[]; byColumns?: readonly string[] }[];
  likely: DuplicateKey[];
}

/** What the base holds of a row. */
export interface RowHits {
  /** Records that are certainly the same, with the fields that say so. */
  certain: { id: string; fields: readonly string[] }[];
  likely: { id: string; fields: readonly string[] }[];
}

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

/** Of likely duplicates this many are named; who wants all of them looks at the record. */
const LIKELY_SHOWN = 2;

/** Whether anything tells records of a type apart; where nothing does, the row itself has to. */
export function hasIdentity(entity: Entity): boolean {
  return Boolean(entity.unique?.length) || Boolean(entity.duplicates?.some(({ certain }) => certain));
}

/** The keys of a row: in upsert mode the one field chosen decides, and all others only hint. */
export function keysOf(plan: ImportPlan, row: ReadRow, looking: { certainOnly?: boolean } = {}): RowKeys {
  const { entity, options } = plan;
  const value = (field: string) => row.values[field] ?? entity.fields[field]?.default ?? null;
  const declared = duplicateKeys(entity, value, options.mode === 'create' ? looking : {});
  const keys: RowKeys = { certain: [], likely: [] };
  const byColumns = (names: readonly string[], own: (name: string) => unknown = value) =>
    keys.certain.push({
      key: hashKey(`${entity.name} = ${names.map((name) => `${name}:${own(name) ?? ''}`).join('\n')}`),
      fields: names,
      byColumns: names,
    });
  if (options.mode === 'upsert') {
    const { key } = options;
    const text = key === 'id' ? row.id : key === 'number' ? row.number : value(key as string);
    const rule = declared.filter(
      ({ fields, kind }) =>
        fields.includes(key as string) && fields.length <= 2 && kind !== 'core' && kind !== 'tuple',
    );
    if (text === null) keys.certain = [];
    else if (rule.length) keys.certain = rule.slice(0, 1);
    else byColumns([key as string], () => text);
    keys.likely = declared.filter((each) => !rule.includes(each));
    return keys;
  }
  if (row.id && UUID.test(row.id)) byColumns(['id'], () => row.id);
  if (row.number) byColumns(['number'], () => row.number);
  for (const names of entity.unique ?? []) {
    if (names.some((name) => value(name) !== null) && value(names.at(-1) as string) !== null)
      byColumns(names);
  }
  for (const each of declared) (each.certain ? keys.certain : keys.likely).push(each);
  return keys;
}

/** Finds the records the rows may be, over the whole base: one query for all keys, one for each set of columns. */
export async function findHits(
  ctx: Context,
  plan: ImportPlan,
  rows: readonly ReadRow[],
  keys: readonly RowKeys[],
): Promise<RowHits[]> {
  const byKey = await recordsByKey(
    ctx,
    keys.flatMap(({ certain }) => certain.flatMap((each) => (each.byColumns ? [] : each.key))),
  );
  const byLikely = await recordsByKey(
    ctx,
    keys.flatMap(({ likely }) => likely.map(({ key }) => key)),
    LIKELY_SHOWN,
  );
  const byColumns = await findByColumns(ctx, plan, rows, keys);
  return keys.map(({ certain, likely }) => {
    const hits: RowHits = { certain: [], likely: [] };
    for (const { key, fields, byColumns: columns } of certain) {
      for (const id of (columns ? byColumns : byKey).get(key) ?? []) hits.certain.push({ id, fields });
    }
    for (const { key, fields } of likely) {
      for (const id of byLikely.get(key) ?? []) {
        if (!hits.certain.some((hit) => hit.id === id)) hits.likely.push({ id, fields });
      }
    }
    return hits;
  });
}

async function findByColumns(
  ctx: Context,
  plan: ImportPlan,
  rows: readonly ReadRow[],
  keys: readonly RowKeys[],
): Promise<Map<string, string[]>> {
  const { entity } = plan;
  const groups = new Map<string, { names: readonly string[]; wanted: Map<string, ReadRow> }>();
  keys.forEach(({ certain }, index) => {
    for (const { key, byColumns } of certain) {
      if (!byColumns) continue;
      const group = groups.get(byColumns.join()) ?? { names: byColumns, wanted: new Map() };
      group.wanted.set(key, rows[index] as ReadRow);
      groups.set(byColumns.join(), group);
    }
  });
  const found = new Map<string, string[]>();
  const types = columnTypes(entity);
  for (const { names, wanted } of groups.values()) {
    const columns = names.map((name) => entity.fields[name]?.column ?? name);
    const typed = columns.map((name) => ({ name, type: types.get(name) ?? 'text' }));
    const relation = rowsAsRelation(
      [...typed, { name: '_key', type: 'text' }],
      [...wanted].map(([key, row]) => ({ ...valuesOf(entity, names, row), _key: key })),
    );
    // One column finds its index by equality; several are few records (departments), of which one may be null.
    const equals = typed.length > 1 ? sql`is not distinct from` : sql`=`;
    const matches = typed.map(
      ({ name, type }, at) => sql`${sql.ref(`t.${name}`)} ${equals} ${sql.ref(`u.c${at}`)}::${sql.raw(type)}`,
    );
    const { rows: hits } = await sql<{
      key: string;
      id: string;
    }>`select ${sql.ref(`u.c${typed.length}`)} as key, t.id
      from ${relation} join ${sql.table(entity.table)} t on ${sql.join(matches, sql` and `)} and t.deleted_at is null`.execute(
      ctx.db,
    );
    for (const { key, id } of hits) found.set(key, [...(found.get(key) ?? []), id]);
  }
  return found;
}

function valuesOf(entity: Entity, names: readonly string[], row: ReadRow): Record<string, unknown> {
  return Object.fromEntries(
    names.map((name) => [
      entity.fields[name]?.column ?? name,
      name === 'id' ? row.id : name === 'number' ? row.number : (row.values[name] ?? null),
    ]),
  );
}
