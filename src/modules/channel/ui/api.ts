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
  results: Result | null;
}

export interface Result {
  partner: string;
  name: string;
  level: string | null;
  ordered: string;
  brought: string;
  sold: string;
  turnover: string | null;
  deals: { registered: number; protected: number; won: number };
  rank: number;
  of: number;
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

export interface StockItem {
  product: string;
  name: string;
  unit: string | null;
  opening: string | null;
  inflow: string | null;
  outflow: string | null;
  closing: string | null;
  before: string | null;
}
