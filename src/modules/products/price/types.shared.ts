/** What is asked for prices: for whom, in which currency, on which day, and of what how much. */
export interface PriceRequest {
  customer?: string | undefined;
  /** The company's, unless another is named. */
  currency?: string | undefined;
  /** By which way it is sold, where not as the customer's own: books of a channel hold for it only. */
  channel?: string | undefined;
  date: string;
  lines: readonly PriceLine[];
}

/** One product in some quantity; of a bundle also which of its parts are taken, and what in place of them. */
export interface PriceLine {
  product: string;
  unit?: string | null | undefined;
  quantity: string;
  /** All parts as the bundle has them, unless given. */
  chosen?: readonly { part: string; product: string }[] | undefined;
}

/** Why a line has no price, or one to look at twice. The words: `price.problem.<code>`. */
export type PriceProblemCode =
  /** Unknown, deleted, or not for the reader's eyes. */
  | 'product_unknown'
  /** No longer sold; the price is told all the same. */
  | 'product_retired'
  /** It has variants: one of them is meant. */
  | 'variant_needed'
  | 'unit_unknown'
  | 'no_price'
  /** There is a price, and the reader may not see it. */
  | 'price_hidden'
  /** The list price is in another currency, and nobody told a rate. */
  | 'currency_without_rate'
  /** No tax rate holds on that day. */
  | 'tax_rate_missing'
  | 'bundle_empty';

export interface PriceProblem {
  code: PriceProblemCode;
  params?: Record<string, string>;
}

export interface LineTaxRate {
  id: string;
  name: string;
  /** A share of one; null is 免税. */
  rate: string | null;
}

/** The price book a price came from, with the price as it stands there. */
export interface FromBook {
  id: string;
  name: string;
  taxIncluded: boolean;
  price: string;
  /** 阶梯价: the quantity from which it holds. */
  fromQuantity: string;
}

/** A part of a bundle, for the whole line: its quantity, and its share of the line's price. */
export interface PricedPart {
  product: string;
  /** The part of the bundle it is, or stands for. */
  part: string;
  /** Of it in one of the bundle. */
  inOne: string;
  name: string | null;
  unit: string | null;
  quantity: string;
  /** Of one unit when sold alone, 含税. */
  price: string | null;
  /** Share of price × quantity of the line, 含税; all shares add up to it. */
  amount: string | null;
  tax: LineTaxRate | null;
  /** Of one unit, as of a line. */
  cost: string | null;
  /** By what it takes its share, against the other parts. */
  weight: string;
}

/** All prices are 含税, per unit, in the currency of the answer. */
export interface PricedLine {
  product: string;
  name: string | null;
  code: string | null;
  /** The base unit, unless another was asked for; with how many base units it is. */
  unit: string | null;
  factor: string | null;
  quantity: string;
  price: string | null;
  listPrice: string | null;
  minimumPrice: string | null;
  /** What one unit costs us, where the reader may know and it is in the same currency. */
  cost: string | null;
  source: 'book' | 'list' | 'parts' | null;
  book: FromBook | null;
  tax: LineTaxRate | null;
  parts: PricedPart[];
  problems: PriceProblem[];
}

export interface PriceAnswer {
  currency: string;
  date: string;
  lines: PricedLine[];
}
