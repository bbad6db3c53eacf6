export interface BoardStage {
  id: string;
  name: string;
  outcome: 'open' | 'won' | 'lost';
  probability: number;
  needs: string[];
  stallsAfter: number | null;
  playbook: string | null;
}

/** A stage on the board with what stands in it. Sums are in the company's currency; null for who may not see amounts. */
export interface BoardColumn<T = unknown> extends BoardStage {
  total: number;
  totalIsExact: boolean;
  sum: string | null;
  weighted: string | null;
  /** So many are in no sum: their currency has no rate. */
  unrated: number;
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
