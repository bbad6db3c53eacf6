import { defineEntity } from '../../../platform/entity/define.ts';
import { salesFields, salesLineFields } from '../../documents/public.ts';
import { eventFields, instalmentFields } from '../instalment/fields.ts';

const scope = { kind: 'child', of: 'customer', assigned: true } as const;

/** 订单: what a customer ordered, when he gets it, and how far that has come (SAL-5). */
export const order = defineEntity({
  name: 'order',
  plural: 'orders',
  module: 'orders',
  title: 'name',
  icon: 'order',
  menu: { group: 'sales', order: 40 },
  scope,
  numberPrefix: 'DD',
  rateDate: 'date',
  outside: {
    sees: 'theirs',
    hides: ['quote', 'contract', 'legalEntity', 'performer', 'promise', 'reason', 'remark', 'belowMargin'],
  },
  fields: {
    // Never empty: what is left out is called after the customer (behaviour.ts).
    name: { kind: 'text', search: 'text', filterable: true, sortable: true, quick: true },
    customer: { kind: 'reference', to: 'customer', required: true, filterable: true, quick: true },
    contact: { kind: 'reference', to: 'contact', belongsTo: 'customer', filterable: true, quick: true },
    opportunity: { kind: 'reference', to: 'opportunity', filterable: true },
    quote: { kind: 'reference', to: 'quote', filterable: true },
    contract: { kind: 'reference', to: 'contract', filterable: true, quick: true },
    legalEntity: { kind: 'reference', to: 'legalEntity', filterable: true },
    /** 业绩归属人: whose achievement it is. It stays his when the customer goes to somebody else. */
    performer: { kind: 'reference', to: 'user', filterable: true },
    status: {
      kind: 'choice',
      options: [
        { value: 'draft', zh: '草稿', en: 'Draft', color: 'dai' },
        { value: 'confirmed', zh: '已确认', en: 'Confirmed', color: 'teng' },
        { value: 'partlyDelivered', zh: '部分发货', en: 'Partly delivered', color: 'teng' },
        { value: 'delivered', zh: '已发货', en: 'Delivered', color: 'song' },
        { value: 'closed', zh: '已关闭', en: 'Closed', color: 'dai' },
        { value: 'cancelled', zh: '已取消', en: 'Cancelled', color: 'zhu' },
      ],
      readOnly: true,
      filterable: true,
    },
    theirNumber: { kind: 'text', search: 'text', filterable: true, max: 60 },
    deliverBy: { kind: 'date', filterable: true, sortable: true, quick: true },
    /** 24 小时承诺: so many clock hours after it is confirmed, whatever the day, it is on its way. */
    promisedHours: { kind: 'integer', min: 1, maxValue: 8760, quick: true },
    promise: { kind: 'reference', to: 'promise', readOnly: true, filterable: true },
    confirmedAt: { kind: 'instant', readOnly: true, filterable: true, sortable: true },
    deliveredOn: { kind: 'date', readOnly: true, filterable: true },
    receiver: { kind: 'text', max: 100, sensitive: true, group: 'shipping' },
    receiverPhone: { kind: 'phone', sensitive: true, max: 60, group: 'shipping' },
    address: { kind: 'text', max: 500, sensitive: true, group: 'shipping' },
    packing: { kind: 'text', max: 500, group: 'shipping' },
    ...salesFields,
    /** The amount in force: the total less what came back. A draft has none. */
    effectiveTotal: { kind: 'money', readOnly: true, filterable: true, sortable: true },
    effectiveNet: { kind: 'money', readOnly: true },
    ...eventFields,
    reason: { kind: 'longText', max: 2000, readOnly: true },
    remark: { kind: 'longText', search: 'text' },
  },
  indexes: [
    ['owner', 'status', 'deliverBy'],
    ['customer', 'date'],
  ],
  timeline: { on: ['customer', 'contact', 'opportunity', 'contract'], at: 'createdAt', category: 'deal' },
  list: {
    columns: ['name', 'number', 'customer', 'total', 'status', 'deliverBy', 'date', 'owner', 'updatedAt'],
    sort: '-updatedAt',
  },
  subtitle: ['number', 'customer'],
  unmergeable: true,
});

export const orderLine = defineEntity({
  name: 'orderLine',
  plural: 'order-lines',
  module: 'orders',
  title: 'name',
  scope,
  partOf: { field: 'order', as: 'lines' },
  outside: {
    sees: 'theirs',
    hides: ['cost', 'minimumPrice', 'listPrice', 'offeredPrice', 'weight', 'remark'],
  },
  fields: {
    order: { kind: 'reference', to: 'order', filterable: true },
    customer: { kind: 'reference', to: 'customer', filterable: true, tab: false },
    ...salesLineFields,
    delivered: { kind: 'decimal', readOnly: true },
    returned: { kind: 'decimal', readOnly: true },
    /** What it comes to in force, less what came back; a draft's line has none. */
    effectiveGross: { kind: 'money', readOnly: true },
    effectiveNet: { kind: 'money', readOnly: true },
  },
  list: {
    columns: ['name', 'order', 'customer', 'quantity', 'price', 'gross', 'delivered', 'updatedAt'],
    sort: '-updatedAt',
  },
});

export const orderInstalment = defineEntity({
  name: 'orderInstalment',
  plural: 'order-instalments',
  module: 'orders',
  title: 'name',
  scope,
  partOf: { field: 'order', as: 'instalments' },
  fields: {
    order: { kind: 'reference', to: 'order', filterable: true },
    customer: { kind: 'reference', to: 'customer', filterable: true, tab: false },
    ...instalmentFields,
  },
  indexes: [['dueOn', 'customer']],
  list: {
    columns: ['name', 'order', 'customer', 'percent', 'event', 'amount', 'dueOn', 'updatedAt'],
    sort: '-updatedAt',
  },
});
