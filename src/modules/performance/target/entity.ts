import { defineEntity } from '../../../platform/entity/define.ts';
import { PERIODS } from '../../../platform/time/period.shared.ts';

/** What targets can be set of: the names of achievements that modules bring along. */
export const MEASURES = [
  'won',
  'wonCount',
  'contracts',
  'orders',
  'receipts',
  'margin',
  'newCustomers',
  'visits',
] as const;

/**
 * 销售目标: how much of something a person, a department or the whole company is to achieve in a period (SAL-7); of one product, category or
 * province where it says so. A person's belongs to him as its owner, a department's to nobody in it, the company's to neither.
 */
export const salesTarget = defineEntity({
  name: 'salesTarget',
  plural: 'sales-targets',
  module: 'performance',
  title: 'name',
  icon: 'target',
  scope: { kind: 'own' },
  without: ['transfer', 'share'],
  unmergeable: true,
  fields: {
    // Never empty: what is left out is called after whose it is and when (behaviour.ts).
    name: { kind: 'text', search: 'text', filterable: true, sortable: true },
    measure: {
      kind: 'choice',
      options: [...MEASURES],
      required: true,
      immutable: true,
      filterable: true,
      quick: true,
    },
    team: { kind: 'reference', to: 'department', immutable: true, filterable: true, quick: true },
    period: {
      kind: 'choice',
      options: [...PERIODS],
      default: 'month',
      required: true,
      immutable: true,
      filterable: true,
      quick: true,
    },
    /** The first day of its period. */
    startsOn: {
      kind: 'date',
      required: true,
      immutable: true,
      filterable: true,
      sortable: true,
      quick: true,
    },
    amount: { kind: 'decimal', required: true, min: 0, maxValue: 1e15, sortable: true, quick: true },
    product: { kind: 'reference', to: 'product', immutable: true, filterable: true, tab: false },
    category: { kind: 'reference', to: 'productCategory', immutable: true, filterable: true, tab: false },
    province: { kind: 'region', level: 'province', immutable: true, filterable: true },
    remark: { kind: 'text', max: 500 },
    /** What it is for, so that nothing has two targets. */
    aim: { kind: 'text', max: 300, readOnly: true, internal: true, unique: true },
  },
  indexes: [['measure', 'startsOn']],
  list: {
    columns: ['name', 'measure', 'owner', 'team', 'period', 'startsOn', 'amount', 'updatedAt'],
    sort: '-startsOn',
  },
});
