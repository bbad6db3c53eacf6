import { defineEntity } from '../../../platform/entity/define.ts';

/** 交际费用: a gift, a meal or an entertainment for a customer, measured against a cap (REL-7). */
export const hospitality = defineEntity({
  name: 'hospitality',
  plural: 'hospitalities',
  module: 'care',
  title: 'subject',
  icon: 'money',
  numberPrefix: 'JJ',
  scope: { kind: 'child', of: 'customer' },
  unmergeable: true,
  without: ['import'],
  fields: {
    subject: { kind: 'text', required: true, search: 'text', quick: true },
    customer: { kind: 'reference', to: 'customer', required: true, filterable: true, quick: true },
    kind: {
      kind: 'choice',
      options: ['gift', 'meal', 'entertainment', 'other'],
      default: 'meal',
      required: true,
      filterable: true,
      quick: true,
    },
    amount: { kind: 'money', required: true, filterable: true, sortable: true, quick: true },
    date: { kind: 'date', required: true, filterable: true, sortable: true, quick: true },
    contacts: { kind: 'references', to: 'contact', filterable: true, quick: true },
    people: { kind: 'references', to: 'user', filterable: true, quick: true },
    /** Whose spending it is; whoever writes it down, unless somebody else is named. */
    spentBy: { kind: 'reference', to: 'user', filterable: true, quick: true },
    purpose: { kind: 'longText', max: 2000, search: 'text', quick: true },
    status: {
      kind: 'choice',
      options: ['draft', 'submitted', 'approved', 'rejected', 'paid'],
      readOnly: true,
      filterable: true,
    },
    /** How it stood towards the cap when it was submitted. */
    capState: { kind: 'choice', options: ['within', 'near', 'over'], readOnly: true, filterable: true },
    decidedAt: { kind: 'instant', readOnly: true, filterable: true },
    paidAt: { kind: 'instant', readOnly: true, filterable: true },
  },
  indexes: [['customer', 'date']],
  timeline: { on: ['customer', 'contacts'], at: 'createdAt', category: 'work' },
  list: {
    columns: ['subject', 'customer', 'kind', 'amount', 'date', 'spentBy', 'status', 'capState'],
    sort: '-date',
  },
  subtitle: ['customer', 'date'],
});
