import { sql } from 'kysely';
import { scopeCondition } from '../../../platform/access/where.ts';
import type { Context } from '../../../platform/context/context.ts';
import type { Services } from '../../../platform/context/services.ts';
import { readRecord } from '../../../platform/entity/records.ts';
import { entityNamed } from '../../../platform/entity/registry.ts';
import { linkToken } from '../link/token.ts';
import { isOver, limitFor } from './limit.ts';
import type { QuoteLink, QuoteStanding } from './standing.shared.ts';

/** Where a quote stands: the caller's limit for it, its versions, and how its link fared. */
export async function standingOf(
  ctx: Context,
  { secret, baseUrl }: Pick<Services, 'secret' | 'baseUrl'>,
  id: string,
): Promise<QuoteStanding> {
  const record = await readRecord(ctx, 'quote', id);
  const customer = record.customer as { id: string } | null;
  const limit = customer ? await limitFor(ctx, customer.id) : null;
  const { rows: links } = await sql<Omit<QuoteLink, 'url'> & { id: string; live: boolean }>`select id,
      revoked_at is null and answer is null and expires_at > ${ctx.now} as live, expires_at as "expiresAt", opened,
      opened_at as "openedAt", answer, answered_at as "answeredAt", name, ip
    from quote_link where quote_id = ${id} and (answer is not null or revoked_at is null)
    order by id desc limit 1`.execute(ctx.db);
  const [link] = links;
  const writes = record.can.update;
  return {
    limit,
    over: isOver(
      (record.discountRate as string | null) ?? null,
      record.belowMinimum === true || record.belowMargin === true,
      limit,
    ),
    link: link
      ? {
          ...link,
          url: link.live && writes ? `${baseUrl}/confirm/${linkToken(secret, link.id)}` : null,
        }
      : null,
    editions: await editionsOf(ctx, id),
  };
}

/** All versions of a quote the caller may see, the first first. */
async function editionsOf(ctx: Context, id: string): Promise<QuoteStanding['editions']> {
  const policy = ctx.policies.for('quote');
  const scope = scopeCondition(entityNamed(ctx.registry, 'quote'), policy.scope('read'), ctx.principal);
  const { rows } = await sql<QuoteStanding['editions'][number]>`
    with recursive up as (
      select id, previous_id, 1 as depth from quote where id = ${id}
      union all select q.id, q.previous_id, up.depth + 1 from quote q join up on q.id = up.previous_id where up.depth < 100
    ), down as (
      select id, 1 as depth from (select id from up order by depth desc limit 1) first
      union all select q.id, down.depth + 1 from quote q join down on q.previous_id = down.id where down.depth < 100
    )
    select t.id, t.number, t.edition, t.status, t.total::text as total, t.total_currency as currency
    from down d join quote t on t.id = d.id where t.deleted_at is null and ${scope} order by t.edition, t.id`.execute(
    ctx.db,
  );
  return policy.sees('total') ? rows : rows.map((row) => ({ ...row, total: null }));
}
