import { defineEntity } from '../../../platform/entity/define.ts';

/** Who decides what, on the customer's side, in one piece of business (SAL-3). */
export const stakeholder = defineEntity({
  name: 'stakeholder',
  plural: 'stakeholders',
  module: 'sales',
  title: 'note',
  icon: 'contact',
  scope: { kind: 'child', of: 'customer' },
  without: ['share', 'transfer'],
  unmergeable: true,
  fields: {
    opportunity: {
      kind: 'reference',
      to: 'opportunity',
      required: true,
      immutable: true,
      filterable: true,
      quick: true,
      tab: false,
    },
    contact: {
      kind: 'reference',
      to: 'contact',
      required: true,
      immutable: true,
      filterable: true,
      quick: true,
    },
    // Of the person in general, unless it is another one here.
    role: {
      kind: 'choice',
      options: ['decider', 'influencer', 'user', 'buyer', 'gatekeeper', 'champion', 'opponent'],
      filterable: true,
      quick: true,
    },
    stance: { kind: 'choice', options: ['support', 'neutral', 'against'], filterable: true, quick: true },
    note: { kind: 'text', max: 500, quick: true },
    customer: { kind: 'reference', to: 'customer', filterable: true, tab: false },
  },
  unique: [['opportunity', 'contact']],
  list: { columns: ['opportunity', 'contact', 'role', 'stance', 'note', 'updatedAt'], sort: '-updatedAt' },
});
