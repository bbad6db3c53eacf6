import type { ReportFigure } from '../../platform/figures/figure.ts';

/** Customers somebody won for us, or at least found. */
export const customerFigures: readonly ReportFigure[] = [
  { name: 'newCustomers', entity: 'customer', at: 'createdAt' },
];
