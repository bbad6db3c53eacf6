import { type RawBuilder, sql } from 'kysely';
import { baseOf } from '../../../platform/analysis/base.ts';
import { reportRows } from '../../../platform/analysis/run.ts';
import type { Context } from '../../../platform/context/context.ts';
import { dayOf } from '../../../platform/context/day.ts';
import { listRecords } from '../../../platform/entity/list.ts';
import type { WireRecord } from '../../../platform/entity/meta.shared.ts';
import { filterOf, periodAsked, type ScopeAsked } from '../page/asked.ts';
import { mustSeeForecast } from '../rights.ts';

/** What endangers a forecast. */
export type Risk = 'overdue' | 'stalled' | 'noStep' | 'pushed';

const MOST = 100;
/** Put off so often, a day is a wish. */
const PUSHED = 2;

/** Open business counted on in a period that is endangered, the largest first: why, and its record to do something about. */
export async function risksOf(
  ctx: Context,
  asked: ScopeAsked & { period: string },
): Promise<{ items: { record: WireRecord; risks: Risk[] }[] }> {
  mustSeeForecast(ctx);
  const { to } = periodAsked(ctx, asked.period);
  const base = await baseOf(ctx, 'opportunity', filterOf(asked));
  const today = dayOf(ctx);
  const { sees } = ctx.policies.for('opportunity');
  // A reason tells no field that is not the reader's to see.
  const told = (field: string, reason: RawBuilder<unknown>) => (sees(field) ? reason : sql`null::text`);
  const { rows } = await reportRows(
    ctx,
    sql<{ id: string; risks: Risk[] }>`with o as (
        select t.id, coalesce(t.amount_base, 0) as amount,
          array_remove(array[
            case when t.close_date < ${today}::date then 'overdue' end,
            ${told('stageSince', sql`case when t.stage_since + s.stalls_after < ${today}::date then 'stalled' end`)},
            ${told('nextStepDate', sql`case when t.next_step_date is null or t.next_step_date < ${today}::date then 'noStep' end`)}
          ], null) as risks
        from ${base.from} left join stage s on s.id = t.stage_id
        where ${base.where} and t.status = 'open' and t.close_date < ${to}::date
      ), top as (
        select * from o where cardinality(risks) > 0 order by amount desc, id limit ${MOST}
      )
      select top.id, case when p.times >= ${PUSHED} then top.risks || 'pushed'::text else top.risks end as risks
      from top cross join lateral (
        select count(*) as times from (
          select h.close_date > lag(h.close_date) over (order by h.id) as later from opportunity_step h where h.opportunity_id = top.id
        ) h where later
      ) p order by top.amount desc, top.id`,
  );
  if (rows.length === 0) return { items: [] };
  const { items } = await listRecords(ctx, 'opportunity', {
    filter: { field: 'id', op: 'in', value: rows.map(({ id }) => id) },
    limit: MOST,
  });
  const found = new Map(items.map((record) => [record.id, record]));
  return {
    items: rows.flatMap(({ id, risks }) => {
      const record = found.get(id);
      return record ? [{ record, risks }] : [];
    }),
  };
}
