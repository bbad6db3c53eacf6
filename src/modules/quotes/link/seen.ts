import type { Context } from '../../../platform/context/context.ts';
import type { Services } from '../../../platform/context/services.ts';
import type { WireRecord } from '../../../platform/entity/meta.shared.ts';
import { readRecord } from '../../../platform/entity/records.ts';
import type { Language } from '../../../platform/i18n/translations.ts';
import { shownGroups } from '../../documents/public.ts';
import { letterheadOf } from '../../legal/public.ts';
import type { SeenQuote } from './seen.shared.ts';

type Named = { title: string | null } | null | undefined;
const titleOf = (value: unknown) => (value as Named)?.title ?? null;
const textOf = (value: unknown) => (typeof value === 'string' && value !== '' ? value : null);
const amountOf = (value: unknown) => (value as { amount: string } | null | undefined)?.amount ?? '0';

/** What a customer is shown of a quote: what would stand on its paper, and nothing else. */
export async function seenQuote(
  ctx: Context,
  services: Services,
  id: string,
  language: Language = ctx.principal.language,
): Promise<SeenQuote> {
  const record = await readRecord(ctx, 'quote', id);
  const of = (record.legalEntity as { id: string } | null | undefined)?.id ?? null;
  const { name: company } = await letterheadOf(ctx, services, of, language);
  const units = ctx.registry.byName.get('quoteLine')?.fields.unit?.options ?? [];
  const goodsOf = (line: Readonly<Record<string, unknown>>) => ({
    name: String(line.name ?? ''),
    specification: textOf(line.specification),
    unit: textOf(units.find(({ value }) => value === line.unit)?.[language] ?? line.unit),
    quantity: String(line.quantity),
    remark: textOf(line.remark),
  });
  return {
    company,
    number: String(record.number),
    name: record.title,
    edition: Number(record.edition ?? 1),
    customer: titleOf(record.customer),
    contact: titleOf(record.contact),
    seller: titleOf(record.owner),
    date: String(record.date),
    validUntil: textOf(record.validUntil),
    currency: String(record.currency),
    pricesIncludeTax: record.pricesIncludeTax !== false,
    deduction: textOf(record.deduction),
    total: amountOf(record.total),
    net: amountOf(record.net),
    taxAmount: amountOf(record.taxAmount),
    terms: textOf(record.terms),
    status: String(record.status) as SeenQuote['status'],
    answeredBy: textOf(record.answeredBy),
    answeredAt: textOf(record.answeredAt),
    timeZone: ctx.timeZone,
    lines: shownGroups(record.lines as WireRecord[]).map(({ line, parts }) => ({
      ...goodsOf(line),
      price: String(line.price),
      discount: textOf(line.discount),
      taxRate: parts.length ? rateOf(parts) : textOf(line.taxRate),
      gross: amountOf(line.gross),
      parts: parts.map(goodsOf),
    })),
  };
}

/** The rate of a bundle whose parts share one; of others their tax stands in the sums. */
function rateOf(parts: readonly Readonly<Record<string, unknown>>[]): string | null {
  const rates = new Set(parts.map(({ taxRate }) => textOf(taxRate)));
  return rates.size === 1 ? ([...rates][0] ?? null) : '';
}
