import { sql } from 'kysely';
import type { Context } from '../../platform/context/context.ts';
import type { WireRecord } from '../../platform/entity/meta.shared.ts';
import { entityNamed } from '../../platform/entity/registry.ts';
import type { PaperSpec } from '../../platform/papers/paper.ts';
import { recordPaper } from '../../platform/papers/record.ts';
import { documentPaper } from '../documents/public.ts';
import { sellerOfRecord, sellerPictures, usualLegalEntity } from '../legal/public.ts';

/** An amendment that nobody has approved yet is not what was agreed: only these states are. */
const isIn =
  (...states: readonly string[]) =>
  ({ status }: WireRecord) =>
    states.includes(String(status));

/** In whose name goods go out follows from their order. */
const sellerOfOrder = {
  entity: 'legalEntity',
  async of(ctx: Context, { order }: WireRecord): Promise<string | null> {
    const { rows } = await sql<{ entity: string | null }>`select legal_entity_id as entity from "order"
      where id = ${(order as { id: string } | null)?.id ?? null}::uuid`.execute(ctx.db);
    return rows[0]?.entity ?? (await usualLegalEntity(ctx));
  },
};

/** Units of goods are stored as their orders say them. */
const unit = (value: unknown, { registry, principal }: Context): string =>
  entityNamed(registry, 'orderLine').fields.unit?.options.find((option) => option.value === value)?.[
    principal.language
  ] ?? String(value ?? '');

/** 合同, 订单 and 送货单 from the company's own Word templates. */
export const orderPapers: readonly PaperSpec[] = [
  recordPaper({
    name: 'contract',
    entity: 'contract',
    ...documentPaper,
    seller: sellerOfRecord,
    isFinal: isIn('effective', 'completed'),
    ...sellerPictures,
  }),
  recordPaper({
    name: 'order',
    entity: 'order',
    ...documentPaper,
    seller: sellerOfRecord,
    isFinal: isIn('confirmed', 'partlyDelivered', 'delivered', 'closed'),
    ...sellerPictures,
  }),
  recordPaper({
    name: 'delivery',
    entity: 'delivery',
    seller: sellerOfOrder,
    written: { 'lines.unit': unit },
    isFinal: isIn('shipped', 'received'),
    ...sellerPictures,
  }),
];
