import { defineEntity } from '../../../platform/entity/define.ts';

/** 产品: what the company sells (PSI-7, first form). */
export const product = defineEntity({
  name: 'product',
  plural: 'products',
  module: 'products',
  title: 'name',
  icon: 'product',
  menu: { group: 'sales', order: 90 },
  scope: { kind: 'open' },
  without: ['transfer', 'share'],
  fields: {
    name: { kind: 'text', required: true, search: 'name', filterable: true, sortable: true, quick: true },
    code: { kind: 'text', search: 'number', filterable: true, sortable: true, quick: true, max: 60 },
    series: { kind: 'choice', open: true, options: [], filterable: true, sortable: true, quick: true },
    price: { kind: 'money', filterable: true, sortable: true, quick: true },
    unit: {
      kind: 'choice',
      open: true,
      options: ['piece', 'set', 'box', 'kilogram', 'hour'],
      max: 20,
      quick: true,
    },
    active: { kind: 'boolean', default: true },
    remark: { kind: 'longText', search: 'text' },
  },
  unique: [['code']],
  list: { columns: ['name', 'code', 'series', 'price', 'unit', 'active', 'updatedAt'], sort: 'name' },
  subtitle: ['code', 'series'],
  duplicates: [{ kind: 'name', fields: ['name'], certain: true, namesake: { fields: ['code'] } }],
});
