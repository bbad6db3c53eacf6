import { defineEntity } from '../../../platform/entity/define.ts';
import { UNITS } from '../product/units.ts';

/** 套餐明细: what is in one base unit of a bundle (PSI-7). */
export const bundlePart = defineEntity({
  name: 'bundlePart',
  plural: 'bundle-parts',
  module: 'products',
  title: 'note',
  icon: 'product',
  scope: { kind: 'open' },
  unmergeable: true,
  without: ['transfer', 'share'],
  fields: {
    bundle: {
      kind: 'reference',
      to: 'product',
      required: true,
      immutable: true,
      filterable: true,
      tab: false,
      quick: true,
    },
    part: {
      kind: 'reference',
      to: 'product',
      required: true,
      immutable: true,
      filterable: true,
      tab: false,
      quick: true,
    },
    quantity: { kind: 'decimal', required: true, min: 0.000001, default: '1', quick: true },
    /** The base unit, unless another is named. */
    unit: { kind: 'choice', open: true, options: [...UNITS], max: 20, quick: true },
    /** May be left out of a quote or order; sold with it unless somebody does. */
    optional: { kind: 'boolean', default: false, quick: true },
    /** What may be taken in its place, in the same quantity and unit. */
    alternatives: { kind: 'references', to: 'product', tab: false, filterable: true, quick: true },
    position: { kind: 'integer', min: 1, maxValue: 1000, sortable: true, filterable: true },
    note: { kind: 'text', max: 200 },
  },
  unique: [['bundle', 'part']],
  list: {
    columns: ['bundle', 'part', 'quantity', 'unit', 'optional', 'alternatives', 'note'],
    sort: '-createdAt',
  },
  subtitle: ['bundle', 'part'],
});
