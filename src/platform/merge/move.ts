import { sql } from 'kysely';
import { writeAudit } from '../audit/audit.ts';
import type { Context } from '../context/context.ts';
import { bulkInsert, rowsAsRelation } from '../db/bulk.ts';
import { moveKeys } from '../duplicates/store.ts';
import type { Row } from '../entity/behaviour.ts';
import { setDeleted } from '../entity/bin.ts';
import { departmentOf } from '../entity/follow-root.ts';
import { rootField } from '../entity/registry.ts';
import type { Entity, Field } from '../entity/types.ts';
import { emit } from '../events/events.ts';
import { indexRows } from '../search/records.ts';
import { writeTimeline } from '../timeline/timeline.ts';

/** Rows changed by one statement. */
const CHUNK = 2000;

const MOVE_COLUMNS = [
  { name: 'merge_id', type: 'uuid' },
  { name: 'entity', type: 'text' },
  { name: 'field', type: 'text' },
  { name: 'record_id', type: 'uuid' },
  { name: 'from_ids', type: 'uuid[]' },
  { name: 'had_into', type: 'boolean' },
  { name: 'binned', type: 'boolean' },
] as const;

/** A reference that is to be other than it was. */
export interface Relinked {
  row: Row;
  value: string | string[] | null;
  /** Owner and department of the root it hangs on now. */
  root?: Row | undefined;
}

/** Who could see the records before: whose pages must let go of them. */
const placesBefore = (links: readonly Relinked[]) =>
  Object.fromEntries(
    links.map(({ row: { id, owner_id, department_id, root_owner_id } }) => [
      id,
      { owner_id, department_id, root_owner_id },
    ]),
  );

/** Fields of all record types that refer to records of this one; who made and changed something is not among them. */
export const referrersTo = (ctx: Context, entity: Entity): readonly { entity: Entity; field: Field }[] =>
  (ctx.registry.referrers.get(entity.name) ?? []).filter(({ field }) => !field.readOnly);

/** Lets every reference to the merged records lead to the survivor, of records in the recycle bin too, and notes each. */
export async function moveReferences(
  ctx: Context,
  entity: Entity,
  survivor: Row,
  sources: readonly string[],
  mergeId: string,
): Promise<void> {
  const into = survivor.id as string;
  const merged = [into, ...sources];
  for (const { entity: other, field } of referrersTo(ctx, entity)) {
    await binTwice(ctx, other, field, survivor, sources, mergeId);
    const column = sql.ref(`r.${field.column}`);
    const refers =
      field.kind === 'references'
        ? sql`${column} && ${sources}::uuid[]`
        : sql`${column} = any(${sources}::uuid[])`;
    // Indexes of references hold what is in use, that of the bin the rest.
    for (const which of [
      sql`r.deleted_at is null and ${column} is not null`,
      sql`r.deleted_at is not null`,
    ]) {
      for (;;) {
        const { rows } =
          await sql<Row>`select r.* from ${sql.table(other.table)} r where ${which} and ${refers}
          and r.id <> all(${other.name === entity.name ? merged : []}::uuid[]) order by r.id limit ${CHUNK} for update`.execute(
            ctx.db,
          );
        if (rows.length === 0) break;
        await bulkInsert(
          ctx.db,
          'merge_move',
          MOVE_COLUMNS,
          rows.map((row) => moveOf(other, field, row, into, mergeId)),
          sql`on conflict do nothing`,
        );
        const isRoot = rootField(other)?.name === field.name;
        await relink(
          ctx,
          other,
          field,
          rows.map((row) => ({
            row,
            value: Array.isArray(row[field.column])
              ? replaced(row[field.column] as string[], sources, into)
              : into,
            root: isRoot ? survivor : undefined,
          })),
          'merge',
        );
        if (rows.length < CHUNK) break;
      }
    }
  }
}

function moveOf(other: Entity, field: Field, row: Row, into: string, mergeId: string): Row {
  const before = [row[field.column]].flat() as string[];
  return {
    merge_id: mergeId,
    entity: other.name,
    field: field.name,
    record_id: row.id,
    from_ids: before,
    had_into: before.includes(into),
    binned: false,
  };
}

