import { defineEntity } from '../../../platform/entity/define.ts';
import { CHANNELS } from './cut.shared.ts';

/**
 * 销售计划: what is to be sold in a year, in amount and quantity, by product, region, channel and month (SAL-9). The one that was
 * approved holds until its revision is.
 */
export const salesPlan = defineEntity({
  name: 'salesPlan',
  plural: 'sales-plans',
  module: 'plans',
  title: 'name',
  icon: 'plan',
  menu: { group: 'results', order: 30 },
  scope: { kind: 'own' },
  numberPrefix: 'XJ',
  unmergeable: true,
  without: ['import', 'share'],
  fields: {
    // Never empty: what is left out is called after its year (behaviour.ts).
    name: { kind: 'text', max: 100, search: 'text', filterable: true, sortable: true, quick: true },
    /** The year of the calendar the company's year begins in. */
    year: { kind: 'text', max: 4, required: true, immutable: true, filterable: true, quick: true },
    /** Its first day, by the month the company's year began with when the plan was made. */
    startsOn: { kind: 'date', readOnly: true, filterable: true, sortable: true },
    status: {
      kind: 'choice',
      options: [
        { value: 'draft', zh: '草稿', en: 'Draft' },
        { value: 'approving', zh: '审批中', en: 'In approval', color: 'teng' },
        { value: 'approved', zh: '执行中', en: 'In force', color: 'song' },
        { value: 'superseded', zh: '已被修订', en: 'Revised' },
      ],
      readOnly: true,
      filterable: true,
    },
    edition: { kind: 'integer', readOnly: true },
    previous: { kind: 'reference', to: 'salesPlan', readOnly: true, filterable: true, tab: false },
    amount: { kind: 'money', readOnly: true, filterable: true, sortable: true },
    quantity: { kind: 'decimal', readOnly: true },
    approvedAt: { kind: 'instant', readOnly: true, filterable: true },
    remark: { kind: 'longText', search: 'text', max: 4000 },
  },
  indexes: [['status', 'year']],
  list: {
    columns: ['name', 'number', 'year', 'edition', 'status', 'amount', 'quantity', 'owner', 'updatedAt'],
    sort: '-startsOn',
  },
  subtitle: ['number', 'status'],
});

export const salesPlanLine = defineEntity({
  name: 'salesPlanLine',
  plural: 'sales-plan-lines',
  module: 'plans',
  title: 'name',
  scope: { kind: 'own' },
  partOf: { field: 'plan', as: 'lines' },
  fields: {
    plan: { kind: 'reference', to: 'salesPlan', filterable: true },
    /** What it is for, in words; it follows from the rest. */
    name: { kind: 'text', max: 400, readOnly: true },
    product: { kind: 'reference', to: 'product', filterable: true, tab: false },
    category: { kind: 'reference', to: 'productCategory', filterable: true, tab: false },
    /** A province, or one of the parts of the country. */
    area: { kind: 'text', max: 30, filterable: true },
    channel: { kind: 'choice', options: [...CHANNELS], filterable: true },
    partner: { kind: 'reference', to: 'partner', filterable: true, tab: false },
    /** Of the year, in the company's currency: always what its months add up to. */
    amount: { kind: 'decimal', min: 0, maxValue: 1e15 },
    quantity: { kind: 'decimal', min: 0, maxValue: 1e15 },
    /** Of the twelve months, as decimal texts. */
    amounts: { kind: 'json', internal: true, rightOf: 'amount' },
    quantities: { kind: 'json', internal: true, rightOf: 'quantity' },
    remark: { kind: 'text', max: 500 },
  },
  list: {
    columns: ['name', 'plan', 'product', 'category', 'area', 'channel', 'amount', 'quantity'],
    sort: '-updatedAt',
  },
});
