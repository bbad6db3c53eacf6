/** How business against a competitor ends, among what the reader sees. Amounts are in the company's currency. */
export interface VersusRecord {
  won: number;
  lost: number;
  open: number;
  /** In whole per cent of what was decided; null where nothing was. */
  rate: number | null;
  wonAmount: string | null;
  lostAmount: string | null;
  /** Why we lose against it, most often first. */
  reasons: { reason: string; count: number }[];
}
