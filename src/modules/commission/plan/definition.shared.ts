/** From so much on (in the company's currency, of a period) so many per cent. */
export interface Tier {
  from: string;
  rate: string;
}

export const BASES = ['gross', 'net', 'margin'] as const;
export const MODES = ['progressive', 'whole'] as const;
export const PERIODS = ['month', 'quarter', 'year'] as const;
export type Base = (typeof BASES)[number];
export type Mode = (typeof MODES)[number];
export type Period = (typeof PERIODS)[number];

/** What counts more or less than once: a product, all of a category, or everything of a customer who is new. */
export interface Factor {
  product?: string;
  category?: string;
  factor: string;
}

/** How a plan reckons. Amounts and rates are plain decimals, rates and discounts in per cent. */
export interface PlanDefinition {
  /** What counts: what was received, that without tax, or what of it was earned on the goods. */
  base: Base;
  /** 超额累进: each part at its own tier's rate; 全额: everything at the rate of the tier reached. */
  mode: Mode;
  tiers: Tier[];
  factors?: Factor[];
  /** Within so many days of the first order or contract of a customer everything counts so many times. */
  newCustomer?: { days: number; factor: string };
  /** Deals beneath it count nothing. */
  floor?: { maxDiscount?: string; aboveMinimum?: boolean };
  /** The most a person gets of it in one period. */
  cap?: string;
}
