import { defineEntity } from '../../../platform/entity/define.ts';

/** 账期与信用额度: how long and how much a customer may owe us (SAL-6). */
export const creditTerm = defineEntity({
  name: 'creditTerm',
  plural: 'credit-terms',
  module: 'receivables',
  title: 'name',
  icon: 'safety',
  menu: { group: 'basics', order: 60 },
  scope: { kind: 'child', of: 'customer' },
  rateDate: 'validFrom',
  fields: {
    customer: {
      kind: 'reference',
      to: 'customer',
      required: true,
      filterable: true,
      immutable: true,
      quick: true,
    },
    /** Called after the customer where nobody says otherwise. */
    name: { kind: 'text', filterable: true, sortable: true },
    /** At most so much may be owed; nothing said is no limit. */
    limit: { kind: 'money', min: 0, filterable: true, sortable: true, quick: true },
    /** So many days after its day what has no instalments is due. */
    days: { kind: 'integer', min: 0, maxValue: 3650, filterable: true, quick: true },
    /** No new orders until somebody lifts it. */
    blocked: { kind: 'boolean', default: false, filterable: true, quick: true },
    validFrom: { kind: 'date', filterable: true },
    reason: { kind: 'text', max: 500, quick: true },
  },
  unique: [['customer']],
  list: {
    columns: ['name', 'customer', 'limit', 'days', 'blocked', 'reason', 'updatedAt'],
    sort: '-updatedAt',
  },
  subtitle: ['customer'],
  unmergeable: true,
});
