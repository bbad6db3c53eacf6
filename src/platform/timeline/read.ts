import { type RawBuilder, type SqlBool, sql } from 'kysely';
import { z } from 'zod';
import type { EntityPolicy } from '../access/policy.ts';
import { type AuditItem, auditItems } from '../audit/items.ts';
import { auditRows } from '../audit/read.ts';
import { type Comment, commentCounts, commentRows, threadsOf } from '../comments/read.ts';
import type { Context } from '../context/context.ts';
import { subtitleOf } from '../entity/field-text.ts';
import type { Link, WireRecord } from '../entity/meta.shared.ts';
import { readMany } from '../entity/titles.ts';
import type { Entity, TimelineSpec } from '../entity/types.ts';
import { problem } from '../errors/problem.ts';

export type TimelineCategory = TimelineSpec['category'] | 'comment';

export interface TimelineItem {
  id: string;
  at: string;
  category: TimelineCategory;
  entity: string;
  recordId: string;
  title: string;
  summary: string;
  /** The record's kind (call, visit …), of a change its action. */
  kind: string | null;
  actor: Link | null;
  /** Null for a change, which has `changes` instead. */
  record: WireRecord | null;
  changes?: AuditItem['changes'];
  /** Of a comment: itself, and the answers to it. */
  thread?: Comment[];
  /** How much was said about it; null where nothing is the reader's to say. */
  comments: number | null;
}

interface TimelineRow {
  id: string;
  at: string;
  category: TimelineCategory;
  entity: string;
  record_id: string;
}

/** How far each of the three streams has been read. */
const position = z.strictObject({
  thing: z.tuple([z.iso.datetime({ precision: undefined }), z.uuid()]).nullable(),
  change: z.uuid().nullable(),
  comment: z.tuple([z.iso.datetime({ precision: undefined }), z.uuid()]).nullable(),
});
type Position = z.infer<typeof position>;

const SUMMARY = 300;

/**
 * What happened with a record, newest first: the things that stand on its timeline, as far as the caller may read them,
 * merged with what was said about it and its own changes. Two index ranges and one query per kind of thing, however long the history.
 */
export async function readTimeline(
  ctx: Context,
  root: Entity,
  rootId: string,
  query: { category?: TimelineCategory | undefined; cursor?: string | undefined; limit: number },
): Promise<{ items: TimelineItem[]; nextCursor: string | null; categories: TimelineCategory[] }> {
  const from = query.cursor ? decode(query.cursor) : { thing: null, change: null, comment: null };
  const { category, limit } = query;
  // What the house says among itself, and how a record came to be as it is, stays within the house.
  const inside = ctx.policies.outsider === null;
  const withChanges = inside && (category === undefined || category === 'change');
  const withComments = inside && (category === undefined || category === 'comment');
  const [things, changes, comments] = await Promise.all([
    thingRows(ctx, root, rootId, category, from, limit + 1),
    withChanges
      ? auditRows(ctx, { recordId: rootId, entity: root.name }, limit + 1, from.change ?? undefined)
      : [],
    withComments ? commentRows(ctx, rootId, from.comment, limit + 1) : [],
  ]);
  const merged = [
    ...things.map((thing) => ({ at: thing.at, thing })),
    ...changes.map((change) => ({ at: change.at, change })),
    ...comments.map((comment) => ({ at: comment.at, comment })),
  ].sort((a, b) => Temporal.Instant.compare(b.at, a.at));
  const page = merged.slice(0, limit);
  const pageThings = page.flatMap((entry) => ('thing' in entry ? entry.thing : []));
  const pageChanges = page.flatMap((entry) => ('change' in entry ? entry.change : []));
  const pageComments = page.flatMap((entry) => ('comment' in entry ? entry.comment : []));
  const shown = new Map<string, TimelineItem>([
    ...(await thingItems(ctx, pageThings)),
    ...(await auditItems(ctx, pageChanges)).map((item) => [item.id, changeItem(ctx, item)] as const),
    ...(await commentItems(ctx, pageComments)),
  ]);
  const last = pageThings.at(-1);
  const lastComment = pageComments.at(-1);
  const next: Position = {
    thing: last ? [last.at, last.id] : from.thing,
    change: pageChanges.at(-1)?.id ?? from.change,
    comment: lastComment ? [lastComment.at, lastComment.id] : from.comment,
  };
  return {
    items: page.flatMap((entry) => shown.get(idOf(entry)) ?? []),
    nextCursor: merged.length > limit ? encode(next) : null,
    categories: categoriesFor(ctx, root),
  };
}

/** What may stand on a timeline for the caller: what has no place there is not asked for. */
function categoriesFor(ctx: Context, root: Entity): TimelineCategory[] {
  const things = ctx.registry.entities.flatMap((entity) => {
    const { timeline, fields, name } = entity;
    const stands = timeline?.on.some((each) => fields[each]?.to === root.name);
    return timeline && stands && ctx.policies.for(name).can('read') ? [timeline.category] : [];
  });
  return [
    ...new Set<TimelineCategory>([
      ...things,
      ...(ctx.policies.outsider ? [] : (['comment', 'change'] as const)),
    ]),
  ];
}

type Entry = { at: string } & (
  | { thing: TimelineRow }
  | { change: { id: string } }
  | { comment: { id: string } }
);

const idOf = (entry: Entry): string =>
  'thing' in entry ? entry.thing.id : 'change' in entry ? entry.change.id : entry.comment.id;

const encode = (next: Position) => Buffer.from(JSON.stringify(next)).toString('base64url');

