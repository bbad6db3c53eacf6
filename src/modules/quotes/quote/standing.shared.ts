export interface QuoteLink {
  /** Where it still opens, for whoever may change the quote. */
  url: string | null;
  expiresAt: string;
  opened: number;
  openedAt: string | null;
  answer: 'confirmed' | 'declined' | null;
  answeredAt: string | null;
  name: string | null;
  ip: string | null;
}

export interface QuoteStanding {
  /** Per cent the caller may give by himself; null is no limit. */
  limit: number | null;
  over: boolean;
  /** The latest one that is not revoked. */
  link: QuoteLink | null;
  editions: {
    id: string;
    number: string;
    edition: number | null;
    status: string;
    total: string | null;
    currency: string | null;
  }[];
}
