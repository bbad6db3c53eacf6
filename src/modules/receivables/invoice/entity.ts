import { defineEntity } from '../../../platform/entity/define.ts';
import { documentFields, lineFields } from '../../documents/public.ts';

const scope = { kind: 'child', of: 'customer', assigned: true } as const;

/** 发票: asked for (开票申请), issued as 数电票, taken back in part or whole by red ones (SAL-6). */
export const invoice = defineEntity({
  name: 'invoice',
  plural: 'invoices',
  module: 'receivables',
  title: 'name',
  icon: 'invoice',
  menu: { group: 'money', order: 20 },
  scope,
  numberPrefix: 'FP',
  rateDate: 'date',
  fields: {
    /** 抬头. */
    name: { kind: 'text', search: 'text', filterable: true, sortable: true, quick: true },
    customer: { kind: 'reference', to: 'customer', required: true, filterable: true, quick: true },
    billingProfile: { kind: 'reference', to: 'billingProfile', filterable: true, tab: false, quick: true },
    kind: { kind: 'choice', options: ['special', 'normal'], filterable: true, quick: true },
    contract: { kind: 'reference', to: 'contract', filterable: true, quick: true },
    order: { kind: 'reference', to: 'order', filterable: true, quick: true },
    legalEntity: { kind: 'reference', to: 'legalEntity', filterable: true, tab: false },
    ...documentFields,
    taxNumber: { kind: 'text', max: 30, filterable: true, group: 'buyer' },
    bank: { kind: 'text', group: 'buyer' },
    accountNumber: { kind: 'text', max: 60, group: 'buyer' },
    address: { kind: 'text', group: 'buyer' },
    phone: { kind: 'phone', search: 'phone', group: 'buyer' },
    email: { kind: 'email', group: 'buyer' },
    status: {
      kind: 'choice',
      options: [
        { value: 'applied', zh: '待开票', en: 'To issue', color: 'teng' },
        { value: 'issued', zh: '已开票', en: 'Issued', color: 'song' },
        { value: 'rejected', zh: '已退回', en: 'Rejected', color: 'zhu' },
      ],
      readOnly: true,
      filterable: true,
    },
    /** 数电票号码, 20 digits. */
    invoiceNumber: {
      kind: 'text',
      max: 20,
      readOnly: true,
      filterable: true,
      unique: true,
      search: 'number',
    },
    issuedOn: { kind: 'date', readOnly: true, filterable: true, sortable: true },
    issuedBy: { kind: 'reference', to: 'user', readOnly: true, filterable: true },
    /** 红冲: the blue invoice that this one takes back. */
    redOf: { kind: 'reference', to: 'invoice', readOnly: true, filterable: true },
    /** Of a blue one: what no red one has taken back. */
    left: { kind: 'money', readOnly: true },
    reason: { kind: 'text', max: 500, readOnly: true },
    remark: { kind: 'longText', search: 'text' },
  },
  indexes: [
    ['owner', 'status', 'date'],
    ['status', 'date'],
  ],
  timeline: { on: ['customer'], at: 'createdAt', category: 'deal' },
  list: {
    columns: [
      'name',
      'number',
      'invoiceNumber',
      'customer',
      'kind',
      'total',
      'status',
      'issuedOn',
      'redOf',
      'updatedAt',
    ],
    sort: '-updatedAt',
  },
  subtitle: ['number', 'customer'],
  unmergeable: true,
});

export const invoiceLine = defineEntity({
  name: 'invoiceLine',
  plural: 'invoice-lines',
  module: 'receivables',
  title: 'name',
  scope,
  partOf: { field: 'invoice', as: 'lines' },
  fields: {
    invoice: { kind: 'reference', to: 'invoice', filterable: true },
    customer: { kind: 'reference', to: 'customer', filterable: true, tab: false },
    ...lineFields,
    /** Of a red invoice: the line it takes back. */
    blueLine: { kind: 'reference', to: 'invoiceLine', readOnly: true, filterable: true, tab: false },
  },
  list: {
    columns: ['name', 'invoice', 'customer', 'quantity', 'price', 'gross', 'updatedAt'],
    sort: '-updatedAt',
  },
});
