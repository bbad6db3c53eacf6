import type { ReportFigure } from '../../platform/figures/figure.ts';

/** Receipts and invoices in reports of somebody's work. */
export const receiptFigures: readonly ReportFigure[] = [
  {
    name: 'receipts',
    entity: 'receipt',
    at: 'date',
    filter: () => ({ field: 'status', op: 'eq', value: 'confirmed' }),
  },
];
