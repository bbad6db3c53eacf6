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

/**
 * What partners came to between two days, each in its level's order. `which` names the partners that are told; the order is among all
 * that are active.
 */
export async function resultsOf(
  ctx: Context,
  { from, to }: { from: string; to: string },
  which: RawBuilder<unknown>,
): Promise<Results[]> {
  const within = sql`w.day between ${from}::date and ${to}::date`;
  const months = sql`s.month between ${from.slice(0, 7)} and ${to.slice(0, 7)} and s.deleted_at is null`;
  const { rows } = await sql<Results>`
    with ordered as (
      select p.id, coalesce(sum(w.gross), 0) as amount from partner p
        left join (${worth()}) w on w.customer_id = p.customer_id and ${within}
      where p.deleted_at is null group by p.id
    ), brought as (
      select p.id, coalesce(sum(w.gross), 0) as amount from partner p
        join customer c on c.department_id = p.unit_id and c.deleted_at is null
        join (${worth()}) w on w.customer_id = c.id and ${within}
      where p.deleted_at is null group by p.id
    ), stock as (
      select s.partner_id as id, sum(s.outflow) as sold,
        sum((s.opening + s.closing) / 2) / count(distinct s.month) as held
      from stock_declaration s where ${months} group by s.partner_id
    ), deals as (
      select d.partner_id as id, count(*) filter (where d.created_at >= ${from}::date)::int as registered,
        (count(*) filter (where d.status = 'approved'))::int as protected,
        (count(*) filter (where d.status = 'won'))::int as won
      from deal_registration d where d.deleted_at is null and d.created_at < ${to}::date + 1 group by d.partner_id
    ), ranked as (
      select p.id, rank() over (partition by p.level order by o.amount + coalesce(b.amount, 0) desc)::int as rank,
        (count(*) over (partition by p.level))::int as "of"
      from partner p join ordered o on o.id = p.id left join brought b on b.id = p.id
      where p.deleted_at is null and p.status = 'active'
    )
    select p.id as partner, p.name, p.level, o.amount::text as ordered, coalesce(b.amount, 0)::text as brought,
      coalesce(s.sold, 0)::text as sold,
      case when s.held > 0 then round(s.sold / s.held, 2)::text end as turnover,
      json_build_object('registered', coalesce(d.registered, 0), 'protected', coalesce(d.protected, 0),
        'won', coalesce(d.won, 0)) as deals,
      coalesce(r.rank, 0) as rank, coalesce(r."of", 0) as "of"
    from partner p join ordered o on o.id = p.id left join brought b on b.id = p.id left join stock s on s.id = p.id
      left join deals d on d.id = p.id left join ranked r on r.id = p.id
    where p.id in (${which}) order by p.level nulls last, o.amount + coalesce(b.amount, 0) desc, p.name
    limit 500`.execute(ctx.db);
  return rows;
}
