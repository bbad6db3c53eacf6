import { sql } from 'kysely';
import type { Context } from '../../../platform/context/context.ts';
import { dayOf } from '../../../platform/context/day.ts';
import { inTransaction } from '../../../platform/context/transaction.ts';
import type { NotificationKind } from '../../../platform/notifications/kind.ts';
import { notify } from '../../../platform/notifications/notify.ts';
import type { Scheme } from '../scheme/read.ts';

export const gradeNotifications: readonly NotificationKind[] = [
  { name: 'grade.falling', defaults: { inApp: true, mail: 'daily' } },
];

const NAMED = 3;
/** Falls announced in one transaction. */
const AT_ONCE = 20_000;

interface Falling {
  owner: string | null;
  due: string;
  count: number;
  ids: string[];
  names: string[];
}

/**
 * Tells owners which customers will fall at the end of the period, once each; only then can they fall. Many of one owner are
 * one message.
 */
export async function announceFalls(ctx: Context, scheme: Scheme): Promise<number> {
  let told = 0;
  for (;;) {
    const step = await inTransaction(ctx, async (inner) => {
      const { rows } = await sql<Falling>`with told as (
          update customer_grade g set noticed_at = ${inner.now} from customer t
          where t.id = g.customer_id and (g.scheme_id, g.customer_id) in (
            select scheme_id, customer_id from customer_grade where scheme_id = ${scheme.id}
              and pending_due is not null and noticed_at is null limit ${AT_ONCE} for update skip locked)
          returning t.owner_id, g.pending_due, t.id, t.name)
        select owner_id as owner, pending_due::text as due, count(*)::int as count,
          (array_agg(id order by name, id))[1:1] as ids, (array_agg(name order by name, id))[1:${sql.lit(NAMED)}] as names
        from told group by 1, 2 order by 1, 2`.execute(inner.db);
      const today = dayOf(inner);
      await notify(
        inner,
        rows.flatMap(({ owner, due, count, ids, names }) =>
          owner
            ? [
                {
                  to: [owner],
                  kind: 'grade.falling',
                  record: { entity: 'customer', id: ids[0] as string },
                  params: { scheme: scheme.name, count, due, names: names.join('、') },
                  key: `grade.falling:${scheme.id}:${due}:${today}:${ids[0]}`,
                },
              ]
            : [],
        ),
      );
      return rows.reduce((sum, row) => sum + row.count, 0);
    });
    told += step;
    if (step < AT_ONCE) return told;
  }
}
