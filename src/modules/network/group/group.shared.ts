/** Figures of one company, or of it and all below it. What the reader may not see is null. */
export interface Figures {
  customers: number;
  contacts: number;
  openTasks: number;
  lastContactAt: string | null;
  /** In the company's currency. */
  annualRevenue: string | null;
}

export interface GroupNode {
  id: string;
  title: string;
  /** The nearest company above that the reader sees. */
  parent: string | null;
  own: Figures;
  total: Figures;
}

export interface GroupAnswer {
  /** From the top down, each after its parent. */
  nodes: GroupNode[];
  /** There are more companies than are shown. */
  cut: boolean;
}
