import { type RawBuilder, sql } from 'kysely';
import type { Context } from '../../../platform/context/context.ts';
import { worth } from '../../orders/public.ts';

export interface Results {
  partner: string;
  name: string;
  level: string | null;
  /** What it ordered from us, in the company's currency. */
  ordered: string;
  /** What its own customers bought from us. */
  brought: string;
  /** Pieces it sold on, by its own word. */
  sold: string;
  /** Times the average stock was sold in the time; null where nothing was declared. */
  turnover: string | null;
  deals: { registered: number; protected: number; won: number };
  /** Among partners of its level, by what it ordered and brought. */
  rank: number;
  of: number;
}

/** Of what the reader may not see on the records themselves, no sum is told either. */
export type ShownResults = Omit<Results, 'ordered' | 'brought' | 'sold' | 'deals'> & {
  [Sum in 'ordered' | 'brought' | 'sold' | 'deals']: Results[Sum] | null;
};

export function asSeen({ policies }: Context, results: Results): ShownResults {
  const sees = (entity: string, ...fields: string[]) => {
    const policy = policies.for(entity);
    return policy.can('read') && fields.every(policy.sees);
  };
  const worth = sees('order', 'effectiveTotal', 'customer') && sees('contract', 'effectiveTotal', 'customer');
  const stock = sees('stockDeclaration', 'outflow', 'opening', 'closing');
  return {
    ...results,
    ...(worth ? {} : { ordered: null, brought: null }),
    ...(stock ? {} : { sold: null, turnover: null }),
    ...(sees('dealRegistration', 'status') ? {} : { deals: null }),
  };
}

/** So many are told of at once. */
const MOST_TOLD = 500;
/** Of more partners of one level nobody keeps an order. */
const MOST_COMPARED = 2000;

/**
 * What partners came to between two days, each in its level's order. `which` names the partners that are told; they are compared with
 * those of their level that are active, and with nobody else. What each sold is looked up by its own customers.
 */
export async function resultsOf(
  ctx: Context,
  { from, to }: { from: string; to: string },
  which: RawBuilder<unknown>,
): Promise<Results[]> {
  const sold = sql`select sum(w.gross) as amount from (${worth()}) w
    where w.day between ${from}::date and ${to}::date and w.customer_id`;
  const months = sql`s.month between ${from.slice(0, 7)} and ${to.slice(0, 7)} and s.deleted_at is null`;
  const { rows } = await sql<Results>`
    with asked as materialized (
      select p.id, p.level from partner p where p.deleted_at is null and p.id in (${which}) order by p.id limit ${MOST_TOLD}
    ), compared as materialized (
      select p.id, p.name, p.level, p.status, p.customer_id, p.unit_id from partner p
      where p.deleted_at is null and (p.id in (select id from asked) or (p.status = 'active'
        and exists (select from (select distinct level from asked) a where a.level is not distinct from p.level)))
      order by (p.id in (select id from asked)) desc, p.id limit ${MOST_COMPARED}
    ), made as materialized (
      select p.*, coalesce(o.amount, 0) as ordered, coalesce(b.amount, 0) as brought from compared p
        left join lateral (${sold} = p.customer_id) o on true
        left join lateral (select sum(x.amount) as amount from customer c
          cross join lateral (${sold} = c.id) x where c.department_id = p.unit_id and c.deleted_at is null) b on true
    ), ranked as (
      select p.id, rank() over (partition by p.level order by p.ordered + p.brought desc)::int as rank,
        (count(*) over (partition by p.level))::int as "of"
      from made p where p.status = 'active'
    ), stock as (
      select s.partner_id as id, sum(s.outflow) as sold,
        sum((s.opening + s.closing) / 2) / count(distinct s.month) as held
      from stock_declaration s where ${months} and s.partner_id in (select id from asked) group by s.partner_id
    ), deals as (
      select d.partner_id as id, count(*) filter (where d.created_at >= ${from}::date)::int as registered,
        (count(*) filter (where d.status = 'approved'))::int as protected,
        (count(*) filter (where d.status = 'won'))::int as won
      from deal_registration d where d.deleted_at is null and d.created_at < ${to}::date + 1
        and d.partner_id in (select id from asked) group by d.partner_id
    )
    select p.id as partner, p.name, p.level, p.ordered::text as ordered, p.brought::text as brought,
      coalesce(s.sold, 0)::text as sold,
      case when s.held > 0 then round(s.sold / s.held, 2)::text end as turnover,
      json_build_object('registered', coalesce(d.registered, 0), 'protected', coalesce(d.protected, 0),
        'won', coalesce(d.won, 0)) as deals,
      coalesce(r.rank, 0) as rank, coalesce(r."of", 0) as "of"
    from made p join asked a on a.id = p.id left join stock s on s.id = p.id left join deals d on d.id = p.id
      left join ranked r on r.id = p.id
    order by p.level nulls last, p.ordered + p.brought desc, p.name`.execute(ctx.db);
  return rows;
}
