/** Two products the same customers buy, and how strongly one goes with the other. Counts are over the whole company. */
export interface Together {
  bought: { id: string; title: string };
  offer: { id: string; title: string };
  /** Customers who bought both, the first, and any at all. */
  together: number;
  buyers: number;
  customers: number;
  /** Shares of one: of all customers, and of the first product's buyers. */
  support: string;
  confidence: string;
  /** How many times as often as among all customers. */
  lift: string;
  countedAt: string;
}

/** Why a customer is not offered something. */
export const UNWANTED = ['notNeeded', 'hasOther', 'tooDear', 'later'] as const;
