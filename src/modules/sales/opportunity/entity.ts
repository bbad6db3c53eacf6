import { defineEntity } from '../../../platform/entity/define.ts';
import { FORECAST_CATEGORIES } from '../pipeline/stage.ts';

/**
 * 商机: business somebody of ours works for (SAL-3). Its owner sees it also before there is a customer. Status, day of the
 * decision and likelihood follow its stage.
 */
export const opportunity = defineEntity({
  name: 'opportunity',
  plural: 'opportunities',
  module: 'sales',
  title: 'name',
  icon: 'project',
  menu: { group: 'sales', order: 10 },
  scope: { kind: 'child', of: 'customer', assigned: true },
  numberPrefix: 'SJ',
  outside: {
    sees: 'authored',
    hides: ['competitors', 'exception', 'managerCategory', 'managerCategoryReason'],
  },
  fields: {
    // Name and stage are never empty: what is left out is chosen (behaviour.ts).
    name: { kind: 'text', search: 'text', filterable: true, sortable: true, quick: true },
    customer: { kind: 'reference', to: 'customer', filterable: true, quick: true },
    contact: { kind: 'reference', to: 'contact', belongsTo: 'customer', filterable: true, quick: true },
    pipeline: { kind: 'reference', to: 'pipeline', readOnly: true, filterable: true },
    stage: { kind: 'reference', to: 'stage', filterable: true, quick: true },
    status: {
      kind: 'choice',
      options: [
        { value: 'open', zh: '进行中', en: 'Open', color: 'dai' },
        { value: 'won', zh: '赢单', en: 'Won', color: 'song' },
        { value: 'lost', zh: '输单', en: 'Lost', color: 'zhu' },
      ],
      readOnly: true,
      filterable: true,
    },
    amount: { kind: 'money', filterable: true, sortable: true, quick: true },
    probability: { kind: 'integer', min: 0, maxValue: 100, filterable: true },
    /** How surely its owner counts on it; without his word as its stage is counted (SAL-8). */
    forecastCategory: { kind: 'choice', options: [...FORECAST_CATEGORIES], filterable: true },
    /** A superior's word goes over it; both stay, with his reason. */
    managerCategory: { kind: 'choice', options: [...FORECAST_CATEGORIES], readOnly: true },
    managerCategoryReason: { kind: 'text', max: 300, readOnly: true },
    /** Expected; once decided, the day it was. */
    closeDate: { kind: 'date', filterable: true, sortable: true, quick: true },
    products: { kind: 'references', to: 'product', filterable: true, quick: true },
    competitors: { kind: 'references', to: 'competitor', filterable: true },
    nextStep: { kind: 'text', quick: true, search: 'text' },
    nextStepDate: { kind: 'date', filterable: true, sortable: true, quick: true },
    /** 业绩归属人: whose achievement it is, from the day it is won. It stays his when it goes to somebody else. */
    performer: { kind: 'reference', to: 'user', filterable: true, group: 'decision' },
    reason: {
      kind: 'choice',
      open: true,
      options: ['price', 'relation', 'product', 'delivery', 'service', 'budget', 'competitor', 'cancelled'],
      filterable: true,
      group: 'decision',
    },
    reasonNote: { kind: 'longText', max: 2000, group: 'decision' },
    /** The day we began to work for it; today's, unless a file knows better. */
    startedOn: { kind: 'date', filterable: true, sortable: true, immutable: true, group: 'decision' },
    closedOn: { kind: 'date', readOnly: true, filterable: true, sortable: true, group: 'decision' },
    stageSince: { kind: 'date', readOnly: true, filterable: true, sortable: true, group: 'decision' },
    /** A superior's word that it may stand in its stage without the facts asked for there. */
    exception: { kind: 'text', max: 300, group: 'decision' },
    remark: { kind: 'longText', search: 'text' },
  },
  indexes: [
    ['pipeline', 'status', 'stage'],
    ['owner', 'status', 'closeDate'],
  ],
  timeline: { on: ['customer', 'contact'], at: 'createdAt', category: 'deal' },
  list: {
    columns: ['name', 'customer', 'stage', 'amount', 'closeDate', 'nextStep', 'owner', 'updatedAt'],
    sort: '-updatedAt',
  },
  subtitle: ['customer', 'stage'],
});
