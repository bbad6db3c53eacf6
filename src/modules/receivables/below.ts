import { sql } from 'kysely';
import type { Context } from '../../platform/context/context.ts';
import { receivable } from './book.ts';

/** What was received or invoiced for the orders of contracts: it counts towards the contract. */
export async function heldBelow(
  ctx: Context,
  account: 'order' | 'orderInvoiced',
  contracts: readonly string[],
): Promise<Map<string, string>> {
  if (contracts.length === 0) return new Map();
  const { rows } = await sql<{
    id: string;
    sum: string;
  }>`select o.contract_id as id, sum(b.balance)::text as sum
    from "order" o join ledger_balance b on b.account_id = o.id and b.account = ${account} and b.book = ${receivable.name}
    where o.contract_id = any(${[...contracts]}::uuid[]) and o.deleted_at is null group by o.contract_id`.execute(
    ctx.db,
  );
  return new Map(rows.map(({ id, sum }) => [id, sum]));
}
