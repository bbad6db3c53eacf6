/** What somebody promised for a period. */
export interface Submission {
  person: string;
  /** His own business, or that of his team as he sees it. */
  level: 'own' | 'team';
  commit: string;
  best: string;
  note: string | null;
  saidCommit: string;
  saidBest: string;
  at: string;
}

/** What a superior made of it. */
export interface Adjustment {
  person: string;
  manager: string;
  managerName: string | null;
  commit: string;
  note: string;
  at: string;
}

export interface Submissions {
  round: string;
  closesAt: string;
  deadline: { weekday: number; time: string };
  /** In the round that is open, and in the one before, which is closed. */
  now: Submission[];
  before: Submission[];
  adjustments: Adjustment[];
  /** Whose promises the caller may adjust. */
  mayAdjust: string[];
}
