import { defineEntity } from '../../../../platform/entity/define.ts';
import { currencyOptions } from '../../../../platform/rates/entity.ts';

/** 返利协议: what a customer or partner gets back of what it buys, and how it gets it (SAL-13). Once in force its terms stay. */
export const rebateAgreement = defineEntity({
  name: 'rebateAgreement',
  plural: 'rebate-agreements',
  module: 'commission',
  title: 'name',
  icon: 'percentage',
  scope: { kind: 'child', of: 'customer' },
  numberPrefix: 'FL',
  unmergeable: true,
  without: ['import', 'transfer', 'share'],
  fields: {
    name: {
      kind: 'text',
      required: true,
      max: 100,
      search: 'text',
      filterable: true,
      sortable: true,
      quick: true,
    },
    customer: {
      kind: 'reference',
      to: 'customer',
      required: true,
      filterable: true,
      immutable: true,
      quick: true,
    },
    /** The partner that customer is, where one wants to count what its own customers buy as well. */
    partner: { kind: 'reference', to: 'partner', filterable: true },
    withSide: { kind: 'boolean', default: false },
    status: {
      kind: 'choice',
      options: [
        { value: 'draft', zh: '草稿', en: 'Draft', color: 'teng' },
        { value: 'inForce', zh: '生效', en: 'In force', color: 'song' },
        { value: 'ended', zh: '已结束', en: 'Ended' },
      ],
      readOnly: true,
      filterable: true,
    },
    validFrom: { kind: 'date', required: true, filterable: true, sortable: true, quick: true },
    /** The last day; without it until somebody ends it. */
    validTo: { kind: 'date', filterable: true, sortable: true, quick: true },
    period: {
      kind: 'choice',
      options: ['month', 'quarter', 'year'],
      default: 'year',
      required: true,
      quick: true,
    },
    counted: {
      kind: 'choice',
      options: ['ordered', 'delivered', 'received'],
      default: 'ordered',
      required: true,
      filterable: true,
      quick: true,
      group: 'terms',
    },
    measure: {
      kind: 'choice',
      options: ['amount', 'quantity'],
      default: 'amount',
      required: true,
      quick: true,
      group: 'terms',
    },
    taxed: {
      kind: 'choice',
      options: ['gross', 'net'],
      default: 'gross',
      required: true,
      quick: true,
      group: 'terms',
    },
    mode: {
      kind: 'choice',
      options: ['progressive', 'whole'],
      default: 'progressive',
      required: true,
      quick: true,
      group: 'terms',
    },
    currency: { kind: 'choice', options: currencyOptions, filterable: true, group: 'terms' },
    /** Of these alone; of everything where none is named. */
    products: { kind: 'references', to: 'product', group: 'terms' },
    categories: { kind: 'references', to: 'productCategory', group: 'terms' },
    /** The most of one period. */
    cap: { kind: 'decimal', min: 0.01, group: 'terms' },
    /** As credit for what comes next, or as money. */
    way: {
      kind: 'choice',
      options: ['credit', 'payout'],
      default: 'credit',
      required: true,
      filterable: true,
      quick: true,
    },
    tiers: { kind: 'json', internal: true },
    /** What was credited and is not set off yet. */
    credit: { kind: 'money', readOnly: true, filterable: true, sortable: true },
    remark: { kind: 'longText', max: 2000 },
  },
  indexes: [['status', 'validTo']],
  list: {
    columns: [
      'name',
      'number',
      'customer',
      'status',
      'period',
      'counted',
      'validFrom',
      'validTo',
      'way',
      'credit',
    ],
    sort: 'name',
  },
  subtitle: ['number', 'customer'],
});
