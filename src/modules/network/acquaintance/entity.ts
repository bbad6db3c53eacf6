import { defineEntity } from '../../../platform/entity/define.ts';

/** 我方人脉: who of us knows a person at the customer, and how well (CUS-10). */
export const acquaintance = defineEntity({
  name: 'acquaintance',
  plural: 'acquaintances',
  module: 'network',
  title: 'note',
  icon: 'user',
  scope: { kind: 'child', of: 'customer' },
  without: ['share', 'transfer'],
  fields: {
    contact: {
      kind: 'reference',
      to: 'contact',
      required: true,
      immutable: true,
      filterable: true,
      quick: true,
    },
    user: { kind: 'reference', to: 'user', required: true, immutable: true, filterable: true, quick: true },
    strength: { kind: 'integer', min: 1, maxValue: 5, default: 3, filterable: true, quick: true },
    how: {
      kind: 'choice',
      open: true,
      options: ['work', 'classmate', 'hometown', 'family', 'comrade', 'formerColleague'],
      default: 'work',
      quick: true,
    },
    note: { kind: 'text', max: 500, quick: true },
    customer: { kind: 'reference', to: 'customer', filterable: true, tab: false },
  },
  unique: [['contact', 'user']],
  list: { columns: ['user', 'contact', 'strength', 'how', 'note'], sort: '-createdAt' },
});
