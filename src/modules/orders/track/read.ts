import { sql } from 'kysely';
import type { Context } from '../../../platform/context/context.ts';
import { entityNamed } from '../../../platform/entity/registry.ts';
import type { Language } from '../../../platform/i18n/translations.ts';
import type { Tracked } from './page.ts';

type Sent = Omit<Tracked['deliveries'][number], 'state'> & { status: string };
type Found = Omit<Tracked, 'state' | 'lines' | 'deliveries'>;

/** What a customer may know of his order; null for one that is no more, or still a draft. */
export async function trackedFor(ctx: Context, id: string, language: Language): Promise<Tracked | null> {
  const { rows } =
    await sql<Found>`select o.number, l.name as seller, o.status, o.date::text, o.deliver_by::text as "deliverBy"
    from "order" o left join legal_entity l on l.id = o.legal_entity_id and l.deleted_at is null
    where o.id = ${id} and o.deleted_at is null and o.status <> 'draft'`.execute(ctx.db);
  const found = rows[0];
  if (!found) return null;
  const lines = await sql<Tracked['lines'][number] & { unit: string | null }>`select name, unit,
      trim_scale(quantity)::text as quantity, trim_scale(coalesce(delivered, 0))::text as delivered
    from order_line where order_id = ${id} and deleted_at is null and bundled is distinct from 'whole' order by position`.execute(
    ctx.db,
  );
  const sent =
    await sql<Sent>`select number, status, shipped_on::text as "shippedOn", received_on::text as "receivedOn",
      carrier, tracking_number as "trackingNumber"
    from delivery where order_id = ${id} and deleted_at is null and status in ('shipped', 'received')
    order by shipped_on, number limit 100`.execute(ctx.db);
  const word = (type: string, field: string, value: string | null) => {
    const options = entityNamed(ctx.registry, type).fields[field]?.options ?? [];
    return options.find((option) => option.value === value)?.[language] ?? value;
  };
  return {
    ...found,
    state: word('order', 'status', found.status) ?? '',
    lines: lines.rows.map((line) => ({ ...line, unit: word('orderLine', 'unit', line.unit) })),
    deliveries: sent.rows.map(({ status, ...each }) => ({
      ...each,
      state: word('delivery', 'status', status) ?? '',
    })),
  };
}
