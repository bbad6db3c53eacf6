import { COST_KINDS } from '../../../platform/costs/cost.ts';
import { defineEntity } from '../../../platform/entity/define.ts';

/**
 * 关系成本: what a relation costs, by kind and by the time of the relation it falls into (CUS-12). Written down by hand, or kept by
 * rule of what caused it; the latter changes with its cause only.
 */
export const costEntry = defineEntity({
  name: 'costEntry',
  plural: 'cost-entries',
  module: 'value',
  title: 'subject',
  icon: 'money',
  numberPrefix: 'CB',
  scope: { kind: 'child', of: 'customer' },
  unmergeable: true,
  without: ['share', 'transfer'],
  fields: {
    subject: { kind: 'text', required: true, search: 'text', quick: true },
    customer: { kind: 'reference', to: 'customer', required: true, filterable: true, quick: true },
    kind: {
      kind: 'choice',
      options: COST_KINDS,
      default: 'other',
      required: true,
      filterable: true,
      quick: true,
    },
    /** Left out, it follows the rules. */
    phase: {
      kind: 'choice',
      options: ['initial', 'upkeep', 'ending'],
      filterable: true,
      quick: true,
    },
    amount: { kind: 'money', required: true, filterable: true, sortable: true, quick: true },
    day: { kind: 'date', required: true, filterable: true, sortable: true, quick: true },
    person: { kind: 'reference', to: 'user', filterable: true, quick: true },
    remark: { kind: 'longText', max: 2000, search: 'text' },
    /** The source of costs it is kept by; empty for what somebody wrote down. */
    source: {
      kind: 'choice',
      open: true,
      options: ['visit', 'notedVisit', 'hospitality'],
      readOnly: true,
      filterable: true,
    },
    causeId: { kind: 'text', max: 36, readOnly: true, internal: true },
  },
  unique: [['source', 'causeId']],
  indexes: [
    ['customer', 'day'],
    ['day', 'customer'],
  ],
  list: {
    columns: ['day', 'customer', 'subject', 'kind', 'phase', 'amount', 'person', 'source'],
    sort: '-day',
  },
  subtitle: ['customer', 'day'],
});
