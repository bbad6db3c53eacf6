import { Exact, roundMoney } from '../../../platform/money/money.shared.ts';
import type { OrderedLine } from './lines.ts';

type Sum = 'gross' | 'net' | 'deliveredGross' | 'deliveredNet' | 'returnedGross' | 'returnedNet';

const sumOf = (lines: readonly OrderedLine[], of: Sum) =>
  lines.reduce((all, line) => all.plus(line[of]), new Exact(0));

/** How far an order has come by its lines. */
export function progressOf(lines: readonly Pick<OrderedLine, 'quantity' | 'delivered'>[]): string {
  if (lines.every(({ delivered }) => new Exact(delivered).isZero())) return 'confirmed';
  const all = lines.every(({ quantity, delivered }) => new Exact(delivered).gte(quantity));
  return all ? 'delivered' : 'partlyDelivered';
}

/** Whether an order was closed before all of it was delivered. */
export const isShort = (status: string, lines: readonly OrderedLine[]): boolean =>
  status === 'closed' && progressOf(lines) !== 'delivered';

/** What an order comes to now: as ordered — closed short, as delivered — less what came back. */
export function inForce(lines: readonly OrderedLine[], short: boolean, currency: string) {
  const less = (whole: Sum, back: Sum) => ({
    amount: roundMoney(sumOf(lines, whole).minus(sumOf(lines, back)), currency),
    currency,
  });
  return {
    effectiveTotal: less(short ? 'deliveredGross' : 'gross', 'returnedGross'),
    effectiveNet: less(short ? 'deliveredNet' : 'net', 'returnedNet'),
  };
}
