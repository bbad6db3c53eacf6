import { sql } from 'kysely';
import type { Context } from '../../../platform/context/context.ts';
import { Exact } from '../../../platform/money/money.shared.ts';
import type { PaymentEvent } from './fields.ts';

/** How much of what was ordered has arrived: in one unit where all goods have the same, else in lines. */
export interface Arrival {
  arrived: string;
  ordered: string;
  /** Null where it is lines that are counted; '' of goods without a unit. */
  unit: string | null;
}

/** What an instalment without a day waits for. */
export interface Waiting {
  event: PaymentEvent;
  /** Of 到货, as far as goods were ordered and the caller may know of deliveries. */
  arrival: Arrival | null;
}

/** Why instalments of orders or contracts have no day yet, by their ids; the caller sees the records. */
export async function waitingFor(
  ctx: Context,
  type: 'order' | 'contract',
  ids: readonly string[],
): Promise<Map<string, Waiting>> {
  if (ids.length === 0) return new Map();
  const head = sql.ref(`${type}_id`);
  const { rows } = await sql<{
    id: string;
    head: string;
    event: PaymentEvent;
  }>`select id, ${head} as head, event
    from ${sql.table(`${type}_instalment`)} where ${head} = any(${[...ids]}::uuid[]) and due_on is null
    and deleted_at is null`.execute(ctx.db);
  const sees = ['order', 'delivery'].every((name) => ctx.policies.for(name).can('read'));
  const asked = sees ? rows.filter(({ event }) => event === 'arrival').map((row) => row.head) : [];
  const arrivals = await arrivalsOf(ctx, type, [...new Set(asked)]);
  return new Map(
    rows.map(({ id, head, event }) => [
      id,
      { event, arrival: event === 'arrival' ? (arrivals.get(head) ?? null) : null },
    ]),
  );
}

interface Counted {
  head: string;
  units: number;
  unit: string | null;
  arrived: string;
  ordered: string;
  whole: string;
  lines: string;
}

/** Of contracts what their orders brought, against what was agreed or, where they come to more, ordered. */
async function arrivalsOf(
  ctx: Context,
  type: 'order' | 'contract',
  ids: readonly string[],
): Promise<Map<string, Arrival>> {
  if (ids.length === 0) return new Map();
  const heads = sql`any(${[...ids]}::uuid[])`;
  const head = type === 'order' ? sql`o.id` : sql`o.contract_id`;
  const agreed = type === 'contract' ? sql`contract_id = ${heads}` : sql`false`;
  const { rows } = await sql<Counted>`with line as materialized (
      select ${head} as head, l.unit, l.quantity, coalesce((select sum(x.quantity) from delivery_line x
        join delivery h on h.id = x.delivery_id
        where x.order_line_id = l.id and h.status = 'received' and x.deleted_at is null and h.deleted_at is null), 0) as arrived
      from order_line l join "order" o on o.id = l.order_id
      where ${head} = ${heads} and o.status not in ('draft', 'cancelled') and o.deleted_at is null
        and l.deleted_at is null and l.bundled is distinct from 'whole'
    ), agreed as materialized (
      select contract_id as head, unit, quantity from contract_line
      where ${agreed} and deleted_at is null and bundled is distinct from 'whole'
    ), named as (
      select head, count(*)::int as units, min(unit) as unit
      from (select head, unit from line union select head, unit from agreed) u group by head
    ), came as (
      select head, sum(arrived) as arrived, sum(quantity) as ordered, count(*) filter (where arrived >= quantity) as whole,
        count(*) as lines from line group by head
    ), planned as (select head, sum(quantity) as ordered, count(*) as lines from agreed group by head)
    select n.head, n.units, n.unit, coalesce(c.arrived, 0)::text as arrived,
      greatest(coalesce(c.ordered, 0), coalesce(p.ordered, 0))::text as ordered, coalesce(c.whole, 0)::text as whole,
      greatest(coalesce(c.lines, 0), coalesce(p.lines, 0))::text as lines
    from named n left join came c using (head) left join planned p using (head)`.execute(ctx.db);
  const plain = (quantity: string) => new Exact(quantity).toFixed();
  return new Map(
    rows.map(({ head, units, unit, ...row }) => [
      head,
      units > 1
        ? { arrived: row.whole, ordered: row.lines, unit: null }
        : { arrived: plain(row.arrived), ordered: plain(row.ordered), unit: unit ?? '' },
    ]),
  );
}
