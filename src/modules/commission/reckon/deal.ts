import { sql } from 'kysely';
import type { Context } from '../../../platform/context/context.ts';
import { Exact } from '../../../platform/money/money.shared.ts';
import { conversionOn } from '../../../platform/rates/convert.ts';

type Number_ = InstanceType<typeof Exact>;
export type Holder = 'order' | 'contract';

/** An allocation of confirmed money to a deal, and how much of it counts now. */
export interface Allocation {
  posting: string;
  day: string;
  receipt: string;
  performer: string | null;
  /** In the deal's currency: nothing where it was taken back. */
  amount: string;
  /** What of it the deal still comes to; what goes beyond, after goods came back, counts no more. */
  counted: string;
}

export interface DealLine {
  id: string;
  product: string | null;
  /** The category and those above it. */
  categories: string[];
  gross: string;
  net: string;
  quantity: string;
  price: string;
  askedGross: string | null;
  cost: string | null;
  belowMinimum: boolean;
  /** What of it is in force: closed short only what was delivered, less what came back. */
  kept: { quantity: string; gross: string; net: string };
  returned: string;
}

/** What reckoning needs to know of an order or contract. */
export interface Deal {
  holder: Holder;
  id: string;
  customer: string;
  name: string;
  performer: string | null;
  currency: string;
  /** What a unit of its currency is worth in the company's. */
  rate: string;
  /** Net to gross. */
  netRatio: Number_;
  /** The first day on which its customer ordered or signed anything. */
  firstDay: string | null;
  /** Its own day, and what counts of it at most: null where nobody said how much. */
  day: string;
  cap: string | null;
  lines: DealLine[];
  allocations: Allocation[];
  shares: { person: string; percent: string }[];
  /** What it comes to now, and has not received: null where nobody said how much. */
  open: string | null;
}

interface Head {
  customer: string;
  day: string;
  name: string;
  performer: string | null;
  currency: string;
  gross: string | null;
  net: string | null;
  rate: string | null;
  total: string | null;
  stands: boolean;
  invoiced: { peak: string; now: string } | null;
  first: string | null;
}

/** Reads a deal as it stands. @returns null where there never was one */
export async function readDeal(ctx: Context, holder: Holder, id: string): Promise<Deal | null> {
  const head = await headOf(ctx, holder, id);
  if (!head) return null;
  const [lines, received, shares] = [
    await linesOf(ctx, holder, id),
    await receivedOf(ctx, holder, id),
    await sharesOf(ctx, holder, id),
  ];
  const cap = capOf(head);
  const allocations = counted(received, cap);
  const got = allocations.reduce((sum, each) => sum.plus(each.counted), new Exact(0));
  return {
    ...{
      holder,
      id,
      customer: head.customer,
      name: head.name,
      performer: head.performer,
      currency: head.currency,
    },
    rate: await rateOf(ctx, head, received.at(-1)?.day),
    netRatio: ratioOf(head, lines),
    firstDay: head.first,
    day: head.day,
    cap: cap?.toFixed() ?? null,
    lines,
    allocations,
    shares,
    open: cap === null ? null : Exact.max(0, cap.minus(got)).toFixed(),
  };
}

/**
 * What may count of it at most: what it comes to less what came back, or less what red invoices took back of what had been
 * invoiced, whichever took more. Of what was cancelled or thrown away nothing counts; a frame contract sets no bound.
 */
export function capOf(head: Pick<Head, 'gross' | 'total' | 'stands' | 'invoiced'>): Number_ | null {
  if (!head.stands) return new Exact(0);
  const { gross, total, invoiced } = head;
  if (gross === null || total === null || new Exact(total).isZero()) return null;
  const flushed = invoiced ? new Exact(invoiced.peak).minus(invoiced.now) : new Exact(0);
  return Exact.max(0, Exact.min(gross, new Exact(total).minus(flushed)));
}

/** Who came first counts first: where a deal shrinks the money that came last counts no more. */
export function counted(received: readonly Omit<Allocation, 'counted'>[], cap: Number_ | null): Allocation[] {
  let room = cap;
  return received.map((each) => {
    const part = room === null ? new Exact(each.amount) : Exact.min(each.amount, room);
    room = room === null ? null : room.minus(part);
    return { ...each, counted: part.toFixed() };
  });
}

function ratioOf({ gross, net }: Head, lines: readonly DealLine[]): Number_ {
  if (gross !== null && net !== null && !new Exact(gross).isZero()) return new Exact(net).dividedBy(gross);
  const sum = (of: 'gross' | 'net') => lines.reduce((all, line) => all.plus(line[of]), new Exact(0));
  return sum('gross').isZero() ? new Exact(1) : sum('net').dividedBy(sum('gross'));
}

async function rateOf(ctx: Context, { currency, rate }: Head, day: string | undefined): Promise<string> {
  if (currency === ctx.currency) return '1';
  if (rate) return rate;
  const convert = day ? await conversionOn(ctx, day, [currency]) : null;
  return convert?.(currency)?.rate ?? '0';
}

