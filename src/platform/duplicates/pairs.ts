import { sql } from 'kysely';
import type { Context } from '../context/context.ts';
import { inTransaction } from '../context/transaction.ts';
import { type BulkColumn, bulkInsert, rowsAsRelation } from '../db/bulk.ts';
import type { Row } from '../entity/behaviour.ts';
import type { Entity } from '../entity/types.ts';
import { blockKeys } from './blocks.ts';
import { compare, LEAST } from './compare.ts';
import { type Profile, profileOfRow } from './profile.ts';

/** A hash that more records share than this says nothing of any of them. */
export const MOST_PER_KEY = 50;
/** Records looked at by one statement. */
const CHUNK = 1000;

const BLOCK_COLUMNS: BulkColumn[] = [
  { name: 'record_id', type: 'uuid' },
  { name: 'entity', type: 'text' },
  { name: 'keys', type: 'bigint[]' },
];

const PAIR_COLUMNS: BulkColumn[] = [
  { name: 'a', type: 'uuid' },
  { name: 'b', type: 'uuid' },
  { name: 'entity', type: 'text' },
  { name: 'certainty', type: 'real' },
  { name: 'reasons', type: 'text[]' },
  { name: 'found_at', type: 'timestamptz' },
];

export interface Pair {
  a: string;
  b: string;
}

/** Rows in use by id, as far as they matter for comparing. */
export async function rowsOf(
  ctx: Context,
  entity: Entity,
  ids: readonly string[],
): Promise<Map<string, Row>> {
  const { rows } = await sql<Row>`select * from ${sql.table(entity.table)}
    where id = any(${ids}::uuid[]) and deleted_at is null`.execute(ctx.db);
  return new Map(rows.map((row) => [row.id as string, row]));
}

export async function storeBlocks(
  ctx: Context,
  entity: Entity,
  profiles: ReadonlyMap<string, Profile>,
): Promise<void> {
  const rows = [...profiles].map(([id, profile]) => ({
    record_id: id,
    entity: entity.name,
    keys: blockKeys(entity.name, profile),
  }));
  await bulkInsert(
    ctx.db,
    'duplicate_block',
    BLOCK_COLUMNS,
    rows,
    sql`on conflict (record_id) do update set keys = excluded.keys where duplicate_block.keys <> excluded.keys`,
  );
}

/** Judges pairs and keeps those worth a look; what people decided stays. Gives how many are. */
export async function judgePairs(
  ctx: Context,
  entity: Entity,
  pairs: readonly Pair[],
  profiles: ReadonlyMap<string, Profile>,
): Promise<number> {
  const kept = pairs.flatMap(({ a, b }) => {
    const [one, two] = [profiles.get(a), profiles.get(b)];
    if (!one || !two) return [];
    const { certainty, reasons } = compare(one, two);
    return certainty < LEAST ? [] : [{ a, b, entity: entity.name, certainty, reasons, found_at: ctx.now }];
  });
  await bulkInsert(
    ctx.db,
    'duplicate_pair',
    PAIR_COLUMNS,
    kept,
    sql`on conflict (a, b) do update set certainty = excluded.certainty, reasons = excluded.reasons
      where duplicate_pair.certainty <> excluded.certainty or duplicate_pair.reasons <> excluded.reasons`,
  );
  return kept.length;
}

/** Brings blocks and pairs of changed records up to date; of records no longer in use nothing remains but decisions. */
export async function refreshPairs(ctx: Context, entity: Entity, ids: readonly string[]): Promise<void> {
  for (let start = 0; start < ids.length; start += CHUNK) {
    const chunk = ids.slice(start, start + CHUNK);
    await inTransaction(ctx, (inner) => refreshChunk(inner, entity, chunk));
  }
}

async function refreshChunk(ctx: Context, entity: Entity, ids: readonly string[]): Promise<void> {
  const rows = await rowsOf(ctx, entity, ids);
  const profiles = new Map([...rows].map(([id, row]) => [id, profileOfRow(entity, row)]));
  const gone = ids.filter((id) => !rows.has(id));
  await sql`delete from duplicate_block where record_id = any(${gone}::uuid[])`.execute(ctx.db);
  await storeBlocks(ctx, entity, profiles);
  const found = await candidatesOf(ctx, entity, profiles);
  const pairs = [...found].flatMap(([id, others]) =>
    others.map((other) => (id < other ? { a: id, b: other } : { a: other, b: id })),
  );
  const unknown = [...new Set([...found.values()].flat())].filter((id) => !profiles.has(id));
  for (const [id, row] of await rowsOf(ctx, entity, unknown)) profiles.set(id, profileOfRow(entity, row));
  const near = pairs.filter(({ a, b }) => {
    const [one, two] = [profiles.get(a), profiles.get(b)];
    return one && two && compare(one, two).certainty >= LEAST;
  });
  // What is near no more goes, unless someone has decided on it.
  await sql`delete from duplicate_pair p where decision is null and (p.a = any(${ids}::uuid[]) or p.b = any(${ids}::uuid[]))
    and not exists (select from ${rowsAsRelation(
      [
        { name: 'a', type: 'uuid' },
        { name: 'b', type: 'uuid' },
      ],
      near,
    )} where u.c0::uuid = p.a and u.c1::uuid = p.b)`.execute(ctx.db);
  await judgePairs(ctx, entity, distinct(near), profiles);
}

const distinct = (pairs: readonly Pair[]): Pair[] => [
  ...new Map(pairs.map((pair) => [`${pair.a} ${pair.b}`, pair])).values(),
];

/** By record, those that share a hash with it, whoever may see them; hashes of too many records count for none. */
export async function candidatesOf(
  ctx: Context,
  entity: Entity,
  profiles: ReadonlyMap<string, Profile>,
): Promise<Map<string, string[]>> {
  const asked = [...profiles].flatMap(([id, profile]) =>
    blockKeys(entity.name, profile).map((key) => ({ id, key })),
  );
  const found = new Map<string, string[]>();
  if (asked.length === 0) return found;
  const columns = [
    { name: 'id', type: 'text' },
    { name: 'key', type: 'bigint' },
  ];
  // Without a limit within: it would lead the planner to read the table through instead of asking the index.
  const { rows } = await sql<{ id: string; others: string[] }>`
    select u.c0 as id, array_agg(distinct o.id) as others from ${rowsAsRelation(columns, asked)}
    cross join lateral (
      select array_agg(record_id) as ids from duplicate_block where keys @> array[u.c1::bigint]) m
    cross join unnest(m.ids) as o(id)
    where cardinality(m.ids) <= ${MOST_PER_KEY} and o.id::text <> u.c0 group by u.c0`.execute(ctx.db);
  for (const { id, others } of rows) found.set(id, others);
  return found;
}
