import { defineEntity } from '../../../platform/entity/define.ts';

const scope = { kind: 'child', of: 'customer' } as const;

/** 分成: whose achievement a deal is, where it is not one person's alone. */
export const commissionSplit = defineEntity({
  name: 'commissionSplit',
  plural: 'commission-splits',
  module: 'commission',
  title: 'name',
  icon: 'team',
  scope,
  unmergeable: true,
  without: ['import', 'transfer', 'share'],
  fields: {
    name: { kind: 'text', search: 'text', filterable: true, sortable: true },
    customer: {
      kind: 'reference',
      to: 'customer',
      required: true,
      filterable: true,
      immutable: true,
      quick: true,
    },
    order: { kind: 'reference', to: 'order', filterable: true, immutable: true, quick: true },
    contract: { kind: 'reference', to: 'contract', filterable: true, immutable: true, quick: true },
    reason: { kind: 'text', max: 500, quick: true },
  },
  unique: [['order'], ['contract']],
  list: { columns: ['name', 'customer', 'order', 'contract', 'reason', 'updatedAt'], sort: '-updatedAt' },
});

export const commissionShare = defineEntity({
  name: 'commissionShare',
  plural: 'commission-shares',
  module: 'commission',
  title: 'name',
  scope,
  partOf: { field: 'split', as: 'shares' },
  fields: {
    split: { kind: 'reference', to: 'commissionSplit', filterable: true },
    customer: { kind: 'reference', to: 'customer', filterable: true, tab: false },
    name: { kind: 'text', readOnly: true },
    person: { kind: 'reference', to: 'user', required: true, filterable: true, tab: false },
    percent: { kind: 'decimal', required: true, min: 0, maxValue: 100 },
  },
  list: { columns: ['name', 'split', 'person', 'percent', 'updatedAt'], sort: '-updatedAt' },
});
