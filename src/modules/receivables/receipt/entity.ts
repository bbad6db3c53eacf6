import { defineEntity } from '../../../platform/entity/define.ts';

/** 回款: money a customer paid us, or says he has; finance confirms it (SAL-6, SAL-15). */
export const receipt = defineEntity({
  name: 'receipt',
  plural: 'receipts',
  module: 'receivables',
  title: 'payer',
  icon: 'receipt',
  menu: { group: 'money', order: 40 },
  scope: { kind: 'child', of: 'customer', assigned: true },
  numberPrefix: 'SK',
  rateDate: 'date',
  fields: {
    payer: { kind: 'text', search: 'text', filterable: true, sortable: true, quick: true },
    customer: { kind: 'reference', to: 'customer', required: true, filterable: true, quick: true },
    amount: { kind: 'money', required: true, filterable: true, sortable: true, quick: true },
    date: { kind: 'date', filterable: true, sortable: true, quick: true },
    way: {
      kind: 'choice',
      options: ['transfer', 'bill', 'cheque', 'cash', 'alipay', 'wechat', 'card', 'other'],
      default: 'transfer',
      required: true,
      filterable: true,
      quick: true,
    },
    account: { kind: 'reference', to: 'bankAccount', filterable: true, tab: false, quick: true },
    serial: { kind: 'text', max: 100, filterable: true },
    /** What it is meant for; confirmed, it goes there as far as that is open. */
    contract: { kind: 'reference', to: 'contract', filterable: true, quick: true },
    order: { kind: 'reference', to: 'order', filterable: true, quick: true },
    invoice: { kind: 'reference', to: 'invoice', filterable: true, quick: true },
    /** 业绩归属人: stays whoever has the customer later. */
    performer: { kind: 'reference', to: 'user', filterable: true },
    status: {
      kind: 'choice',
      options: [
        { value: 'pending', zh: '待确认', en: 'To confirm', color: 'teng' },
        { value: 'confirmed', zh: '已确认', en: 'Confirmed', color: 'song' },
        { value: 'rejected', zh: '已退回', en: 'Rejected', color: 'zhu' },
        { value: 'withdrawn', zh: '已撤回', en: 'Withdrawn' },
        { value: 'reversed', zh: '已冲销', en: 'Reversed', color: 'zhu' },
      ],
      readOnly: true,
      filterable: true,
    },
    /** 预收: what nothing has been paid with yet. */
    free: { kind: 'money', readOnly: true, filterable: true, sortable: true },
    refunded: { kind: 'money', readOnly: true },
    bankEntry: { kind: 'reference', to: 'bankEntry', readOnly: true, filterable: true, tab: false },
    confirmedAt: { kind: 'instant', readOnly: true, filterable: true, sortable: true },
    confirmedBy: { kind: 'reference', to: 'user', readOnly: true, filterable: true },
    reason: { kind: 'text', max: 500, readOnly: true },
    remark: { kind: 'longText', search: 'text' },
  },
  indexes: [
    ['owner', 'status', 'date'],
    ['customer', 'status', 'date'],
    ['status', 'date'],
  ],
  timeline: { on: ['customer'], at: 'createdAt', category: 'deal' },
  list: {
    columns: [
      'payer',
      'number',
      'customer',
      'amount',
      'free',
      'date',
      'way',
      'status',
      'performer',
      'updatedAt',
    ],
    sort: '-updatedAt',
  },
  subtitle: ['number', 'customer'],
  unmergeable: true,
});
