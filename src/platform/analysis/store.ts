import { createHash } from 'node:crypto';
import { sql } from 'kysely';
import type { Context } from '../context/context.ts';
import { dayOf } from '../context/day.ts';
import type { ReportAnswer } from './query.shared.ts';

/** What was asked, by whom, with which rights, over which fields, on which day: another of these is another answer. */
export function answerKey(ctx: Context, asked: unknown): string {
  const { userId, departmentId, roleIds, policyVersion, hasShares, language, timeZone } = ctx.principal;
  const who = [userId, departmentId, roleIds, policyVersion, hasShares, language, timeZone];
  const where = [ctx.registry.version, ctx.currency, ctx.timeZone, dayOf(ctx)];
  return createHash('sha256')
    .update(JSON.stringify([who, where, asked]))
    .digest('hex');
}

/** A kept answer, for the one who asked for it only. */
export async function keptAnswer<A = ReportAnswer>(ctx: Context, key: string): Promise<A | null> {
  const { rows } = await sql<{ answer: A }>`select answer from analysis_answer
    where key = ${key} and user_id = ${ctx.principal.userId}`.execute(ctx.db);
  return rows[0]?.answer ?? null;
}

export async function keepAnswer(ctx: Context, key: string, answer: { at: string }): Promise<void> {
  if (!ctx.principal.userId) return;
  await sql`insert into analysis_answer (key, user_id, answer, at)
    values (${key}, ${ctx.principal.userId}, ${JSON.stringify(answer)}::jsonb, ${answer.at})
    on conflict (key) do update set answer = excluded.answer, at = excluded.at`.execute(ctx.db);
}
