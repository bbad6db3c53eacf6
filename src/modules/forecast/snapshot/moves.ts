import { sql } from 'kysely';
import { baseOf } from '../../../platform/analysis/base.ts';
import { reportRows } from '../../../platform/analysis/run.ts';
import type { Context } from '../../../platform/context/context.ts';
import { problem } from '../../../platform/errors/problem.ts';
import { Exact } from '../../../platform/money/money.shared.ts';
import { filterOf, periodAsked, type ScopeAsked } from '../page/asked.ts';
import { mustSeeForecast } from '../rights.ts';
import { MOVES, type Move, type Movements, movesOf, openIn, type Stood } from './moves.shared.ts';

/** More than these are not told one by one, nor held in memory. */
const MOST_CHANGED = 20_000;
const MOST_NAMED = 50;

interface Row extends Stood {
  id: string;
  name: string | null;
  owner: string | null;
  before: Stood | null;
}

/** What moved in a period since a moment, of what the caller may see: its steps tell how each stood then. */
export async function movementsSince(
  ctx: Context,
  asked: ScopeAsked & { period: string },
  since: string,
): Promise<Movements> {
  mustSeeForecast(ctx);
  const period = periodAsked(ctx, asked.period);
  const base = await baseOf(ctx, 'opportunity', filterOf(asked));
  const { sees } = ctx.policies.for('opportunity');
  const day = sql`case when t.status = 'open' then t.close_date else t.closed_on end`;
  const { rows } = await reportRows(
    ctx,
    sql<Row>`select t.id, ${sees('name') ? sql`t.name` : sql`null::text`} as name, ${sees('owner') ? sql`t.owner_id` : sql`null::uuid`} as owner, t.status, coalesce(t.amount_base, 0)::text as amount, ${day} as day, b.before
      from (select distinct opportunity_id as id from opportunity_step where at > ${since}::timestamptz) c
      join ${base.from} on t.id = c.id
      left join lateral (
        select jsonb_build_object('status', h.status, 'amount', coalesce(h.amount, 0)::text, 'day', h.close_date) as before
        from opportunity_step h where h.opportunity_id = t.id and h.at <= ${since}::timestamptz order by h.id desc limit 1
      ) b on true
      where ${base.where} order by t.id limit ${MOST_CHANGED + 1}`,
  );
  if (rows.length > MOST_CHANGED)
    throw problem('forecast_too_many_moves', { params: { most: MOST_CHANGED } });
  const { rows: now } = await reportRows(
    ctx,
    sql<{ open: string }>`select coalesce(sum(t.amount_base), 0)::text as open from ${base.from}
      where ${base.where} and t.status = 'open' and t.close_date >= ${period.from}::date and t.close_date < ${period.to}::date`,
  );
  return told(rows, period, since, now[0]?.open ?? '0');
}

/** What did not change stands as it stood; the rest is counted then and now. */
function told(
  rows: readonly Row[],
  period: { from: string; to: string },
  since: string,
  closing: string,
): Movements {
  let opening = new Exact(closing);
  const lines = new Map(
    MOVES.map((move) => [
      move,
      { move, count: 0, amount: new Exact(0), deals: [] as Movements['moves'][number]['deals'] },
    ]),
  );
  const byOwner: Record<string, Partial<Record<Move, string>>> = {};
  for (const row of rows) {
    opening = opening.minus(openIn(row, period)).plus(openIn(row.before, period));
    for (const { move, amount } of movesOf(row.before, row, period)) {
      const line = lines.get(move);
      if (!line) continue;
      line.count += 1;
      line.amount = line.amount.plus(amount);
      if (line.deals.length < MOST_NAMED)
        line.deals.push({ id: row.id, name: row.name, owner: row.owner, amount });
      const own = byOwner[row.owner ?? ''] ?? {};
      byOwner[row.owner ?? ''] = own;
      own[move] = new Exact(own[move] ?? 0).plus(amount).toFixed();
    }
  }
  return {
    since,
    opening: opening.toFixed(),
    closing,
    moves: [...lines.values()]
      .filter(({ count }) => count > 0)
      .map((line) => ({ ...line, amount: line.amount.toFixed() })),
    byOwner,
  };
}