/**
 * Where only one record may refer to the survivor in this way, the further ones go to the recycle bin: a group has the same
 * member once.
 */
async function binTwice(
  ctx: Context,
  other: Entity,
  field: Field,
  survivor: Row,
  sources: readonly string[],
  mergeId: string,
): Promise<void> {
  for (const names of (other.unique ?? []).filter((set) => set.includes(field.name))) {
    const rest = names
      .filter((name) => name !== field.name)
      .map((name) => sql.ref(`r.${other.fields[name]?.column}`));
    const column = sql.ref(`r.${field.column}`);
    const { rows } = await sql<Row>`select r.* from ${sql.table(other.table)} r where r.id in (
        select id from (select r.id, row_number() over (
            partition by ${sql.join([sql`true`, ...rest])} order by ${column} = ${survivor.id} desc, r.id) as n
          from ${sql.table(other.table)} r where r.deleted_at is null and ${column} = any(${[survivor.id, ...sources]}::uuid[])
            ${rest.length ? sql`and num_nulls(${sql.join(rest)}) = 0` : sql``}) ranked
        where n > 1) order by r.id for update`.execute(ctx.db);
    const moves = rows.map((row) => ({
      ...moveOf(other, field, row, survivor.id as string, mergeId),
      binned: true,
    }));
    await bulkInsert(ctx.db, 'merge_move', MOVE_COLUMNS, moves);
    await setDeleted(ctx, other, rows, true);
  }
}

/** The list with one id in place of several, at the first one's place. */
export function replaced(list: readonly string[], from: readonly string[], into: string): string[] {
  return [...new Set(list.map((id) => (from.includes(id) ? into : id)))];
}

/** Writes references with all that follows from them: who sees the record, audit, event, search entry and timeline. */
export async function relink(
  ctx: Context,
  other: Entity,
  field: Field,
  links: readonly Relinked[],
  action: 'merge' | 'unmerge',
): Promise<void> {
  if (links.length === 0) return;
  const scoped = links.some(({ root }) => root);
  const columns = [
    { name: 'id', type: 'uuid' },
    { name: 'value', type: field.kind === 'references' ? 'uuid[]' : 'uuid' },
    ...(scoped ? ['owner_id', 'department_id'].map((name) => ({ name, type: 'uuid' })) : []),
  ];
  const values = links.map(({ row, value, root }) => ({
    id: row.id,
    value,
    owner_id: root?.owner_id ?? null,
    department_id: root?.department_id ?? null,
  }));
  const type = sql.raw(columns[1]?.type as string);
  const { rows } =
    await sql<Row>`update ${sql.table(other.table)} t set ${sql.ref(field.column)} = u.c1::${type},
      version = t.version + 1 ${scoped ? sql`, root_owner_id = u.c2::uuid, department_id = ${departmentOf(other, sql`u.c3::uuid`)}` : sql``}
    from ${rowsAsRelation(columns, values)} where t.id = u.c0::uuid returning t.*`.execute(ctx.db);
  const after = new Map(rows.map((row) => [row.id, row]));
  const inUse = rows.filter((row) => row.deleted_at === null);
  await moveKeys(
    ctx,
    other,
    links.flatMap(({ row }) => {
      const now = after.get(row.id);
      return now && now.deleted_at === null ? [{ before: row, after: now }] : [];
    }),
  );
  await indexRows(ctx, other, inUse);
  await writeTimeline(ctx, other, inUse);
  await writeAudit(
    ctx,
    ...links.map(({ row, value }) => ({
      action,
      entity: other.name,
      recordId: row.id as string,
      changes: { [field.name]: { before: row[field.column], after: value } },
    })),
  );
  const left = [...new Set(links.flatMap(({ row }) => (row[field.column] ?? []) as string | string[]))];
  await emit(ctx, {
    name: `${other.name}.updated`,
    entity: other.name,
    recordIds: links.map(({ row }) => row.id as string),
    payload: { left: { [field.name]: left }, ...(scoped ? { moved: placesBefore(links) } : {}) },
  });
}
