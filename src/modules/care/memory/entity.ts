import { defineEntity } from '../../../platform/entity/define.ts';

/** 记住的事: what one would not want to forget of a customer or a person there, and when it comes round (REL-6). */
export const rememberedFact = defineEntity({
  name: 'rememberedFact',
  plural: 'remembered-facts',
  module: 'care',
  title: 'text',
  icon: 'star',
  scope: { kind: 'child', of: 'customer' },
  unmergeable: true,
  fields: {
    text: { kind: 'text', required: true, max: 500, search: 'text', filterable: true, quick: true },
    customer: { kind: 'reference', to: 'customer', required: true, filterable: true, quick: true },
    contact: { kind: 'reference', to: 'contact', filterable: true, quick: true },
    kind: {
      kind: 'choice',
      options: ['memory', 'wedding', 'founding', 'firstOrder', 'cooperation'],
      default: 'memory',
      required: true,
      filterable: true,
      quick: true,
    },
    /** Solar or lunar, with or without year. */
    day: { kind: 'birthday', max: 40, sensitive: true, quick: true },
    yearly: { kind: 'boolean', default: true, quick: true },
    remind: { kind: 'boolean', default: true, quick: true },
  },
  list: { columns: ['text', 'customer', 'contact', 'kind', 'day', 'nextOn'], sort: '-updatedAt' },
  subtitle: ['customer', 'contact'],
});
