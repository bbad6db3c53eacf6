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

/** Why instalments of an order or contract have no day yet, by their ids; the caller sees the record. */
export async function waitingFor(
  ctx: Context,
  type: 'order' | 'contract',
  id: string,
): Promise<Map<string, Waiting>> {
  const { rows } = await sql<{ id: string; event: PaymentEvent }>`select id, event
    from ${sql.table(`${type}_instalment`)} where ${sql.ref(`${type}_id`)} = ${id} and due_on is null
    and deleted_at is null`.execute(ctx.db);
  const sees = ['order', 'delivery'].every((name) => ctx.policies.for(name).can('read'));
  const asked = sees && rows.some(({ event }) => event === 'arrival');
  const arrival = asked ? await arrivalOf(ctx, type, id) : null;
  return new Map(
    rows.map((row) => [row.id, { event: row.event, arrival: row.event === 'arrival' ? arrival : null }]),
  );
}

interface Counted {
  units: number;
  unit: string | null;
  arrived: string;
  ordered: string;
  whole: string;
  lines: string;
}

/** Of a contract what its orders brought, against what was agreed or, where they come to more, ordered. */
async function arrivalOf(ctx: Context, type: 'order' | 'contract', id: string): Promise<Arrival | null> {
  const which = type === 'order' ? sql`o.id = ${id}` : sql`o.contract_id = ${id}`;
  const agreed = type === 'contract' ? sql`contract_id = ${id}` : sql`false`;
  const { rows } = await sql<Counted>`with line as materialized (
      select l.unit, l.quantity, coalesce((select sum(x.quantity) from delivery_line x join delivery h on h.id = x.delivery_id
        where x.order_line_id = l.id and h.status = 'received' and x.deleted_at is null and h.deleted_at is null), 0) as arrived
      from order_line l join "order" o on o.id = l.order_id
      where ${which} and o.status not in ('draft', 'cancelled') and o.deleted_at is null
        and l.deleted_at is null and l.bundled is distinct from 'whole'
    ), agreed as materialized (
      select unit, quantity from contract_line where ${agreed} and deleted_at is null and bundled is distinct from 'whole'
    ), named as (select unit from line union select unit from agreed)
    select (select count(*)::int from named) as units, (select min(unit) from named) as unit,
      coalesce(sum(arrived), 0)::text as arrived,
      greatest(coalesce(sum(quantity), 0), (select coalesce(sum(quantity), 0) from agreed))::text as ordered,
      count(*) filter (where arrived >= quantity)::text as whole,
      greatest(count(*), (select count(*) from agreed))::text as lines
    from line`.execute(ctx.db);
  const [row] = rows;
  if (!row || row.lines === '0') return null;
  if (row.units > 1) return { arrived: row.whole, ordered: row.lines, unit: null };
  const plain = (quantity: string) => new Exact(quantity).toFixed();
  return { arrived: plain(row.arrived), ordered: plain(row.ordered), unit: row.unit ?? '' };
}
