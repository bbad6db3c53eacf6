import { defineEntity } from '../../../platform/entity/define.ts';

/** 推荐规则: who has one product is offered another, and why (SAL-12). */
export const productRule = defineEntity({
  name: 'productRule',
  plural: 'product-rules',
  module: 'products',
  title: 'because',
  icon: 'star',
  menu: { group: 'goods', order: 50 },
  scope: { kind: 'open' },
  unmergeable: true,
  without: ['transfer', 'share'],
  fields: {
    /** Any of them; a main product stands for its variants. */
    bought: { kind: 'references', to: 'product', required: true, filterable: true, tab: false, quick: true },
    offer: { kind: 'reference', to: 'product', required: true, filterable: true, tab: false, quick: true },
    /** What the salesperson says. */
    because: { kind: 'text', required: true, max: 300, search: 'text', quick: true },
    /** So many days after the purchase; at once, if empty. */
    afterDays: { kind: 'integer', min: 0, maxValue: 3650, quick: true },
    active: { kind: 'boolean', default: true, filterable: true },
  },
  list: { columns: ['because', 'bought', 'offer', 'afterDays', 'active', 'updatedAt'], sort: '-updatedAt' },
  subtitle: ['offer'],
});
