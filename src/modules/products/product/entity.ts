import { defineEntity } from '../../../platform/entity/define.ts';
import { UNITS } from './units.ts';

/**
 * 产品: what the company sells (PSI-7). Prices are 含税 and per base unit. A variant is a product of its own that points to its
 * main product; what it leaves open (price, cost, tax rate, prices in books) is the main product's.
 */
export const product = defineEntity({
  name: 'product',
  plural: 'products',
  module: 'products',
  title: 'name',
  icon: 'product',
  menu: { group: 'goods', order: 10 },
  scope: { kind: 'open' },
  without: ['transfer', 'share'],
  outside: {
    sees: 'common',
    hides: ['price', 'cost', 'minimumMargin', 'taxRate', 'bundleDiscount', 'remark'],
  },
  fields: {
    name: { kind: 'text', required: true, search: 'name', filterable: true, sortable: true, quick: true },
    code: { kind: 'text', search: 'number', filterable: true, sortable: true, quick: true, max: 60 },
    barcode: { kind: 'text', search: 'number', filterable: true, quick: true, max: 30 },
    category: { kind: 'reference', to: 'productCategory', filterable: true, quick: true },
    series: { kind: 'choice', open: true, options: [], filterable: true, sortable: true, quick: true },
    brand: { kind: 'choice', open: true, options: [], filterable: true, sortable: true, max: 60 },
    specification: { kind: 'text', search: 'text', max: 300 },
    unit: {
      kind: 'choice',
      open: true,
      options: [...UNITS],
      default: 'piece',
      required: true,
      max: 20,
      quick: true,
    },
    active: { kind: 'boolean', default: true, filterable: true },
    price: { kind: 'money', min: 0, filterable: true, sortable: true, quick: true, group: 'price' },
    cost: { kind: 'money', min: 0, filterable: true, group: 'price' },
    /** In per cent of what it is sold for without tax; else its category's. */
    minimumMargin: { kind: 'decimal', min: 0, maxValue: 100, group: 'price' },
    taxRate: { kind: 'reference', to: 'taxRate', filterable: true, group: 'price' },
    /** How a bundle gets its price: as any product, or from its parts. */
    bundle: {
      kind: 'choice',
      options: ['none', 'fixed', 'sum'],
      default: 'none',
      required: true,
      filterable: true,
      group: 'price',
    },
    /** In per cent off the sum of the parts. */
    bundleDiscount: { kind: 'decimal', min: 0, maxValue: 100, group: 'price' },
    variantOf: { kind: 'reference', to: 'product', filterable: true, tab: false, group: 'variant' },
    /** 颜色：红，蓝；尺寸：S，M — of a variant one value each; see attributes.shared.ts. */
    attributes: { kind: 'text', search: 'text', max: 500, group: 'variant' },
    remark: { kind: 'longText', search: 'text' },
  },
  unique: [['code'], ['barcode']],
  list: {
    columns: ['name', 'code', 'category', 'specification', 'price', 'unit', 'active', 'updatedAt'],
    sort: 'name',
  },
  subtitle: ['code', 'specification', 'series'],
  duplicates: [
    {
      kind: 'name',
      fields: ['name'],
      certain: true,
      namesake: { fields: ['code', 'barcode', 'attributes'] },
    },
  ],
});
