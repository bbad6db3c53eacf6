/** A product to offer a customer next. */
export interface NextOffer {
  product: string;
  name: string;
  /** What a rule of the company says; null where numbers speak. */
  because: string | null;
  /** Bought before, and so the reason. */
  from: string[];
  /** Where other customers' orders speak: how many of how many buyers of `from` bought it too, and how many times as often as all. */
  together: { both: number; buyers: number; confidence: string; lift: string } | null;
  price: string | null;
  currency: string;
}
