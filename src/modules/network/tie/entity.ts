import { defineEntity } from '../../../platform/entity/define.ts';

/**
 * 人脉: what binds two people, at one customer or at two (CUS-10). It belongs to the customer of the first: whoever sees that
 * one sees it, and the other person's name only within his own sight.
 */
export const tie = defineEntity({
  name: 'tie',
  plural: 'ties',
  module: 'network',
  title: 'note',
  icon: 'contact',
  scope: { kind: 'child', of: 'customer' },
  without: ['share', 'transfer'],
  fields: {
    from: {
      kind: 'reference',
      to: 'contact',
      required: true,
      immutable: true,
      filterable: true,
      quick: true,
    },
    to: { kind: 'reference', to: 'contact', required: true, immutable: true, filterable: true, quick: true },
    kind: {
      kind: 'choice',
      open: true,
      options: ['superior', 'classmate', 'family', 'comrade', 'formerColleague', 'friend', 'rival'],
      default: 'friend',
      required: true,
      filterable: true,
      quick: true,
    },
    direction: {
      kind: 'choice',
      options: ['mutual', 'forward'],
      default: 'mutual',
      required: true,
      quick: true,
    },
    strength: { kind: 'integer', min: 1, maxValue: 5, default: 3, quick: true },
    note: { kind: 'text', max: 500, quick: true },
    customer: { kind: 'reference', to: 'customer', filterable: true, tab: false },
  },
  unique: [['from', 'to', 'kind']],
  list: { columns: ['from', 'kind', 'to', 'strength', 'note'], sort: '-createdAt' },
});
