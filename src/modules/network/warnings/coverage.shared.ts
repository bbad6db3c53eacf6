/** What a customer's file says of weak relations. */
export interface CoverageAnswer {
  warnings: string[];
  silentDays: number;
  lastContactAt: string | null;
  people: number;
}
