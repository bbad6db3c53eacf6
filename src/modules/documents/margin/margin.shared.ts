import { Exact } from '../../../platform/money/money.shared.ts';

/** What of a line tells what it earns: plain decimals; of a part of a bundle its own. */
export interface Earning {
  quantity: string;
  /** Of the whole line, without tax. */
  net: string | null;
  /** Of one unit. */
  cost: string | null;
}

export interface Margin {
  net: string;
  /** What of it is left once the goods are paid. */
  earned: string;
  /** In per cent to two places; null of what is sold for nothing. */
  rate: string | null;
}

/** What lines earn together; null while nobody knows what one of them costs. */
export function marginOf(lines: readonly Earning[]): Margin | null {
  let [net, cost] = [new Exact(0), new Exact(0)];
  for (const line of lines) {
    if (line.net === null || line.cost === null) return null;
    net = net.plus(line.net);
    cost = cost.plus(new Exact(line.cost).times(line.quantity));
  }
  if (lines.length === 0) return null;
  const earned = net.minus(cost);
  const rate = net.gt(0) ? earned.dividedBy(net).times(100).toDecimalPlaces(2).toFixed() : null;
  return { net: net.toFixed(2), earned: earned.toFixed(2), rate };
}

/** Whether that is less than the company wants to earn; what costs something and is given away always is. */
export function isBelow({ rate, earned }: Margin, minimum: string | null): boolean {
  if (minimum === null) return false;
  return rate === null ? new Exact(earned).lt(0) : new Exact(rate).lt(minimum);
}
