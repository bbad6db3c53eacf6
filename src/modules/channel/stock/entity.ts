import { defineEntity } from '../../../platform/entity/define.ts';

const quantity = { kind: 'decimal', min: 0, required: true, default: '0' } as const;

/** 进销存申报: what a partner had, got, sold and has of one product in one month (SAL-9). */
export const stockDeclaration = defineEntity({
  name: 'stockDeclaration',
  plural: 'stock-declarations',
  module: 'channel',
  title: 'name',
  icon: 'box',
  menu: { group: 'channel', order: 30 },
  scope: { kind: 'own' },
  outside: { sees: 'theirs', hides: ['owner', 'department'] },
  unmergeable: true,
  without: ['share', 'transfer'],
  fields: {
    /** The month, unless somebody calls it otherwise. */
    name: { kind: 'text', max: 100 },
    partner: {
      kind: 'reference',
      to: 'partner',
      required: true,
      immutable: true,
      filterable: true,
      quick: true,
    },
    /** `2026-11`. */
    month: {
      kind: 'text',
      max: 7,
      required: true,
      immutable: true,
      filterable: true,
      sortable: true,
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
    opening: quantity,
    inflow: quantity,
    outflow: quantity,
    /** Opening and what came in, less what went out; left empty it is worked out. */
    closing: { kind: 'decimal', min: 0 },
    remark: { kind: 'text', max: 500 },
  },
  unique: [['partner', 'month', 'product']],
  list: {
    columns: ['month', 'partner', 'product', 'opening', 'inflow', 'outflow', 'closing', 'updatedAt'],
    sort: '-month',
  },
  subtitle: ['partner', 'product'],
});
