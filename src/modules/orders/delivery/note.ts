import type { Context } from '../../../platform/context/context.ts';
import type { MoneyValue, WireRecord } from '../../../platform/entity/meta.shared.ts';
import { entityNamed } from '../../../platform/entity/registry.ts';
import { translate } from '../../../platform/i18n/translations.ts';
import { formatMoney } from '../../../platform/money/format.shared.ts';
import type { Letterhead, PrintPage } from '../../../platform/print/page.ts';
import { instantToLocal } from '../../../platform/time/instant.shared.ts';

type Named = { title?: string | null } | null | undefined;

/** 送货单, as far as the reader sees the delivery; with prices where they are asked for. */
export function deliveryNote(
  ctx: Context,
  delivery: WireRecord,
  { letterhead, prices }: { letterhead: Letterhead; prices: boolean },
): PrintPage {
  const { language } = ctx.principal;
  const say = (key: string, params: Record<string, string> = {}) =>
    translate(ctx.registry.words, language, key, params);
  const { fields } = entityNamed(ctx.registry, 'delivery');
  const units = entityNamed(ctx.registry, 'orderLine').fields.unit?.options ?? [];
  const unit = (value: unknown) =>
    units.find((option) => option.value === value)?.[language] ?? String(value ?? '');
  const facts = [
    'order',
    'customer',
    'shippedOn',
    'receiver',
    'receiverPhone',
    'address',
    'carrier',
    'trackingNumber',
  ]
    .map((name) => {
      const value = delivery[name] as Named | string;
      const text = typeof value === 'object' ? (value?.title ?? '') : (value ?? '');
      return { label: fields[name]?.label[language] ?? name, value: text };
    })
    .filter(({ value }) => value);
  const lines = (delivery.lines ?? []) as WireRecord[];
  const amount = (value: unknown) => (value ? formatMoney(value as MoneyValue) : '');
  const columns = [
    { label: say('deliveryLine.name'), weight: 3 },
    { label: say('deliveryLine.specification'), weight: 2 },
    { label: say('deliveryLine.unit') },
    { label: say('deliveryLine.quantity'), align: 'right' as const },
  ];
  return {
    title: say('delivery.note'),
    subtitle: String(delivery.number ?? ''),
    company: letterhead.name,
    letterhead,
    language,
    ...(delivery.status === 'draft' ? { watermark: say('delivery.note.draft') } : {}),
    blocks: [
      { kind: 'facts', facts },
      {
        kind: 'table',
        columns: prices
          ? [...columns, { label: say('deliveryLine.gross'), weight: 1.4, align: 'right' as const }]
          : columns,
        rows: lines.map((line) => [
          String(line.name ?? ''),
          String(line.specification ?? ''),
          unit(line.unit),
          String(line.quantity ?? ''),
          ...(prices ? [amount(line.gross)] : []),
        ]),
        ...(prices ? { total: [say('delivery.note.total'), '', '', '', amount(delivery.total)] } : {}),
      },
    ],
    signatures: [{ label: say('delivery.note.by') }, { label: say('delivery.note.receiver') }],
    note: instantToLocal(ctx.now, ctx.timeZone).replace('T', ' ').slice(0, 16),
  };
}
