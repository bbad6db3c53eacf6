import { createHash } from 'node:crypto';
import { sql } from 'kysely';
import type { Context } from '../context/context.ts';
import { dayOf } from '../context/day.ts';
import type { ReportAnswer } from './query.shared.ts';

const hashed = (ctx: Context, who: unknown, asked: unknown): string => {
  const where = [ctx.registry.version, ctx.currency, ctx.timeZone, dayOf(ctx)];
  return createHash('sha256')
    .update(JSON.stringify([who, where, asked]))
    .digest('hex');
};

/** What was asked, by whom, with which rights, over which fields, on which day: another of these is another answer. */
export function answerKey(ctx: Context, asked: unknown): string {
  const { userId, departmentId, roleIds, policyVersion, hasShares, language, timeZone } = ctx.principal;
  return hashed(ctx, [userId, departmentId, roleIds, policyVersion, hasShares, language, timeZone], asked);
}

/** References are followed so far: a report is told by 客户 › 负责人 › 部门 at most. */
const FOLLOWED = 2;

/**
 * The key of an answer that is the same for all who have these roles, because they see everything of these record types and of what
 * those refer to: nothing in it depends on who asks. Null for whom it is not.
 */
export function commonKey(ctx: Context, asked: unknown, entities: readonly string[]): string | null {
  if (ctx.policies.outsider || !ctx.principal.userId) return null;
  for (const name of reached(ctx, entities)) {
    const policy = ctx.policies.for(name);
    if (policy.scope('read').kind === 'some' || policy.veiled.length > 0) return null;
  }
  const { roleIds, policyVersion, language, timeZone } = ctx.principal;
  return hashed(ctx, ['all', [...roleIds].sort(), policyVersion, language, timeZone], asked);
}

function reached({ registry }: Context, entities: readonly string[]): Set<string> {
  const found = new Set(entities);
  let last = [...found];
  for (let step = 0; step < FOLLOWED; step++) {
    const next = last.flatMap(
      (name) => registry.byName.get(name)?.fieldList.flatMap(({ to }) => to ?? []) ?? [],
    );
    last = [...new Set(next)].filter((name) => !found.has(name) && registry.byName.has(name));
    for (const name of last) found.add(name);
  }
  return found;
}

/** A kept answer: for the one who asked for it, or common to all with the same rights. */
export async function keptAnswer<A = ReportAnswer>(ctx: Context, key: string): Promise<A | null> {
  const { rows } = await sql<{ answer: A }>`select answer from analysis_answer
    where key = ${key} and (user_id = ${ctx.principal.userId} or user_id is null)`.execute(ctx.db);
  return rows[0]?.answer ?? null;
}

/** Keeps an answer for the one who asked, or, where its key is common to several, for all of them. */
export async function keepAnswer(
  ctx: Context,
  key: string,
  answer: { at: string },
  { common = false }: { common?: boolean } = {},
): Promise<void> {
  const { userId } = ctx.principal;
  if (!userId) return;
  await sql`insert into analysis_answer (key, user_id, answer, at)
    values (${key}, ${common ? null : userId}, ${JSON.stringify(answer)}::jsonb, ${answer.at})
    on conflict (key) do update set answer = excluded.answer, at = excluded.at`.execute(ctx.db);
}
