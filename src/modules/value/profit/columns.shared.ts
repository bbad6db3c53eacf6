/** The columns of profit in their order; all are sums of money. */
export const COLUMNS = [
  'sales',
  'margin',
  'demonstration',
  'referral',
  'initial',
  'upkeep',
  'ending',
  'cost',
  'profit',
] as const;
export type ColumnName = (typeof COLUMNS)[number];
