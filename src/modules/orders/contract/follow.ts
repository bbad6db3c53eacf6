import { sql } from 'kysely';
import type { Context } from '../../../platform/context/context.ts';
import { decide } from '../../../platform/entity/decided.ts';
import { lockRows } from '../../../platform/entity/records.ts';
import { entityNamed } from '../../../platform/entity/registry.ts';
import { Exact, roundMoney } from '../../../platform/money/money.shared.ts';

interface Standing {
  id: string;
  /** As last agreed. */
  total: string;
  net: string;
  /** Of its orders in the same currency. */
  returned: string;
  returned_net: string;
  /** When the last goods of all its orders had arrived, where these come to the whole contract. */
  arrived: string | null;
}

/** What contracts come to: as last agreed, less what came back of their orders. */
async function standingOf(ctx: Context, ids: readonly string[]): Promise<Standing[]> {
  const { rows } = await sql<Standing>`select c.id, v.total::text, v.net::text,
      coalesce(r.gross, 0)::text as returned, coalesce(r.net, 0)::text as returned_net,
      case when o.all_arrived and o.total >= v.total then o.arrived::text end as arrived
    from contract c
    cross join lateral (select total, net from contract_version where contract_id = c.id
      order by revision desc limit 1) v
    cross join lateral (select sum(x.total) as gross, sum(x.net) as net from return_order x
      join "order" o on o.id = x.order_id where o.contract_id = c.id and o.currency = c.currency
        and x.status = 'received' and x.deleted_at is null and o.deleted_at is null) r
    cross join lateral (select bool_and(arrived_on is not null) as all_arrived, max(arrived_on) as arrived,
        sum(total) as total from "order" where contract_id = c.id and status not in ('draft', 'cancelled')
        and deleted_at is null) o
    where c.id = any(${[...ids]}::uuid[])`.execute(ctx.db);
  return rows;
}

/** Brings contracts in force up to what came back and what has arrived. `system` has unlimited rights. */
export async function followContracts(system: Context, ids: readonly string[]): Promise<void> {
  if (ids.length === 0) return;
  const rows = await lockRows(system, entityNamed(system.registry, 'contract'), ids);
  const standing = new Map((await standingOf(system, ids)).map((each) => [each.id, each]));
  for (const row of rows) {
    const now = standing.get(row.id as string);
    if (!now) continue;
    const currency = row.currency as string;
    const less = (whole: string, back: string) => ({
      amount: roundMoney(new Exact(whole).minus(back), currency),
      currency,
    });
    const set = {
      effectiveTotal: less(now.total, now.returned),
      effectiveNet: less(now.net, now.returned_net),
    };
    const values = now.arrived && !row.arrived_on ? { arrivedOn: now.arrived } : {};
    await decide(system, 'contract', [row], set, { action: 'follow', values });
  }
}
