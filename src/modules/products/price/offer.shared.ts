import type { PriceProblem } from './types.shared.ts';

/** A product as a picker offers it, with what it costs. */
export interface Offer {
  id: string;
  title: string;
  code: string | null;
  specification: string | null;
  /** The unit meant: the base unit, or the one whose barcode was read. */
  unit: string;
  /** All units it is sold in, the base unit first. */
  units: { unit: string; factor: string }[];
  price: string | null;
  currency: string;
  problems: PriceProblem[];
}
