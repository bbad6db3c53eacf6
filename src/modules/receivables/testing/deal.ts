import { sql } from 'kysely';
import type { Person, TestApp } from '../../../platform/testing/app.ts';

/** A customer with an order of so much in force. */
export interface Deal {
  customer: { id: string };
  order: { id: string };
}

let count = 0;

/** An order in force, as if confirmed; its own rules are tested where they are. */
export async function orderOf(
  house: TestApp,
  who: Person,
  customer: string,
  amount: string,
  more: object = {},
): Promise<{ id: string }> {
  const lines = [{ name: '铝合金型材', quantity: '10', price: (Number(amount) / 10).toFixed(3) }];
  const order = await who.create('orders', { name: `订单${++count}`, customer, lines, ...more });
  await sql`update "order" set status = 'confirmed', effective_total = total, effective_total_currency = total_currency,
    effective_total_base = total_base, effective_total_rate = total_rate where id = ${order.id}`.execute(
    house.services.db,
  );
  return order;
}

export async function deal(
  house: TestApp,
  amount = '1000',
  who: Person = house.administrator,
): Promise<Deal> {
  const customer = await who.create('customers', { name: `杭州云帆${++count}有限公司` });
  return { customer, order: await orderOf(house, who, customer.id, amount) };
}

export const yuan = (amount: string) => ({ amount, currency: 'CNY' });

/** Money come in and confirmed. */
export async function received(
  who: Person,
  customer: string,
  amount: string,
  more: object = {},
): Promise<{ id: string }> {
  const receipt = await who.create('receipts', { customer, amount: yuan(amount), ...more });
  const { status, body } = await who.post(`/receipts/${receipt.id}/confirm`);
  if (status !== 200) throw new Error(JSON.stringify(body));
  return receipt;
}

/** Accounts of the ledger whose balance is not the sum of their entries: always none. */
export async function untrue(house: TestApp): Promise<unknown[]> {
  const { rows } = await sql`select * from ledger_balance b full join
    (select book, account, account_id, unit, sum(amount) as sum from ledger_entry group by 1, 2, 3, 4) e
    using (book, account, account_id, unit) where b.balance is distinct from coalesce(e.sum, 0)
      or (b.balance < 0)`.execute(house.services.db);
  return rows;
}
