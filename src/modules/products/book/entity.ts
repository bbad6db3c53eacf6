import { defineEntity } from '../../../platform/entity/define.ts';

/** 价格表: prices in one currency for a time, for everyone or for some customers (PSI-7, SAL-4). Which one holds: price/books.ts. */
export const priceBook = defineEntity({
  name: 'priceBook',
  plural: 'price-books',
  module: 'products',
  title: 'name',
  icon: 'book',
  menu: { group: 'goods', order: 20 },
  scope: { kind: 'open' },
  unmergeable: true,
  without: ['transfer', 'share'],
  fields: {
    name: {
      kind: 'text',
      required: true,
      max: 100,
      search: 'name',
      filterable: true,
      sortable: true,
      quick: true,
    },
    /** The company's, unless another is named. */
    currency: { kind: 'text', max: 3, filterable: true, immutable: true, quick: true },
    taxIncluded: { kind: 'boolean', default: true, quick: true },
    validFrom: { kind: 'date', filterable: true, sortable: true, quick: true },
    validTo: { kind: 'date', filterable: true, sortable: true, quick: true },
    /** The higher goes before the lower. */
    priority: {
      kind: 'integer',
      min: 0,
      maxValue: 1000,
      default: 0,
      required: true,
      filterable: true,
      sortable: true,
    },
    active: { kind: 'boolean', default: true, filterable: true },
    grades: { kind: 'multiChoice', open: true, options: [], group: 'holdsFor' },
    segment: { kind: 'reference', to: 'segment', filterable: true, group: 'holdsFor' },
    /** Provinces, cities or districts, by name. */
    regions: { kind: 'multiChoice', open: true, options: [], group: 'holdsFor' },
    channel: {
      kind: 'choice',
      // Direct sales, or a kind of partner: what customers are.
      options: ['direct', 'dealer', 'agent', 'retailer'],
      filterable: true,
      group: 'holdsFor',
    },
    remark: { kind: 'longText', max: 2000 },
  },
  unique: [['name']],
  list: {
    columns: ['name', 'currency', 'validFrom', 'validTo', 'grades', 'priority', 'active', 'updatedAt'],
    sort: 'name',
  },
  subtitle: ['currency', 'validFrom', 'validTo'],
});
