import { sql } from 'kysely';
import type { Context } from '../../../platform/context/context.ts';

/**
 * Whether the caller may let an order pass; work the product does itself lets nothing pass. The right is the command on orders;
 * roles made before there was one hold it with the terms.
 */
export const mayRelease = (ctx: Context): boolean =>
  ctx.principal.kind === 'user' &&
  (ctx.policies.administrator ||
    ctx.policies.for('order').hasCommand('releaseCredit') ||
    ctx.policies.for('creditTerm').hasCommand('override'));

/** Some of those who may let an order pass: those given that right who also read orders, without any the administrators. */
export async function releasers(ctx: Context, most: number): Promise<{ id: string; name: string }[]> {
  const { rows } = await sql<{ id: string; name: string; given: boolean }>`
    select u.id, u.name, bool_or(g.given) and bool_or(g.reads) as given
      from "user" u join role r on r.id = any(u.role_ids) and r.deleted_at is null
      cross join lateral (select
        coalesce(coalesce(r.permissions->'entities'->'order', r.permissions->'entities'->'*')->'commands' ? 'releaseCredit', false)
          or coalesce(coalesce(r.permissions->'entities'->'creditTerm', r.permissions->'entities'->'*')->'commands' ? 'override', false) as given,
        coalesce(coalesce(r.permissions->'entities'->'order', r.permissions->'entities'->'*')->'actions' ? 'read', false) as reads,
        coalesce((r.permissions->>'administrator')::boolean, false) as administers) g
    where u.status = 'active' and u.deleted_at is null
    group by u.id, u.name having bool_or(g.administers) or bool_or(g.given) and bool_or(g.reads)
    order by 3 desc, u.name, u.id limit ${most}`.execute(ctx.db);
  const given = rows.filter((row) => row.given);
  return given.length ? given : rows;
}
