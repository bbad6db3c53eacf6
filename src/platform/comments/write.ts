import { sql } from 'kysely';
import { z } from 'zod';
import { writeAudit } from '../audit/audit.ts';
import type { Context } from '../context/context.ts';
import type { Services } from '../context/services.ts';
import { inTransaction } from '../context/transaction.ts';
import { uuidv7 } from '../db/uuid.ts';
import { readRecord } from '../entity/records.ts';
import type { Entity } from '../entity/types.ts';
import { forbidden, invalid, notFound, problem } from '../errors/problem.ts';
import { emit } from '../events/events.ts';
import { type NotificationItem, notify } from '../notifications/notify.ts';
import { followersOf, joinFollowers, type PersonContext, readersAmong } from './follow.ts';
import { pairsOf } from './pairs.ts';
import { type Comment, commentsWhere } from './read.ts';

const text = z.string().trim().min(1).max(5000);
const mentions = z.array(z.uuid()).max(50);
export const newComment = z.strictObject({
  text,
  mentions: mentions.optional(),
  replyTo: z.uuid().nullish(),
});
export const commentPatch = z.strictObject({ text, mentions: mentions.optional() });

const EXCERPT = 80;

/** Who writes, with what is needed to see with the eyes of others. */
export interface Writer {
  ctx: Context;
  services: Services;
  personContext: PersonContext;
}

/**
 * Says something about a record one may read. Throws `mention_out_of_sight` naming those mentioned who may not read it:
 * they are told nothing before it is shared with them.
 */
export async function addComment(
  writer: Writer,
  entity: Entity,
  asked: string,
  input: z.infer<typeof newComment>,
): Promise<Comment> {
  const { ctx } = writer;
  const author = ctx.principal.userId;
  if (!author) throw forbidden();
  // Of a record that has become part of another the other is spoken of.
  const { id: recordId } = await readRecord(ctx, entity.name, asked);
  const named = [...new Set(input.mentions ?? [])];
  await requireSight(writer, entity, recordId, named);
  const replyTo = input.replyTo ? await threadOf(ctx, recordId, input.replyTo) : null;
  const id = uuidv7();
  return inTransaction(ctx, async (inner) => {
    await sql`insert into comment (id, entity, record_id, reply_to, author_id, text, mentions, pairs, created_at)
      values (${id}, ${entity.name}, ${recordId}, ${replyTo}, ${author}, ${input.text}, ${named}::uuid[],
        ${pairsOf(input.text)}::text[], ${inner.now})`.execute(inner.db);
    const followers = [...((await followersOf(inner.db, entity, [recordId])).get(recordId) ?? [])];
    await joinFollowers(inner, entity, recordId, [author, ...named]);
    await tell({ ...writer, ctx: inner }, entity, recordId, { id, text: input.text, named, followers });
    await told(inner, entity, recordId);
    return one(inner, id);
  });
}

/** Changes one's own comment; who is mentioned anew is told. */
export async function editComment(
  writer: Writer,
  id: string,
  input: z.infer<typeof commentPatch>,
): Promise<Comment> {
  const { ctx } = writer;
  const { entity, comment } = await own(ctx, id);
  const before = new Set(comment.mentions.map((link) => link.id));
  const named = [...new Set(input.mentions ?? before)];
  const added = named.filter((user) => !before.has(user));
  await requireSight(writer, entity, comment.recordId, added);
  return inTransaction(ctx, async (inner) => {
    await sql`update comment set text = ${input.text}, mentions = ${named}::uuid[], pairs = ${pairsOf(input.text)}::text[],
      edited_at = ${inner.now} where id = ${id}`.execute(inner.db);
    await joinFollowers(inner, entity, comment.recordId, added);
    await tell({ ...writer, ctx: inner }, entity, comment.recordId, {
      id,
      text: input.text,
      named: added,
      followers: [],
    });
    await writeAudit(inner, {
      action: 'comment_edited',
      entity: entity.name,
      recordId: comment.recordId,
      ...(comment.text === input.text
        ? {}
        : { changes: { [AUDITED]: { before: comment.text, after: input.text } } }),
    });
    await told(inner, entity, comment.recordId);
    return one(inner, id);
  });
}

/** As what the audit keeps the words of a comment: no field of any record, so that only administrators read them there. */
const AUDITED = 'commentText';

