import { defineEntity } from '../../../platform/entity/define.ts';
import { UNITS } from '../product/units.ts';

/** 价格: what a product costs in a price book, in one unit and from a quantity on (PSI-7). */
export const priceBookEntry = defineEntity({
  name: 'priceBookEntry',
  plural: 'price-book-entries',
  module: 'products',
  title: 'note',
  icon: 'product',
  scope: { kind: 'open' },
  unmergeable: true,
  without: ['transfer', 'share'],
  fields: {
    book: {
      kind: 'reference',
      to: 'priceBook',
      required: true,
      immutable: true,
      filterable: true,
      tab: false,
      quick: true,
    },
    product: {
      kind: 'reference',
      to: 'product',
      required: true,
      immutable: true,
      filterable: true,
      quick: true,
    },
    /** The base unit, unless another is named. */
    unit: { kind: 'choice', open: true, options: [...UNITS], max: 20, filterable: true, quick: true },
    /** 阶梯价: holds from so many of the unit on. */
    fromQuantity: { kind: 'decimal', min: 0, default: '1', required: true, filterable: true, quick: true },
    price: { kind: 'money', required: true, min: 0, filterable: true, sortable: true, quick: true },
    minimumPrice: { kind: 'money', min: 0, filterable: true, quick: true },
    note: { kind: 'text', max: 200 },
  },
  unique: [['book', 'product', 'unit', 'fromQuantity']],
  indexes: [['product', 'book']],
  list: {
    columns: ['product', 'book', 'unit', 'fromQuantity', 'price', 'minimumPrice', 'note'],
    sort: '-createdAt',
  },
  subtitle: ['product', 'book'],
});
