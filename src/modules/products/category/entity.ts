import { defineEntity } from '../../../platform/entity/define.ts';

/** 产品类别: a tree in which products are found (PSI-7). */
export const productCategory = defineEntity({
  name: 'productCategory',
  plural: 'product-categories',
  module: 'products',
  title: 'name',
  icon: 'app',
  menu: { group: 'goods', order: 30 },
  scope: { kind: 'open' },
  without: ['transfer', 'share'],
  outside: { sees: 'common', hides: ['minimumMargin', 'remark'] },
  fields: {
    name: {
      kind: 'text',
      required: true,
      max: 60,
      search: 'name',
      filterable: true,
      sortable: true,
      quick: true,
    },
    parent: { kind: 'reference', to: 'productCategory', filterable: true, quick: true },
    position: { kind: 'integer', min: 1, maxValue: 10_000, sortable: true, filterable: true, quick: true },
    /** Of its products where they say none, in per cent; else of the category above. */
    minimumMargin: { kind: 'decimal', min: 0, maxValue: 100 },
    remark: { kind: 'text', max: 500 },
  },
  list: { columns: ['name', 'parent', 'position', 'updatedAt'], sort: 'name' },
  subtitle: ['parent'],
});
