import { sql } from 'kysely';
import { asSystem, type Context } from '../../../../platform/context/context.ts';
import { ownPartner } from '../../../channel/public.ts';
import { progressOf, type RebateProgress } from './progress.ts';

/** An agreement as a partner's own people are told of it. */
export type OwnRebate = Omit<RebateProgress, 'customer'>;

/**
 * How far the partner one works for has come by its own agreements: those in force, and what an ended one still owes it. Everybody
 * else's stay the house's.
 */
export async function ownRebates(ctx: Context): Promise<OwnRebate[]> {
  const { customer } = await ownPartner(ctx);
  const found = await progressOf(
    asSystem(ctx, 'partner'),
    sql`a.customer_id = ${customer} and (a.status = 'inForce' or a.credit > 0 or exists (
      select from rebate_row r where r.agreement_id = a.id and r.status <> 'paid'))`,
  );
  return found.map(({ customer: _, ...told }) => told);
}
