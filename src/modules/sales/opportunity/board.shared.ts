/** A stage on the board with what stands in it. Sums are in the company's currency; null for who may not see amounts. */
export interface BoardColumn<T = unknown> {
  id: string;
  name: string;
  outcome: 'open' | 'won' | 'lost';
  probability: number;
  needs: string[];
  stallsAfter: number | null;
  playbook: string | null;
  total: number;
  totalIsExact: boolean;
  sum: string | null;
  weighted: string | null;
  items: T[];
}

/** Where an opportunity stood, and since when. */
export interface Step {
  stage: string | null;
  status: 'open' | 'won' | 'lost';
  amount: string | null;
  closeDate: string | null;
  day: string;
  by: string | null;
}
