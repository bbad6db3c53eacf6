import { defineEntity } from '../../../platform/entity/define.ts';

/** 竞品价格: what a competitor asks for something like a product of ours, when that was, and who says so (SAL-11). */
export const competitorPrice = defineEntity({
  name: 'competitorPrice',
  plural: 'competitor-prices',
  module: 'sales',
  title: 'theirProduct',
  icon: 'tag',
  menu: { group: 'sales', order: 61 },
  scope: { kind: 'open' },
  unmergeable: true,
  without: ['transfer', 'share'],
  fields: {
    theirProduct: {
      kind: 'text',
      required: true,
      search: 'text',
      filterable: true,
      sortable: true,
      quick: true,
    },
    competitor: { kind: 'reference', to: 'competitor', required: true, filterable: true, quick: true },
    price: { kind: 'money', required: true, min: 0, filterable: true, sortable: true, quick: true },
    unit: { kind: 'text', max: 20, quick: true },
    /** Ours that it stands against. */
    product: { kind: 'reference', to: 'product', filterable: true, quick: true },
    /** When it was asked; today's, unless somebody knows better. */
    day: { kind: 'date', filterable: true, sortable: true, quick: true },
    source: {
      kind: 'choice',
      open: true,
      options: ['customer', 'tender', 'website', 'exhibition', 'dealer', 'other'],
      filterable: true,
      quick: true,
    },
    link: { kind: 'url', max: 500 },
    note: { kind: 'longText', search: 'text', max: 2000 },
  },
  list: {
    columns: ['theirProduct', 'competitor', 'price', 'unit', 'product', 'day', 'source', 'createdBy'],
    sort: '-day',
  },
  subtitle: ['competitor', 'day', 'source'],
});