/** Whatever was ordered or signed by a customer and not cancelled, on its day. */
async function headOf(ctx: Context, holder: Holder, id: string): Promise<Head | undefined> {
  const dead = holder === 'order' ? ['draft', 'cancelled'] : ['draft'];
  const { rows } =
    await sql<Head>`select d.customer_id as customer, coalesce(nullif(d.name, ''), d.number) as name, d.performer_id as performer,
      d.date::text as day, coalesce(d.effective_total_currency, d.total_currency, d.currency) as currency,
      d.effective_total::text as gross, d.effective_net::text as net, d.effective_total_rate::text as rate, d.total::text as total,
      (d.deleted_at is null and d.status <> all(${dead}::text[])) as stands,
      (select json_build_object('peak', coalesce(max(running), 0)::text, 'now', coalesce((array_agg(running order by posting_id desc))[1], 0)::text)
        from (select posting_id, sum(amount) over (order by posting_id) as running from ledger_entry
          where account_id = d.id and account = ${`${holder}Invoiced`} and book = 'receivable') i) as invoiced,
      (select least((select min(o.date) from "order" o where o.customer_id = d.customer_id and o.deleted_at is null
          and o.status not in ('draft', 'cancelled')),
        (select min(coalesce(c.signed_on, c.date)) from contract c where c.customer_id = d.customer_id and c.deleted_at is null
          and (c.status in ('effective', 'amending', 'completed', 'terminated') or (c.status = 'inApproval' and c.revision > 1)))))::text as first
    from ${sql.table(holder)} d where d.id = ${id}`.execute(ctx.db);
  return rows[0];
}

async function receivedOf(ctx: Context, holder: Holder, id: string): Promise<Omit<Allocation, 'counted'>[]> {
  const { rows } = await sql<
    Omit<Allocation, 'counted'>
  >`select p.id as posting, p.day::text, p.source as receipt,
      r.performer_id as performer,
      case when exists (select from ledger_posting b where b.reverses = p.id) then '0' else e.amount::text end as amount
    from ledger_entry e join ledger_posting p on p.id = e.posting_id and p.kind = 'allocation' and p.reverses is null
      join receipt r on r.id = p.source
    where e.account_id = ${id} and e.account = ${holder} and e.book = 'receivable' order by p.id`.execute(
    ctx.db,
  );
  return rows;
}

async function linesOf(ctx: Context, holder: Holder, id: string): Promise<DealLine[]> {
  const table = `${holder}_line`;
  const kept =
    holder === 'order'
      ? sql`case d.status when 'closed' then coalesce(l.delivered, 0) else l.quantity end - coalesce(l.returned, 0),
          coalesce(l.effective_gross, l.gross), coalesce(l.effective_net, l.net), coalesce(l.returned, 0)`
      : sql`l.quantity, l.gross, l.net, 0`;
  const { rows } =
    await sql<DealLine>`select l.id, l.product_id as product, l.gross::text, l.net::text, l.quantity::text,
      l.price::text, l.cost::text,
      (coalesce(l.offered_price, l.list_price) * l.quantity * case when d.prices_include_tax is false then 1 + coalesce(l.tax_rate, 0) else 1 end)::text as "askedGross",
      coalesce(l.minimum_price > (case when d.prices_include_tax is false then l.net else l.gross end) / nullif(l.quantity, 0), false)
        as "belowMinimum",
      json_build_object('quantity', k.quantity::text, 'gross', k.gross::text, 'net', k.net::text) as kept, k.returned::text,
      coalesce((with recursive up as (select c.id, c.parent_id, 1 as level from product_category c where c.id = p.category_id
          union all select c.id, c.parent_id, up.level + 1 from product_category c join up on c.id = up.parent_id where up.level < 20)
        select array_agg(id order by level) from up), '{}') as categories
    from ${sql.table(table)} l join ${sql.table(holder)} d on d.id = ${sql.ref(`l.${holder}_id`)}
      cross join lateral (select ${kept}) as k(quantity, gross, net, returned)
      left join product p on p.id = l.product_id
    where ${sql.ref(`l.${holder}_id`)} = ${id} and l.deleted_at is null and l.net is not null`.execute(
      ctx.db,
    );
  return rows;
}

/** Of an order without a split of its own that of its contract. */
async function sharesOf(ctx: Context, holder: Holder, id: string): Promise<Deal['shares']> {
  const own = sql`select s.id, 1 as near from commission_split s where s.deleted_at is null
    and ${sql.ref(`s.${holder}_id`)} = ${id}`;
  const above =
    holder === 'order'
      ? sql`union all select s.id, 2 from commission_split s join "order" o on o.contract_id = s.contract_id
          where s.deleted_at is null and o.id = ${id}`
      : sql``;
  const { rows } = await sql<
    Deal['shares'][number]
  >`select h.person_id as person, h.percent::text from commission_share h
    where h.deleted_at is null and h.split_id = (select id from (${own} ${above}) s order by near limit 1)
    order by h.position, h.id`.execute(ctx.db);
  return rows;
}
