import { defineEntity } from '../../../platform/entity/define.ts';
import { UNITS } from '../product/units.ts';

/** 产品单位: a further unit of a product, so many base units each, with a barcode of its own (PSI-7). */
export const productUnit = defineEntity({
  name: 'productUnit',
  plural: 'product-units',
  module: 'products',
  title: 'note',
  icon: 'product',
  scope: { kind: 'open' },
  unmergeable: true,
  without: ['transfer', 'share'],
  outside: { sees: 'common', hides: ['note'] },
  fields: {
    product: {
      kind: 'reference',
      to: 'product',
      required: true,
      immutable: true,
      filterable: true,
      quick: true,
    },
    unit: {
      kind: 'choice',
      open: true,
      options: [...UNITS],
      required: true,
      immutable: true,
      max: 20,
      filterable: true,
      quick: true,
    },
    /** So many base units. */
    factor: { kind: 'decimal', required: true, min: 0.000001, quick: true },
    barcode: { kind: 'text', filterable: true, max: 30, quick: true },
    note: { kind: 'text', max: 200 },
  },
  unique: [['product', 'unit'], ['barcode']],
  list: { columns: ['product', 'unit', 'factor', 'barcode', 'note'], sort: '-createdAt' },
  subtitle: ['product', 'unit'],
});