/**
 * Takes back one's own comment: its words are gone for everybody, but for the audit until the record is erased.
 * Administrators may take back any.
 */
export async function deleteComment(ctx: Context, id: string): Promise<void> {
  const { entity, comment } = await own(ctx, id, ctx.policies.administrator);
  await inTransaction(ctx, async (inner) => {
    await sql`update comment set text = '', pairs = '{}', mentions = '{}', deleted_at = ${inner.now} where id = ${id}`.execute(
      inner.db,
    );
    // What was told of it would go on telling its words.
    await sql`update notification set params = params || '{"text": ""}'
      where record_id = ${comment.recordId} and key in (${`comment:${id}`}, ${`mention:${id}`})`.execute(
      inner.db,
    );
    await writeAudit(inner, {
      action: 'comment_deleted',
      entity: entity.name,
      recordId: comment.recordId,
      changes: { [AUDITED]: { before: comment.text, after: null } },
    });
    await told(inner, entity, comment.recordId);
  });
}

async function own(ctx: Context, id: string, anybody = false): Promise<{ entity: Entity; comment: Comment }> {
  const [comment] = await commentsWhere(ctx, sql`c.id = ${id} and c.deleted_at is null`);
  const entity = comment && ctx.registry.byName.get(comment.entity);
  if (!entity) throw notFound('comment');
  await readRecord(ctx, entity.name, comment.recordId);
  if (!comment.mine && !anybody) throw forbidden('comment_of_another');
  return { entity, comment };
}

async function one(ctx: Context, id: string): Promise<Comment> {
  const [comment] = await commentsWhere(ctx, sql`c.id = ${id}`);
  return comment as Comment;
}

/** Answers stand one level deep: an answer to an answer belongs to the same comment. */
async function threadOf(ctx: Context, recordId: string, id: string): Promise<string> {
  const { rows } = await sql<{ id: string; reply_to: string | null }>`select id, reply_to from comment
    where id = ${id} and record_id = ${recordId}`.execute(ctx.db);
  if (!rows[0]) throw invalid([{ path: 'replyTo', code: 'unknown_reference' }]);
  return rows[0].reply_to ?? rows[0].id;
}

async function requireSight(
  { ctx, services, personContext }: Writer,
  entity: Entity,
  recordId: string,
  named: readonly string[],
): Promise<void> {
  const others = named.filter((id) => id !== ctx.principal.userId);
  if (others.length === 0) return;
  const { rows } = await sql<{ id: string; title: string }>`select id, name as title from "user"
    where id = any(${others}::uuid[]) and status = 'active' and deleted_at is null`.execute(ctx.db);
  if (rows.length < others.length) throw invalid([{ path: 'mentions', code: 'unknown_reference' }]);
  const seeing = await readersAmong(services, personContext, entity.name, recordId, others);
  const people = rows.filter((row) => !seeing.has(row.id));
  if (people.length)
    throw problem('mention_out_of_sight', {
      status: 409,
      params: { names: people.map(({ title }) => title).join('、') },
      extra: { people },
    });
}

/** Mentioned people are told that they are; followers that something was said. Each is told one of the two. */
async function tell(
  { ctx, services, personContext }: Writer,
  entity: Entity,
  recordId: string,
  comment: { id: string; text: string; named: string[]; followers: string[] },
): Promise<void> {
  const { id, named } = comment;
  const others = comment.followers.filter((user) => !named.includes(user) && user !== ctx.principal.userId);
  const followers = await readersAmong(services, personContext, entity.name, recordId, others);
  const letters = [...comment.text.replace(/\s+/g, ' ')];
  const text = letters.length > EXCERPT ? `${letters.slice(0, EXCERPT).join('')}…` : letters.join('');
  const item = { record: { entity: entity.name, id: recordId }, params: { text } };
  const items: NotificationItem[] = [
    { ...item, kind: 'comment.mention', to: named, key: `mention:${id}` },
    { ...item, kind: 'comment.new', to: [...followers], key: `comment:${id}` },
  ];
  await notify(
    ctx,
    items.filter(({ to }) => to.length > 0),
  );
}

/** Open pages show it at once. */
async function told(ctx: Context, entity: Entity, recordId: string): Promise<void> {
  await emit(ctx, { name: `${entity.name}.commented`, entity: entity.name, recordIds: [recordId] });
}
