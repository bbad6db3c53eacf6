/** What counts as having come: what was ordered, what left the house, what was paid. */
export const BASES = ['orders', 'delivered', 'receipts'] as const;
export type Basis = (typeof BASES)[number];
