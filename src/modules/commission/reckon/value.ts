import { Exact, roundMoney } from '../../../platform/money/money.shared.ts';
import type { PlanDefinition } from '../plan/definition.shared.ts';
import type { Allocation, Deal, DealLine } from './deal.ts';

type Number_ = InstanceType<typeof Exact>;
type Rules = Pick<PlanDefinition, 'base' | 'factors' | 'newCustomer' | 'floor'>;

/** What an allocation counts by a plan, in the company's currency, and what it was multiplied with on the way. */
export interface Value {
  base: string;
  /** Received, in the company's currency. */
  received: string;
  /** Of what was received so much is the plan's base: 1 of gross. */
  ratio: string;
  factor: string;
  /** Why it counts nothing. */
  refused: 'discount' | 'minimum' | null;
}

/** Each allocation is rounded by itself: what others pay or take back never moves it. */
export function baseOf(deal: Deal, rules: Rules, allocation: Allocation, currency: string): Value {
  const refused = refusedBy(deal.lines, rules.floor);
  const ratio = ratioOf(deal, rules.base);
  const factor = factorOf(deal.lines, rules.factors).times(newness(deal, rules, allocation.day));
  const received = new Exact(allocation.counted).times(deal.rate);
  return {
    base: refused ? roundMoney('0', currency) : roundMoney(received.times(ratio).times(factor), currency),
    received: roundMoney(received, currency),
    ratio: shortly(ratio),
    factor: shortly(factor),
    refused,
  };
}

const shortly = (value: Number_): string => value.toDecimalPlaces(6).toFixed();

function ratioOf({ netRatio, lines }: Deal, base: Rules['base']): Number_ {
  if (base === 'gross') return new Exact(1);
  return base === 'net' ? netRatio : netRatio.times(marginOf(lines));
}

/** What of the net is earned on the goods; lines whose cost nobody knows earn nothing that could be told. */
export function marginOf(lines: readonly DealLine[]): Number_ {
  const net = sum(lines, (line) => line.net);
  if (net.isZero()) return new Exact(0);
  const known = lines.filter(({ cost }) => cost !== null);
  const earned = sum(known, ({ net: each, cost, quantity }) =>
    new Exact(each).minus(new Exact(cost ?? 0).times(quantity)),
  );
  return Exact.max(0, earned.dividedBy(net));
}

/** The nearest that is said of a line, its product before its category before the one above, weighed by what the lines come to. */
export function factorOf(lines: readonly DealLine[], factors: Rules['factors'] = []): Number_ {
  const net = sum(lines, (line) => line.net);
  if (factors.length === 0 || net.isZero()) return new Exact(1);
  const weighed = sum(lines, (line) => new Exact(line.net).times(factorFor(line, factors)));
  return weighed.dividedBy(net);
}

function factorFor({ product, categories }: DealLine, factors: NonNullable<Rules['factors']>): string {
  const own = factors.find((each) => each.product && each.product === product);
  const near = categories.map((id) => factors.find(({ category }) => category === id)).find(Boolean);
  return (own ?? near)?.factor ?? '1';
}

function newness({ firstDay }: Deal, { newCustomer }: Rules, day: string): string {
  if (!newCustomer || firstDay === null) return '1';
  const last = Temporal.PlainDate.from(firstDay).add({ days: newCustomer.days }).toString();
  return day <= last ? newCustomer.factor : '1';
}

function refusedBy(lines: readonly DealLine[], floor: Rules['floor']): Value['refused'] {
  if (floor?.aboveMinimum && lines.some(({ belowMinimum }) => belowMinimum)) return 'minimum';
  if (floor?.maxDiscount === undefined) return null;
  const discount = discountOf(lines);
  return discount?.gt(floor.maxDiscount) ? 'discount' : null;
}

/** In per cent off what the house asks for them, or else the list, of the lines of which that is known. */
export function discountOf(lines: readonly DealLine[]): Number_ | null {
  const listed = lines.filter(({ askedGross }) => askedGross !== null && !new Exact(askedGross).isZero());
  if (listed.length === 0) return null;
  const list = sum(listed, ({ askedGross }) => askedGross as string);
  return list
    .minus(sum(listed, ({ gross }) => gross))
    .times(100)
    .dividedBy(list);
}

const sum = (lines: readonly DealLine[], of: (line: DealLine) => string | Number_): Number_ =>
  lines.reduce((all, line) => all.plus(of(line)), new Exact(0));
