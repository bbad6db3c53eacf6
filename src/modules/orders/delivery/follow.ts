import { sql } from 'kysely';
import { asSystem, type Context } from '../../../platform/context/context.ts';
import type { Row } from '../../../platform/entity/behaviour.ts';
import { decide } from '../../../platform/entity/decided.ts';
import { lockRows } from '../../../platform/entity/records.ts';
import { entityNamed } from '../../../platform/entity/registry.ts';
import { followContracts } from '../contract/follow.ts';
import { settlePromise } from '../order/promise.ts';
import { inForce, isShort, progressOf } from './amounts.ts';
import { orderedLines } from './lines.ts';

/** Brings orders up to what was shipped, arrived and came back: state, amounts, days, promise, and their contracts. */
export async function followOrders(ctx: Context, ids: readonly string[], action = 'follow'): Promise<void> {
  if (ids.length === 0) return;
  const system = asSystem(ctx, 'delivery');
  const rows = await lockRows(system, entityNamed(ctx.registry, 'order'), ids);
  const lines = Map.groupBy(await orderedLines(ctx, ids), ({ order }) => order);
  const days = await daysOf(ctx, ids);
  for (const row of rows) {
    const own = lines.get(row.id as string) ?? [];
    const progress = progressOf(own);
    const status = row.status === 'closed' ? 'closed' : progress;
    const { shipped, arrived } = days.get(row.id as string) ?? { shipped: null, arrived: null };
    const done = progress === 'delivered';
    const set = {
      status,
      ...inForce(own, isShort(status, own), row.currency as string),
      deliveredOn: done ? shipped : null,
    };
    const values = arrivalDay(row, arrived, {
      ended: done || status === 'closed',
      reopened: action === 'openAgain',
    });
    await decide(system, 'order', [row], set, { action, values });
    if (done) await settlePromise(system, row, shipped);
  }
  await followContracts(system, contractsOf(rows));
}

/**
 * The day when all goods had arrived, also of an order that was closed short: no more will come. A day somebody entered stays; one
 * that only stood because the order was closed goes when it is opened again.
 */
function arrivalDay(row: Row, arrived: string | null, now: { ended: boolean; reopened: boolean }) {
  if (now.ended) return arrived && !row.arrived_on ? { arrivedOn: arrived } : {};
  return now.reopened && arrived && row.arrived_on === arrived ? { arrivedOn: null } : {};
}

const contractsOf = (rows: readonly Row[]): string[] => [
  ...new Set(rows.flatMap((row) => (row.contract_id as string | null) ?? [])),
];

/** When the last goods of each order left, and when they had all arrived. */
async function daysOf(
  ctx: Context,
  ids: readonly string[],
): Promise<Map<string, { shipped: string | null; arrived: string | null }>> {
  const { rows } = await sql<{ id: string; shipped: string | null; arrived: string | null }>`
    select order_id as id, max(shipped_on)::text as shipped,
      case when bool_and(status = 'received') then max(received_on)::text end as arrived
    from delivery where order_id = any(${[...ids]}::uuid[]) and status in ('shipped', 'received') and deleted_at is null
    group by order_id`.execute(ctx.db);
  return new Map(rows.map((row) => [row.id, row]));
}
