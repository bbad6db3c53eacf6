import type { GroupSpec } from '../../platform/analysis/query.shared.ts';
import type { ShippedReport } from '../../platform/analysis/shipped.ts';
import type { Filter } from '../../platform/entity/meta.shared.ts';

const BINDING = ['confirmed', 'partlyDelivered', 'delivered', 'closed'];
const MOST = 200;

const binding = (field: string): Filter => ({ field, op: 'in', value: BINDING });
/** Of a bundle its parts bear the amounts. */
const BEARING: Filter = {
  or: [
    { field: 'bundled', op: 'empty', value: true },
    { field: 'bundled', op: 'eq', value: 'part' },
  ],
};
/** Of a time the order of time, of anything else the largest first. */
const sorted = (by: GroupSpec | undefined) =>
  by?.by ? ({ by: 'label' } as const) : ({ by: 0, desc: true } as const);
/** Against the month or quarter before, where the report is told by time. */
const change = (by: GroupSpec | undefined, field: string) =>
  by?.by
    ? [
        { fn: 'sum', field, show: 'change', label: 'shipped.change' } as const,
        { fn: 'sum', field, show: 'changeYear', label: 'shipped.changeYear' } as const,
      ]
    : [{ fn: 'sum', field, show: 'share', label: 'shipped.share' } as const];

const within = (way: string, own: readonly GroupSpec[]): readonly GroupSpec[] => [
  ...own,
  { field: `${way}date`, by: 'month' },
  { field: `${way}date`, by: 'quarter' },
  { field: `${way}performer` },
  { field: `${way}owner.department` },
  { field: 'customer.province' },
  { field: 'customer.city' },
  { field: 'customer.industry' },
  { field: 'customer.source' },
  { field: 'customer.grade' },
];

/** What orders tell: how much was sold by whom, to whom, where and when, and of which product. All amounts are less what came back. */
export const orderReports: readonly ShippedReport[] = [
  {
    name: 'orderSales',
    entity: 'order',
    order: 80,
    chart: 'column',
    at: 'date',
    by: [...within('', []), { field: 'customer' }],
    query: (by) => ({
      filter: binding('status'),
      rows: by ? [by] : [],
      columns: [],
      values: [
        { fn: 'sum', field: 'effectiveTotal', label: 'shipped.orderAmount' },
        ...change(by, 'effectiveTotal'),
        { fn: 'count', label: 'shipped.orders' },
        { fn: 'distinct', field: 'customer', label: 'shipped.buyers' },
        { fn: 'avg', field: 'effectiveTotal', label: 'shipped.average' },
      ],
      sort: sorted(by),
      limit: MOST,
    }),
  },
  {
    name: 'productSales',
    entity: 'orderLine',
    also: ['order', 'product'],
    order: 81,
    chart: 'bar',
    at: 'order.date',
    by: within('order.', [{ field: 'product' }, { field: 'product.category' }]),
    query: (by) => ({
      filter: { and: [binding('order.status'), BEARING] },
      rows: by ? [by] : [],
      columns: [],
      values: [
        { fn: 'sum', field: 'effectiveGross', label: 'shipped.orderAmount' },
        ...change(by, 'effectiveGross'),
        { fn: 'sum', field: 'effectiveNet', label: 'shipped.net' },
        { fn: 'sum', field: 'quantity', label: 'shipped.quantity' },
        { fn: 'sum', field: 'returned', label: 'shipped.returned' },
        { fn: 'distinct', field: 'customer', label: 'shipped.buyers' },
      ],
      sort: sorted(by),
      limit: MOST,
    }),
  },
];
