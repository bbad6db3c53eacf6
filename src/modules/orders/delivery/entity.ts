import { defineEntity } from '../../../platform/entity/define.ts';

const scope = { kind: 'child', of: 'customer', assigned: true } as const;

/** 发货: what of an order goes to the customer at once, and when it is there (SAL-5). */
export const delivery = defineEntity({
  name: 'delivery',
  plural: 'deliveries',
  module: 'orders',
  title: 'name',
  icon: 'delivery',
  menu: { group: 'sales', order: 50 },
  scope,
  numberPrefix: 'FH',
  outside: { sees: 'theirs', hides: ['reason', 'remark'] },
  fields: {
    // Never empty: what is left out follows from the order (behaviour.ts).
    name: { kind: 'text', search: 'text', filterable: true, sortable: true },
    order: { kind: 'reference', to: 'order', required: true, filterable: true, immutable: true, quick: true },
    customer: { kind: 'reference', to: 'customer', filterable: true },
    status: {
      kind: 'choice',
      options: [
        { value: 'draft', zh: '待发货', en: 'To ship', color: 'dai' },
        { value: 'shipped', zh: '在途', en: 'On its way', color: 'teng' },
        { value: 'received', zh: '已到货', en: 'Arrived', color: 'song' },
        { value: 'cancelled', zh: '已取消', en: 'Cancelled', color: 'zhu' },
      ],
      readOnly: true,
      filterable: true,
    },
    plannedOn: { kind: 'date', filterable: true, sortable: true, quick: true },
    carrier: { kind: 'text', max: 100, filterable: true, quick: true },
    trackingNumber: { kind: 'text', max: 60, search: 'text', filterable: true, quick: true },
    shippedOn: { kind: 'date', readOnly: true, filterable: true, sortable: true },
    receivedOn: { kind: 'date', readOnly: true, filterable: true },
    receiver: { kind: 'text', max: 100, sensitive: true, group: 'shipping' },
    receiverPhone: { kind: 'phone', sensitive: true, max: 60, group: 'shipping' },
    address: { kind: 'text', max: 500, sensitive: true, group: 'shipping' },
    /** What the goods in it come to, as ordered. */
    total: { kind: 'money', readOnly: true },
    reason: { kind: 'longText', max: 2000, readOnly: true },
    remark: { kind: 'longText', search: 'text' },
  },
  indexes: [['status', 'plannedOn']],
  timeline: { on: ['customer', 'order'], at: 'createdAt', category: 'deal' },
  list: {
    columns: [
      'name',
      'number',
      'customer',
      'order',
      'status',
      'carrier',
      'trackingNumber',
      'shippedOn',
      'updatedAt',
    ],
    sort: '-updatedAt',
  },
  subtitle: ['number', 'customer'],
  unmergeable: true,
  without: ['import'],
});

/** Of a line of an order, as it stood when it was shipped or came back. */
const goods = {
  customer: { kind: 'reference', to: 'customer', filterable: true, tab: false },
  orderLine: { kind: 'reference', to: 'orderLine', required: true, filterable: true, tab: false },
  name: { kind: 'text', readOnly: true },
  specification: { kind: 'text', readOnly: true },
  unit: { kind: 'text', readOnly: true },
  quantity: { kind: 'decimal', required: true, min: 0.000001 },
  gross: { kind: 'money', readOnly: true },
  net: { kind: 'money', readOnly: true },
} as const;

export const deliveryLine = defineEntity({
  name: 'deliveryLine',
  plural: 'delivery-lines',
  module: 'orders',
  title: 'name',
  scope,
  partOf: { field: 'delivery', as: 'lines' },
  outside: { sees: 'theirs' },
  fields: {
    delivery: { kind: 'reference', to: 'delivery', filterable: true },
    ...goods,
  },
  list: { columns: ['name', 'delivery', 'customer', 'quantity', 'updatedAt'], sort: '-updatedAt' },
});

/** 退货: what came back of an order; it lowers what the order comes to (SAL-5). */
export const returnOrder = defineEntity({
  name: 'returnOrder',
  plural: 'return-orders',
  module: 'orders',
  title: 'name',
  icon: 'return',
  scope,
  numberPrefix: 'TH',
  fields: {
    name: { kind: 'text', search: 'text', filterable: true, sortable: true },
    order: { kind: 'reference', to: 'order', required: true, filterable: true, immutable: true, quick: true },
    customer: { kind: 'reference', to: 'customer', filterable: true },
    status: {
      kind: 'choice',
      options: [
        { value: 'draft', zh: '待退回', en: 'Expected', color: 'dai' },
        { value: 'received', zh: '已退货', en: 'Returned', color: 'song' },
        { value: 'cancelled', zh: '已取消', en: 'Cancelled', color: 'zhu' },
      ],
      readOnly: true,
      filterable: true,
    },
    why: {
      kind: 'choice',
      open: true,
      options: ['quality', 'wrongGoods', 'damaged', 'late', 'notWanted', 'other'],
      filterable: true,
      quick: true,
    },
    receivedOn: { kind: 'date', readOnly: true, filterable: true, sortable: true },
    total: { kind: 'money', readOnly: true, filterable: true, sortable: true },
    net: { kind: 'money', readOnly: true },
    reason: { kind: 'longText', max: 2000, readOnly: true },
    remark: { kind: 'longText', search: 'text' },
  },
  timeline: { on: ['customer', 'order'], at: 'createdAt', category: 'deal' },
  list: {
    columns: ['name', 'number', 'customer', 'order', 'status', 'why', 'total', 'receivedOn', 'updatedAt'],
    sort: '-updatedAt',
  },
  subtitle: ['number', 'customer'],
  unmergeable: true,
  without: ['import'],
});

export const returnLine = defineEntity({
  name: 'returnLine',
  plural: 'return-lines',
  module: 'orders',
  title: 'name',
  scope,
  partOf: { field: 'returnOrder', as: 'lines' },
  fields: {
    returnOrder: { kind: 'reference', to: 'returnOrder', filterable: true },
    ...goods,
  },
  list: {
    columns: ['name', 'returnOrder', 'customer', 'quantity', 'gross', 'updatedAt'],
    sort: '-updatedAt',
  },
});
