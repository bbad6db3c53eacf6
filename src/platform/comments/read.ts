import { type RawBuilder, sql } from 'kysely';
import type { Context } from '../context/context.ts';
import type { Link } from '../entity/meta.shared.ts';
import { titlesOf, type Wanted, want } from '../entity/titles.ts';
import { holds, pairsOf, wordsOf } from './pairs.ts';

export interface Comment {
  id: string;
  entity: string;
  recordId: string;
  replyTo: string | null;
  author: Link;
  /** Empty where its author has taken it back. */
  text: string;
  mentions: Link[];
  createdAt: string;
  editedAt: string | null;
  deleted: boolean;
  /** Whether the caller may change it. */
  mine: boolean;
}

/** Comments as their readers see them; whoever calls has seen to it that the records may be read. */
export async function commentsWhere(ctx: Context, which: RawBuilder<unknown>): Promise<Comment[]> {
  const { rows } =
    await sql<Comment>`select c.id, c.entity, c.record_id as "recordId", c.reply_to as "replyTo",
      jsonb_build_object('id', c.author_id, 'title', u.name) as author, c.text, c.created_at as "createdAt",
      c.edited_at as "editedAt", c.deleted_at is not null as deleted,
      c.author_id is not distinct from ${ctx.principal.userId}::uuid and c.deleted_at is null as mine,
      coalesce((select jsonb_agg(jsonb_build_object('id', m.id, 'title', m.name) order by m.name)
        from "user" m where m.id = any(c.mentions)), '[]') as mentions
    from comment c left join "user" u on u.id = c.author_id where ${which}`.execute(ctx.db);
  return rows;
}

const MOST = 500;

/** What was said about a record, oldest first. A comment that was taken back stands only while there are answers to it. */
export async function commentsOn(ctx: Context, recordIds: readonly string[]): Promise<Comment[]> {
  return commentsWhere(
    ctx,
    sql`c.record_id = any(${[...recordIds]}::uuid[]) and (c.deleted_at is null
      or exists (select from comment r where r.reply_to = c.id and r.deleted_at is null))
    order by c.created_at, c.id limit ${MOST}`,
  );
}

/** How much was said about each of these records, whatever their types; ids are unique in the whole house. */
export async function commentCounts(ctx: Context, ids: readonly string[]): Promise<Map<string, number>> {
  if (ids.length === 0) return new Map();
  const { rows } = await sql<{ id: string; n: number }>`select record_id as id, count(*) as n from comment
    where record_id = any(${[...ids]}::uuid[]) and deleted_at is null group by record_id`.execute(ctx.db);
  return new Map(rows.map((row) => [row.id, row.n]));
}

/** Where comments that begin a talk about a record stand in its history, newest first. */
export async function commentRows(
  ctx: Context,
  recordId: string,
  after: readonly [string, string] | null,
  limit: number,
): Promise<{ id: string; at: string }[]> {
  const { rows } = await sql<{ id: string; at: string }>`select c.id, c.created_at as at from comment c
    where c.record_id = ${recordId} and c.reply_to is null
      and (c.deleted_at is null or exists (select from comment r where r.reply_to = c.id and r.deleted_at is null))
      ${after ? sql`and (c.created_at, c.id) < (${after[0]}::timestamptz, ${after[1]}::uuid)` : sql``}
    order by c.created_at desc, c.id desc limit ${limit}`.execute(ctx.db);
  return rows;
}

/** Comments with the answers to them, by the id of the comment. */
export async function threadsOf(ctx: Context, ids: readonly string[]): Promise<Map<string, Comment[]>> {
  if (ids.length === 0) return new Map();
  const comments = await commentsWhere(
    ctx,
    sql`(c.id = any(${[...ids]}::uuid[]) or (c.reply_to = any(${[...ids]}::uuid[]) and c.deleted_at is null))
      order by c.created_at, c.id`,
  );
  return Map.groupBy(comments, (comment) => comment.replyTo ?? comment.id);
}

export interface CommentHit extends Comment {
  record: Link & { entity: string };
}

const PAGE = 200;
const MOST_PAGES = 10;

/** Comments that hold all words typed, newest first, on records the caller may read. */
export async function searchComments(ctx: Context, q: string, limit: number): Promise<CommentHit[]> {
  const words = wordsOf(q);
  if (words.length === 0) return [];
  const pairs = words.flatMap(pairsOf);
  const hits: CommentHit[] = [];
  let before: string | null = null;
  for (let page = 0; page < MOST_PAGES && hits.length < limit; page += 1) {
    const found: Comment[] = await commentsWhere(
      ctx,
      sql`c.pairs @> ${pairs}::text[] and c.deleted_at is null ${before ? sql`and c.id < ${before}` : sql``}
        order by c.id desc limit ${PAGE}`,
    );
    hits.push(
      ...(await readable(
        ctx,
        found.filter(({ text }) => holds(text, words)),
      )),
    );
    before = found.at(-1)?.id ?? null;
    if (found.length < PAGE) break;
  }
  return hits.slice(0, limit);
}

async function readable(ctx: Context, comments: readonly Comment[]): Promise<CommentHit[]> {
  const wanted: Wanted = new Map();
  for (const { entity, recordId } of comments) want(wanted, entity, recordId);
  const titles = await titlesOf(ctx, wanted);
  return comments.flatMap((comment) => {
    const title = titles.get(comment.recordId);
    return title === undefined
      ? []
      : [{ ...comment, record: { entity: comment.entity, id: comment.recordId, title } }];
  });
}
