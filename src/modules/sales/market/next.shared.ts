/** A product to offer a customer next. */
export interface NextOffer {
  product: string;
  name: string;
  because: string;
  /** Bought before, and so the reason. */
  from: string[];
  price: string | null;
  currency: string;
}
