import { Exact, roundMoney } from '../../../../platform/money/money.shared.ts';
import type { Deal, DealLine } from '../../reckon/deal.ts';
import type { Terms } from '../agreement/terms.shared.ts';

type Number_ = InstanceType<typeof Exact>;

/** Something that counts, and how much of it: an order, a delivery, money that came for a deal. */
export interface Source {
  id: string;
  day: string;
  base: string;
}

/** Goods that left for the customer, by line of the order. */
export interface Shipment {
  id: string;
  day: string;
  lines: { line: string; quantity: string; gross: string; net: string }[];
}

type Rules = Pick<Terms, 'counted' | 'measure' | 'taxed' | 'currency' | 'products' | 'categories'>;
type Counting = Pick<
  Deal,
  'holder' | 'id' | 'day' | 'currency' | 'rate' | 'cap' | 'lines' | 'allocations' | 'netRatio'
>;

/**
 * What of a deal counts by an agreement, as it stands now: less what came back and what red invoices took back, on the day it was
 * ordered, shipped or paid. Shipments come in their order.
 */
export function sourcesOf(
  deal: Counting,
  rules: Rules,
  shipments: readonly Shipment[],
  own: string,
): Source[] {
  const rounded = (base: Number_) =>
    rules.measure === 'quantity'
      ? base.toDecimalPlaces(6).toFixed()
      : roundMoney(base.times(worthOf(deal, rules, own)), rules.currency);
  const source = (id: string, day: string, base: Number_): Source => ({ id, day, base: rounded(base) });
  switch (rules.counted) {
    case 'ordered':
      return deal.holder === 'order' ? [source(deal.id, deal.day, ordered(deal, rules))] : [];
    case 'delivered':
      return deal.holder === 'order'
        ? delivered(deal, rules, shipments).map(({ id, day, base }) => source(id, day, base))
        : [];
    case 'received': {
      const ratio = (rules.taxed === 'net' ? deal.netRatio : new Exact(1)).times(shareOf(deal.lines, rules));
      return deal.allocations.map(({ posting, day, counted }) =>
        source(posting, day, new Exact(counted).times(ratio)),
      );
    }
  }
}

/**
 * In the company's currency everything counts by the rate stored with the order or contract; in another one only what is in that
 * currency itself.
 */
function worthOf({ currency, rate }: Counting, rules: Rules, own: string): string {
  if (rules.currency === own) return rate;
  return currency === rules.currency ? '1' : '0';
}

const covers = ({ product, categories }: DealLine, rules: Rules): boolean =>
  rules.products.length + rules.categories.length === 0 ||
  (product !== null && rules.products.includes(product)) ||
  categories.some((id) => rules.categories.includes(id));

function ordered(deal: Counting, rules: Rules): Number_ {
  const lines = deal.lines.filter((line) => covers(line, rules));
  if (rules.measure === 'quantity')
    return stands(deal) ? sum(lines, ({ kept }) => kept.quantity) : new Exact(0);
  return sum(lines, ({ kept }) => kept[rules.taxed]).times(shrinking(deal));
}

/** Of what came back the goods that left last count no more. */
function delivered(deal: Counting, rules: Rules, shipments: readonly Shipment[]) {
  const lines = new Map(deal.lines.filter((line) => covers(line, rules)).map((line) => [line.id, line]));
  const left = new Map<string, Number_>();
  for (const { lines: shipped } of shipments)
    for (const { line, quantity } of shipped) left.set(line, (left.get(line) ?? new Exact(0)).plus(quantity));
  for (const [id, all] of left) left.set(id, Exact.max(0, all.minus(lines.get(id)?.returned ?? 0)));
  const shrink = shrinking(deal);
  return shipments.map(({ id, day, lines: shipped }) => {
    const base = shipped.reduce((all, { line, quantity, ...amounts }) => {
      if (!lines.has(line) || !stands(deal)) return all;
      const room = left.get(line) ?? new Exact(0);
      const part = Exact.min(room, quantity);
      left.set(line, room.minus(part));
      if (rules.measure === 'quantity') return all.plus(part);
      if (new Exact(quantity).isZero()) return all;
      return all.plus(new Exact(amounts[rules.taxed]).times(part).dividedBy(quantity).times(shrink));
    }, new Exact(0));
    return { id, day, base };
  });
}

const stands = ({ cap }: Counting): boolean => cap === null || new Exact(cap).gt(0);

/** What is taken off beyond the goods that came back: a deduction from the whole, or money given back by a red invoice. */
function shrinking({ cap, lines }: Counting): Number_ {
  const whole = sum(lines, ({ kept }) => kept.gross);
  if (cap === null) return new Exact(1);
  if (whole.isZero()) return new Exact(0);
  return Exact.min(1, new Exact(cap).dividedBy(whole));
}

/** What part of a deal's goods an agreement covers; what names no goods is covered by what covers everything. */
function shareOf(lines: readonly DealLine[], rules: Rules): Number_ {
  const all = sum(lines, ({ net }) => net);
  const everything = rules.products.length + rules.categories.length === 0;
  if (everything || all.isZero()) return new Exact(everything ? 1 : 0);
  return sum(
    lines.filter((line) => covers(line, rules)),
    ({ net }) => net,
  ).dividedBy(all);
}

const sum = (lines: readonly DealLine[], of: (line: DealLine) => string): Number_ =>
  lines.reduce((all, line) => all.plus(of(line)), new Exact(0));
