import type { Results } from '../results/results.ts';

/** What a partner's people are told of their own side; see ../mine/routes.ts. */
export interface Mine {
  name: string;
  kind: string;
  level: string | null;
  status: 'active' | 'ended';
  territory: string[];
  contractFrom: string | null;
  contractTo: string | null;
  protectedDays: number;
  manager: { name: string; phone: string | null; email: string | null } | null;
  stock: { month: string; declared: boolean };
  currency: string;
  from: string;
  results: Results | null;
}

export interface Good {
  id: string;
  name: string;
  code: string | null;
  unit: string | null;
  price: string | null;
}

export interface OwnOrder {
  id: string;
  number: string;
  date: string;
  status: string;
  total: string;
  currency: string;
  lines: { name: string; unit: string | null; quantity: string; delivered: string; gross: string }[];
}