function decode(cursor: string): Position {
  try {
    return position.parse(JSON.parse(Buffer.from(cursor, 'base64url').toString()));
  } catch {
    throw problem('bad_cursor', { status: 400, errors: [{ path: 'cursor', code: 'bad_cursor' }] });
  }
}

async function thingRows(
  ctx: Context,
  root: Entity,
  rootId: string,
  category: TimelineCategory | undefined,
  from: Position,
  limit: number,
): Promise<TimelineRow[]> {
  const scopes = ctx.registry.entities
    .filter((entity) => entity.timeline?.on.some((name) => entity.fields[name]?.to === root.name))
    .filter((entity) => category === undefined || entity.timeline?.category === category)
    .flatMap((entity) => visible(ctx, ctx.policies.for(entity.name)) ?? []);
  if (scopes.length === 0) return [];
  const after = from.thing
    ? sql`and (t.at, t.id) < (${from.thing[0]}::timestamptz, ${from.thing[1]}::uuid)`
    : sql``;
  const { rows } = await sql<TimelineRow>`select t.id, t.at, t.category, t.entity, t.record_id from timeline t
    where t.root_id = ${rootId} and t.root_entity = ${root.name} and (${sql.join(scopes, sql` or `)}) ${after}
    order by t.at desc, t.id desc limit ${limit}`.execute(ctx.db);
  return rows;
}

/** The timeline rows of one record type within the caller's scope; the row itself bears its access principal. */
function visible(ctx: Context, { entity, scope: scopeOf }: EntityPolicy): RawBuilder<SqlBool> | null {
  const scope = scopeOf('read');
  if (scope.kind === 'none') return null;
  if (scope.kind === 'all') return sql`t.entity = ${entity.name}`;
  const { userId, departmentId } = ctx.principal;
  const shared = (name: string) => sql`select s.record_id from active_share s where s.entity = ${name}
    and (s.user_id = ${userId} or s.department_id = ${departmentId})`;
  const branches: RawBuilder<SqlBool>[] = [
    ...scope.owners.map(
      (name) => sql<SqlBool>`${sql.ref(`t.${name}`)} = any(${[...(scope.people ?? [scope.userId])]}::uuid[])`,
    ),
    sql`t.department_id = any(${scope.departments}::uuid[])`,
  ];
  const rootField = entity.scope.kind === 'child' ? entity.fields[entity.scope.of] : undefined;
  if (scope.shares) {
    branches.push(sql`t.record_id in (${shared(entity.name)})`);
    if (rootField?.to) {
      branches.push(sql`t.record_id in (select c.id from ${sql.table(entity.table)} c
        where c.${sql.ref(rootField.column)} in (${shared(rootField.to)}))`);
    }
  }
  return sql`(t.entity = ${entity.name} and (${sql.join(branches, sql` or `)}))`;
}

/** The records are read in sets, once more within the caller's scope: what the row says is never the only proof. */
async function thingItems(ctx: Context, rows: TimelineRow[]): Promise<[string, TimelineItem][]> {
  const byEntity = Map.groupBy(rows, (row) => row.entity);
  const records = await Promise.all(
    [...byEntity].map(([name, group]) =>
      readMany(
        ctx,
        name,
        group.map((row) => row.record_id),
      ),
    ),
  );
  const found = new Map(records.flatMap((each) => [...each]));
  const counts = ctx.policies.outsider ? null : await commentCounts(ctx, [...found.keys()]);
  return rows.flatMap((row): [string, TimelineItem][] => {
    const record = found.get(row.record_id);
    return record ? [[row.id, thingItem(ctx, row, record, counts && (counts.get(record.id) ?? 0))]] : [];
  });
}

function thingItem(
  ctx: Context,
  row: TimelineRow,
  record: WireRecord,
  comments: number | null,
): TimelineItem {
  return {
    id: row.id,
    at: row.at,
    category: row.category,
    entity: row.entity,
    recordId: row.record_id,
    title: record.title,
    summary: summaryOf(ctx, ctx.registry.byName.get(row.entity) as Entity, record),
    kind: typeof record.kind === 'string' ? record.kind : null,
    actor: (record.createdBy as Link | null | undefined) ?? null,
    record,
    comments,
  };
}

/** The first long text of a record, else what its search hits show as second line. */
function summaryOf(ctx: Context, entity: Entity, record: WireRecord): string {
  const long = entity.fieldList.find((field) => field.kind === 'longText' && record[field.name]);
  if (long) return String(record[long.name]).slice(0, SUMMARY);
  return subtitleOf(ctx, entity, record);
}

function changeItem(ctx: Context, item: AuditItem): TimelineItem {
  return {
    id: item.id,
    at: item.at,
    category: 'change',
    entity: item.entity,
    recordId: item.recordId as string,
    title: item.label,
    // Of a new record everything is new: only later changes are worth naming.
    summary:
      item.action === 'create'
        ? ''
        : item.changes.map((change) => change.label).join(ctx.principal.language === 'zh' ? '、' : ', '),
    kind: item.action,
    actor: item.actor,
    record: null,
    changes: item.changes,
    comments: 0,
  };
}

async function commentItems(ctx: Context, rows: { id: string }[]): Promise<[string, TimelineItem][]> {
  const threads = await threadsOf(
    ctx,
    rows.map((row) => row.id),
  );
  return [...threads].flatMap(([id, thread]): [string, TimelineItem][] => {
    const comment = thread.find((each) => each.id === id);
    if (!comment) return [];
    const { text, createdAt, author } = comment;
    const item = { id, at: createdAt, category: 'comment', entity: 'comment', recordId: id } as const;
    return [
      [
        id,
        { ...item, title: '', summary: text, kind: null, actor: author, record: null, thread, comments: 0 },
      ],
    ];
  });
}
