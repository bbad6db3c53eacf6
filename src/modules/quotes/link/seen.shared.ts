import type { QuoteStatus } from '../quote/states.ts';

/** A line as the customer sees it. */
export interface SeenLine {
  name: string;
  specification: string | null;
  unit: string | null;
  quantity: string;
  price: string;
  discount: string | null;
  taxRate: string | null;
  gross: string;
  remark: string | null;
  /** Beneath a bundle, without prices: it says what they cost together. */
  parts: SeenPart[];
}

/** Of a bundle: what is in it. */
export type SeenPart = Pick<SeenLine, 'name' | 'specification' | 'unit' | 'quantity' | 'remark'>;

/** A quote as the customer sees it: on paper, and behind his link. */
export interface SeenQuote {
  company: string;
  number: string;
  name: string;
  edition: number;
  customer: string | null;
  contact: string | null;
  seller: string | null;
  date: string;
  validUntil: string | null;
  currency: string;
  pricesIncludeTax: boolean;
  deduction: string | null;
  total: string;
  net: string;
  taxAmount: string;
  terms: string | null;
  status: QuoteStatus;
  answeredBy: string | null;
  answeredAt: string | null;
  /** Whose clock `answeredAt` is shown by: the company's. */
  timeZone: string;
  lines: SeenLine[];
}
