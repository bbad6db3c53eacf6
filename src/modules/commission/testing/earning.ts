import { sql } from 'kysely';
import type { Person, TestApp } from '../../../platform/testing/app.ts';
import type { PlanDefinition } from '../plan/definition.shared.ts';
import { reckonDeal } from '../reckon/reckon.ts';

export const yuan = (amount: string) => ({ amount, currency: 'CNY' });

let count = 0;

/** An order in force, as if confirmed; its own rules are tested where they are. */
export async function orderOf(
  house: TestApp,
  who: Person,
  amount: string,
  more: Record<string, unknown> = {},
): Promise<{ id: string; customer: string }> {
  const customer =
    (more.customer as string | undefined) ??
    (await who.create('customers', { name: `苏州云岭${++count}有限公司` })).id;
  const lines = [
    { name: '离心水泵', quantity: '10', price: (Number(amount) / 10).toFixed(3), taxRate: '0.13' },
  ];
  const order = await who.create('orders', { name: `订单${++count}`, customer, lines, ...more });
  await sql`update "order" set status = 'confirmed', effective_total = total, effective_total_currency = total_currency,
    effective_total_base = total_base, effective_total_rate = total_rate, effective_net = net, effective_net_currency = net_currency
    where id = ${order.id}`.execute(house.services.db);
  return { id: order.id, customer };
}

/** Money come in and confirmed, for an order. */
export async function received(
  who: Person,
  { id, customer }: { id: string; customer: string },
  amount: string,
  more: object = {},
): Promise<string> {
  const receipt = await who.create('receipts', { customer, order: id, amount: yuan(amount), ...more });
  const { status, body } = await who.post(`/receipts/${receipt.id}/confirm`);
  if (status !== 200) throw new Error(JSON.stringify(body));
  return receipt.id;
}

/** A plan in force, for people of its own so that those of other tests are none of its business. */
export async function planFor(
  who: Person,
  people: readonly string[],
  definition: Partial<PlanDefinition> = {},
  more: object = {},
): Promise<string> {
  const plan = await who.create('commission-plans', {
    name: `方案${++count}`,
    validFrom: '2026-01-01',
    people,
    definition: { base: 'net', mode: 'progressive', tiers: [{ from: '0', rate: '3' }], ...definition },
    ...more,
  });
  const { status, body } = await who.post(`/commission-plans/${plan.id}/commission-start`, {});
  if (status !== 200) throw new Error(JSON.stringify(body));
  return plan.id;
}

export interface Earned {
  amount: string;
  base: string;
  kind: string;
  status: string;
}

/** What somebody earned, oldest first. */
export async function earnedBy(house: TestApp, person: string): Promise<Earned[]> {
  const { rows } = await sql<Earned>`select amount::text, base::text, kind, status from commission_row
    where owner_id = ${person} and deleted_at is null order by id`.execute(house.services.db);
  return rows;
}

export async function sumOf(house: TestApp, person: string): Promise<string> {
  const { rows } = await sql<{ sum: string }>`select coalesce(sum(amount), 0)::numeric(20, 2)::text as sum
    from commission_row where owner_id = ${person} and deleted_at is null`.execute(house.services.db);
  return rows[0]?.sum ?? '0';
}

export const reckon = async (house: TestApp, id: string): Promise<number> =>
  reckonDeal(await house.context(), 'order', id);

/** What people have reached that is not the sum of their rows, and credits that are not the sum of theirs: always none. */
export async function untrue(house: TestApp): Promise<unknown[]> {
  const { rows } = await sql`select r.person_id, r.base, s.base as rows from commission_reached r
      left join lateral (select coalesce(sum(base), 0) as base, coalesce(sum(amount), 0) as amount from commission_row w
        where w.owner_id = r.person_id and w.plan_id = r.plan_id and w.period = r.period) s on true
      where r.base <> s.base or r.amount <> s.amount
    union all select c.person_id, c.base, s.base from commission_credit c
      left join lateral (select coalesce(sum(base), 0) as base from commission_row w where w.credit = c.id::text) s on true
      where c.base <> s.base`.execute(house.services.db);
  return rows;
}
