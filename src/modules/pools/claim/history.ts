import { sql } from 'kysely';
import type { Context } from '../../../platform/context/context.ts';
import { dayOf } from '../../../platform/context/day.ts';
import { readRecord } from '../../../platform/entity/records.ts';
import { partsOf } from '../../../platform/merge/alias.ts';
import { dueOf } from '../recycle/due.ts';
import { statesOf } from './state.ts';

const MOST = 200;

/** The moves of a customer the caller may read, newest first, and what applies to it today. */
export async function historyOf(ctx: Context, asked: string) {
  const { id } = await readRecord(ctx, 'customer', asked);
  const name = ctx.policies.for('customer').sees('name') ? sql`c.name` : sql`'—'`;
  const { rows } = await sql`select m.id, m.at, m.kind, m.reason,
      u.name as actor, f.name as "fromOwner", o.name as "toOwner", fp.name as "fromPool", tp.name as "toPool",
      case when m.customer_id <> ${id} then ${name} end as part
    from pool_move m join customer c on c.id = m.customer_id left join "user" u on u.id = m.actor_id left join "user" f on f.id = m.from_owner
      left join "user" o on o.id = m.to_owner left join pool fp on fp.id = m.from_pool left join pool tp on tp.id = m.to_pool
    where m.customer_id in ${partsOf('customer', id)} order by m.at desc, m.id desc limit ${MOST}`.execute(
    ctx.db,
  );
  const state = (await statesOf(ctx, [id])).get(id);
  const today = dayOf(ctx);
  const still = (date: string | null | undefined) => (date && date >= today ? date : null);
  return {
    items: rows,
    protectedUntil: state?.claimedBy ? still(state.protectedUntil) : null,
    barredUntil: state?.lastOwner === ctx.principal.userId ? still(state?.barredUntil) : null,
    ...(await dueOf(ctx, id)),
  };
}
