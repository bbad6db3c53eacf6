import { sql } from 'kysely';
import type { Context } from '../../../platform/context/context.ts';
import type { Services } from '../../../platform/context/services.ts';
import { type Language, translate } from '../../../platform/i18n/translations.ts';
import type { Letterhead } from '../../../platform/print/page.ts';

interface Found {
  name: string;
  address: string | null;
  phone: string | null;
  tax: string | null;
  bank: string | null;
  account: string | null;
  logo: string | null;
}

/**
 * What stands above our papers: the name of the legal entity in whose name they go out — the usual one where none is named — with
 * address, phone, tax number, bank and logo. It is what the company itself prints for others, so rights of the reader do not come into it.
 */
export async function letterheadOf(
  ctx: Context,
  services: Services,
  legalEntity: string | null,
  language: Language = ctx.principal.language,
): Promise<Letterhead> {
  const { rows } =
    await sql<Found>`select name, address, phone, tax_number as tax, bank, bank_account as account, p.image as logo
    from legal_entity left join legal_entity_picture p on p.legal_entity_id = id and p.use = 'logo'
    where deleted_at is null and (id = ${legalEntity} or (usual and not coalesce(retired, false)))
    order by (id = ${legalEntity}) desc nulls last, id limit 1`.execute(ctx.db);
  const [found] = rows;
  if (!found) return { name: (await services.settings()).companyName, lines: [] };
  const say = (key: 'address' | 'phone' | 'tax' | 'bank' | 'account') =>
    found[key] && translate(ctx.registry.words, language, `letterhead.${key}`, { value: found[key] });
  const line = (...keys: Parameters<typeof say>[0][]) => keys.map(say).filter(Boolean).join('　');
  return {
    name: found.name,
    ...(found.logo ? { logo: found.logo } : {}),
    lines: [line('address', 'phone'), line('tax', 'bank', 'account')].filter(Boolean),
  };
}
