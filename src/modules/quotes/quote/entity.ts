import { defineEntity } from '../../../platform/entity/define.ts';
import { salesFields, salesLineFields } from '../../documents/public.ts';

const scope = { kind: 'child', of: 'customer', assigned: true } as const;

/** 报价: what we offer a customer, at which prices, and until when (SAL-4). */
export const quote = defineEntity({
  name: 'quote',
  plural: 'quotes',
  module: 'quotes',
  title: 'name',
  icon: 'quote',
  menu: { group: 'sales', order: 20 },
  scope,
  numberPrefix: 'BJ',
  rateDate: 'date',
  fields: {
    name: { kind: 'text', search: 'text', filterable: true, sortable: true, quick: true },
    customer: { kind: 'reference', to: 'customer', required: true, filterable: true, quick: true },
    contact: { kind: 'reference', to: 'contact', belongsTo: 'customer', filterable: true, quick: true },
    opportunity: { kind: 'reference', to: 'opportunity', filterable: true, quick: true },
    /** In whose name it is made; its particulars stand at the head of the paper. */
    legalEntity: { kind: 'reference', to: 'legalEntity', filterable: true },
    ...salesFields,
    validUntil: { kind: 'date', filterable: true, sortable: true, quick: true },
    /** 付款、交货与质保条款, as they stand on paper. */
    terms: { kind: 'longText', max: 4000 },
    remark: { kind: 'longText', search: 'text' },
    status: {
      kind: 'choice',
      options: [
        { value: 'draft', zh: '草稿', en: 'Draft' },
        { value: 'approving', zh: '审批中', en: 'In approval', color: 'teng' },
        { value: 'approved', zh: '可发出', en: 'Approved', color: 'dai' },
        { value: 'sent', zh: '已发出', en: 'Sent', color: 'dai' },
        { value: 'confirmed', zh: '客户已确认', en: 'Confirmed', color: 'song' },
        { value: 'declined', zh: '客户未接受', en: 'Declined', color: 'zhu' },
        { value: 'expired', zh: '已过期', en: 'Expired', color: 'zhu' },
        { value: 'superseded', zh: '有新版本', en: 'Superseded' },
      ],
      readOnly: true,
      filterable: true,
    },
    edition: { kind: 'integer', readOnly: true },
    previous: { kind: 'reference', to: 'quote', readOnly: true, filterable: true, tab: false },
    /** The largest discount of a line against what the house asks for it, in per cent, all deductions counted. */
    discountRate: { kind: 'decimal', readOnly: true, filterable: true },
    belowMinimum: { kind: 'boolean', readOnly: true, filterable: true },
    sentAt: { kind: 'instant', readOnly: true, filterable: true },
    /** When the customer answered, who it was there, and why not. */
    answeredAt: { kind: 'instant', readOnly: true, filterable: true },
    answeredBy: { kind: 'text', readOnly: true },
    answerNote: { kind: 'text', max: 500, readOnly: true },
  },
  indexes: [['owner', 'status', 'validUntil']],
  timeline: { on: ['customer', 'contact', 'opportunity'], at: 'createdAt', category: 'deal' },
  list: {
    columns: ['name', 'number', 'customer', 'status', 'total', 'validUntil', 'owner', 'updatedAt'],
    sort: '-updatedAt',
  },
  subtitle: ['number', 'customer', 'status'],
});

export const quoteLine = defineEntity({
  name: 'quoteLine',
  plural: 'quote-lines',
  module: 'quotes',
  title: 'name',
  scope,
  partOf: { field: 'quote', as: 'lines' },
  fields: {
    quote: { kind: 'reference', to: 'quote', filterable: true },
    customer: { kind: 'reference', to: 'customer', filterable: true, tab: false },
    ...salesLineFields,
  },
  list: {
    columns: ['name', 'quote', 'customer', 'quantity', 'price', 'gross', 'updatedAt'],
    sort: '-updatedAt',
  },
});
