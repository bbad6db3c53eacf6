import { sql } from 'kysely';
import type { Context } from '../../platform/context/context.ts';
import { forbidden, problem } from '../../platform/errors/problem.ts';

export interface PartnerRow {
  id: string;
  name: string;
  kind: 'dealer' | 'agent' | 'retailer';
  level: string | null;
  status: 'active' | 'ended';
  unit: string;
  /** Who looks after it. */
  owner: string | null;
  customer: string;
  products: string[];
  categories: string[];
  territory: string[];
  contractFrom: string | null;
  contractTo: string | null;
  protectedDays: number;
}

const COLUMNS = sql`id, name, kind, level, status, unit_id as unit, owner_id as owner, customer_id as customer,
  product_ids as products, categorie_ids as categories, territory, contract_from::text as "contractFrom",
  contract_to::text as "contractTo", protected_days as "protectedDays"`;

/** The partner somebody from outside belongs to; it must still be one. */
export async function ownPartner(ctx: Context): Promise<PartnerRow> {
  const unit = ctx.policies.outsider?.department;
  if (!unit) throw forbidden();
  const { rows } = await sql<PartnerRow>`select ${COLUMNS} from partner
    where unit_id = ${unit} and deleted_at is null`.execute(ctx.db);
  if (!rows[0]) throw forbidden();
  return rows[0];
}

export async function partnerById(ctx: Context, id: string): Promise<PartnerRow | undefined> {
  const { rows } = await sql<PartnerRow>`select ${COLUMNS} from partner
    where id = ${id} and deleted_at is null`.execute(ctx.db);
  return rows[0];
}

/** The department of a partner and those below it: everybody in them is its own. */
export const ownUnits = (unit: unknown) => sql`(with recursive side as (
    select id from department where id = ${unit}::uuid
    union select d.id from department d join side on d.parent_id = side.id) select id from side)`;

export function requireActive(partner: PartnerRow): void {
  if (partner.status !== 'active') throw problem('partner_ended', { status: 409 });
}
