import { defineEntity } from '../../../platform/entity/define.ts';

/** 汇率: what one unit of a foreign currency is worth in the company's, from a day on until the next is told. */
export const exchangeRate = defineEntity({
  name: 'exchangeRate',
  plural: 'exchange-rates',
  module: 'products',
  title: 'source',
  icon: 'app',
  menu: { group: 'business', order: 42 },
  scope: { kind: 'open' },
  unmergeable: true,
  without: ['transfer', 'share'],
  fields: {
    currency: { kind: 'text', required: true, max: 3, filterable: true, sortable: true, quick: true },
    day: { kind: 'date', required: true, filterable: true, sortable: true, quick: true },
    rate: { kind: 'decimal', required: true, min: 0.000001, quick: true },
    source: { kind: 'text', max: 100, quick: true },
  },
  unique: [['currency', 'day']],
  list: { columns: ['currency', 'day', 'rate', 'source', 'updatedAt'], sort: '-day' },
  subtitle: ['currency', 'day'],
});
