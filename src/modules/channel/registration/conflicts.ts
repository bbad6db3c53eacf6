import { type SqlBool, sql } from 'kysely';
import { type Condition, scopeCondition } from '../../../platform/access/where.ts';
import type { Context } from '../../../platform/context/context.ts';
import { checkDraft } from '../../../platform/duplicates/check.ts';
import type { WireRecord } from '../../../platform/entity/meta.shared.ts';
import { entityNamed } from '../../../platform/entity/registry.ts';
import { titlesOf } from '../../../platform/entity/titles.ts';
import { companyCore } from '../../../platform/text/company.ts';
import { fold } from '../../../platform/text/fold.ts';

/** A customer's name as it is compared: folded, without its legal form. */
export const matchNameOf = (name: string): string => {
  const { region, core, trade, branch } = companyCore(name);
  return fold(`${region}${core}${trade}${branch}`) || fold(name);
};

interface Registered {
  name: string;
  phone?: string | null;
  taxNumber?: string | null;
}

interface OtherDeal {
  id: string;
  partner: string;
  status: string;
}

/** Registrations that wait or protect and mean the same customer: by name, phone or tax number, each by its index. */
export function sameCustomer({ name, phone, taxNumber }: Registered): Condition {
  const digits = (phone ?? '').replace(/\D/g, '').slice(-11);
  const alike = [
    sql<SqlBool>`match_name = ${matchNameOf(name)}`,
    ...(taxNumber ? [sql<SqlBool>`tax_number = ${taxNumber}`] : []),
    ...(digits.length >= 7
      ? [sql<SqlBool>`right(regexp_replace(phone, '\\D', '', 'g'), 11) = ${digits}`]
      : []),
  ];
  return sql<SqlBool>`deleted_at is null and status in ('submitted', 'approved') and (${sql.join(alike, sql` or `)})`;
}

export async function sameDeals(
  ctx: Context,
  deal: Registered,
  except: string | null = null,
): Promise<OtherDeal[]> {
  const { rows } = await sql<OtherDeal>`select id, partner_id as partner, status from deal_registration
    where ${sameCustomer(deal)} and id is distinct from ${except}::uuid order by created_at limit 50`.execute(
    ctx.db,
  );
  return rows;
}

/** Registrations and decisions come one after the other until the transaction ends: two at once would not see each other. */
export async function oneByOne(ctx: Context): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended('deal_registration', 0))`.execute(ctx.db);
}

/** What of the house and of other partners stands against a registration: for the house's eyes alone. */
export async function conflictsOf(ctx: Context, deal: WireRecord) {
  const values = {
    name: deal.name,
    ...(deal.phone ? { phone: deal.phone } : {}),
    ...(deal.taxNumber ? { taxNumber: deal.taxNumber } : {}),
    kind: 'company',
  };
  const own = (deal.customer as { id: string } | null)?.id;
  const { hits } = await checkDraft(ctx, { entity: 'customer', values, ...(own ? { id: own } : {}) });
  const others = await sameDeals(ctx, deal as unknown as Registered, deal.id);
  const entity = entityNamed(ctx.registry, 'dealRegistration');
  const scope = scopeCondition(entity, ctx.policies.for(entity.name).scope('read'), ctx.principal);
  const { rows } = await sql<{ id: string; name: string; partner: string; status: string; until: string }>`
    select t.id, t.name, t.partner_id as partner, t.status, t.protected_until::text as until
    from deal_registration t
    where t.id = any(${others.map(({ id }) => id)}::uuid[]) and ${scope} order by t.created_at`.execute(
    ctx.db,
  );
  const partners = await titlesOf(ctx, new Map([['partner', new Set(rows.map(({ partner }) => partner))]]));
  return {
    customers: hits,
    deals: rows.map((row) => ({ ...row, partner: partners.get(row.partner) ?? null })),
    hidden: others.length - rows.length,
  };
}
