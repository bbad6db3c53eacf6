import { defineEntity } from '../../../platform/entity/define.ts';

/**
 * 税率 as dated data: when the law changes, the old rate gets its last day and the one that follows it; products need no change
 * (see tax-rate/rates.ts).
 */
export const taxRate = defineEntity({
  name: 'taxRate',
  plural: 'tax-rates',
  module: 'products',
  title: 'name',
  icon: 'percentage',
  menu: { group: 'basics', order: 20 },
  scope: { kind: 'open' },
  unmergeable: true,
  without: ['transfer', 'share'],
  fields: {
    name: {
      kind: 'text',
      required: true,
      max: 60,
      filterable: true,
      sortable: true,
      quick: true,
    },
    /** In per cent; empty is 免税, which is not the rate of nought. */
    rate: { kind: 'decimal', min: 0, maxValue: 100, filterable: true, sortable: true, quick: true },
    validFrom: { kind: 'date', filterable: true, quick: true },
    validTo: { kind: 'date', filterable: true, quick: true },
    successor: { kind: 'reference', to: 'taxRate', filterable: true, tab: false, quick: true },
    /** Of products that name none. */
    standard: { kind: 'boolean', default: false, filterable: true },
    remark: { kind: 'text', max: 500 },
  },
  unique: [['name']],
  list: { columns: ['name', 'rate', 'validFrom', 'validTo', 'successor', 'standard'], sort: '-rate' },
  subtitle: ['validFrom', 'validTo'],
});
