import { Exact } from '../../../platform/money/money.shared.ts';

/** A model of what is owed, as plain as can be: whole fen and cents in memory, no database. Tests hold the product against it. */

export const RATES = { CNY: '1', EUR: '7.8' } as const;
export type Unit = keyof typeof RATES;

export interface OwedOrder {
  id: string;
  line: string;
  unit: Unit;
  /** Of one piece, in fen or cents. */
  price: number;
  quantity: number;
  delivered: number;
  returned: number;
  received: number;
  invoiced: number;
  /** What was paid naming one of its instalments. */
  direct: Map<string, number>;
}

export interface Blue {
  id: string;
  line: string;
  order: OwedOrder;
  price: number;
  left: number;
  paid: number;
}

export interface Paid {
  posting: string;
  order: OwedOrder;
  instalment: string | null;
  blue: Blue | null;
  taken: number;
  paid: number;
}

export interface Money {
  id: string;
  unit: Unit;
  amount: number;
  free: number;
  refunded: number;
  status: 'pending' | 'confirmed' | 'gone';
  paid: Paid[];
  purpose: OwedOrder | null;
  entry: Entry | null;
}

/** Money of the bank that is claimed. */
export interface Entry {
  id: string;
  left: number;
}

export interface Part {
  id: string | null;
  due: string | null;
  amount: number;
}

export const text = (minor: number): string => new Exact(minor).div(100).toFixed(2);
export const minor = (amount: string): number => new Exact(amount).times(100).toNumber();

/** What an amount is worth in another currency, to its last fen. */
export const into = (amount: number, from: Unit, to: Unit): number =>
  new Exact(amount).times(RATES[from]).div(RATES[to]).toDecimalPlaces(0, Exact.ROUND_HALF_UP).toNumber();

export const effective = ({ price, quantity, returned }: OwedOrder): number => price * (quantity - returned);
export const open = (order: OwedOrder): number => Math.max(0, effective(order) - order.received);

/** What a receipt pays of something where nobody says how much: as much as is free, or as is open. */
export function asMuchAs(money: Money, order: OwedOrder): { taken: number; paid: number } | null {
  const most = new Exact(open(order)).times(RATES[order.unit]).div(RATES[money.unit]);
  const taken = Exact.min(money.free, most).toDecimalPlaces(0, Exact.ROUND_HALF_UP).toNumber();
  const paid = Math.min(into(taken, money.unit, order.unit), open(order));
  return taken > 0 && paid > 0 ? { taken, paid } : null;
}

/** What is open of each instalment: money that names one pays that, all other pays them as they fall due. */
export function openParts(order: OwedOrder, parts: readonly Part[]): number[] {
  const direct = parts.map(({ id, amount }) => Math.min(amount, order.direct.get(id ?? '') ?? 0));
  let rest = order.received - direct.reduce((sum, each) => sum + each, 0);
  return parts.map(({ amount }, at) => {
    const left = amount - (direct[at] as number);
    const paid = Math.min(left, rest);
    rest -= paid;
    return left - paid;
  });
}

export const AGES = ['later', 'd30', 'd60', 'd90', 'over90'] as const;

/** How long something is overdue, in the words of the overview. */
export function ageOf(due: string | null, today: string): (typeof AGES)[number] {
  const late = due === null ? 0 : Temporal.PlainDate.from(due).until(today).days;
  return late <= 0 ? 'later' : late <= 30 ? 'd30' : late <= 60 ? 'd60' : late <= 90 ? 'd90' : 'over90';
}
