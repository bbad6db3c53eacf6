import { defineEntity } from '../../../platform/entity/define.ts';

/**
 * 提成明细: what somebody earned, or what was taken back of it; its owner is who gets it, and stays so. Those reckoned by a plan
 * are never changed; finance may enter some by hand, with the reason.
 */
export const commissionRow = defineEntity({
  name: 'commissionRow',
  plural: 'commission-rows',
  module: 'commission',
  title: 'name',
  icon: 'percentage',
  scope: { kind: 'own' },
  numberPrefix: 'TC',
  unmergeable: true,
  without: ['import', 'transfer', 'share'],
  fields: {
    /** The deal it is of, or why somebody entered it. */
    name: { kind: 'text', required: true, max: 300, filterable: true, quick: true },
    /** The day it was earned or taken back. */
    day: { kind: 'date', required: true, filterable: true, sortable: true, quick: true },
    kind: {
      kind: 'choice',
      options: [
        { value: 'earned', zh: '计提', en: 'Earned', color: 'song' },
        { value: 'takenBack', zh: '冲回', en: 'Taken back', color: 'zhu' },
        { value: 'adjustment', zh: '手工调整', en: 'By hand', color: 'teng' },
      ],
      readOnly: true,
      filterable: true,
    },
    amount: { kind: 'money', required: true, filterable: true, sortable: true, quick: true },
    /** What of the deal counted for this. */
    base: { kind: 'money', readOnly: true },
    status: {
      kind: 'choice',
      options: [
        { value: 'open', zh: '待结算', en: 'To settle', color: 'teng' },
        { value: 'inBatch', zh: '结算中', en: 'Being settled', color: 'dai' },
        { value: 'paid', zh: '已发放', en: 'Paid', color: 'song' },
      ],
      readOnly: true,
      filterable: true,
    },
    plan: { kind: 'reference', to: 'commissionPlan', readOnly: true, filterable: true },
    customer: { kind: 'reference', to: 'customer', readOnly: true, filterable: true },
    order: { kind: 'reference', to: 'order', readOnly: true, filterable: true },
    contract: { kind: 'reference', to: 'contract', readOnly: true, filterable: true },
    receipt: { kind: 'reference', to: 'receipt', readOnly: true, filterable: true },
    /** The first day of the period in whose tiers it counts: what is taken back counts where it was earned. */
    period: { kind: 'date', readOnly: true, filterable: true },
    batch: { kind: 'reference', to: 'commissionBatch', readOnly: true, filterable: true },
    /** How it came, as data; see words.ts. */
    how: { kind: 'json', readOnly: true, internal: true },
    /** Which share of which allocation it is of. */
    credit: { kind: 'text', max: 40, readOnly: true, internal: true },
  },
  indexes: [
    ['owner', 'day'],
    ['status', 'day'],
    ['batch', 'owner'],
  ],
  list: {
    columns: [
      'name',
      'owner',
      'day',
      'kind',
      'amount',
      'base',
      'customer',
      'receipt',
      'plan',
      'status',
      'batch',
    ],
    sort: '-day',
  },
  subtitle: ['owner', 'day'],
});
