import type { Mode, Period, Tier } from '../../plan/definition.shared.ts';

export const COUNTED = ['ordered', 'delivered', 'received'] as const;
/** What counts: what was ordered, what left for the customer, or the money that came. */
export type Counted = (typeof COUNTED)[number];

/** What an agreement says of how it reckons. Amounts, quantities and rates are plain decimals. */
export interface Terms {
  counted: Counted;
  /** Amounts earn per cent, pieces so much each. */
  measure: 'amount' | 'quantity';
  taxed: 'gross' | 'net';
  mode: Mode;
  period: Period;
  currency: string;
  tiers: Tier[];
  /** The most of one period. */
  cap: string | null;
  /** Of these alone, with all below a category; of everything where none is named. */
  products: string[];
  categories: string[];
}

/** The rules as tiers are reckoned by. */
export const rulesOf = ({
  mode,
  tiers,
  cap,
  measure,
}: Pick<Terms, 'mode' | 'tiers' | 'cap' | 'measure'>) => ({
  ...{ mode, tiers },
  per: measure === 'quantity' ? ('piece' as const) : ('percent' as const),
  ...(cap === null ? {} : { cap }),
});
