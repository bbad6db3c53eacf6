import { defineEntity } from '../../../platform/entity/define.ts';
import { FESTIVALS } from '../dates/festivals.shared.ts';

/** 关怀计划: on which occasion whom is cared for, how, and how long before (REL-6). */
export const carePlan = defineEntity({
  name: 'carePlan',
  plural: 'care-plans',
  module: 'care',
  title: 'name',
  icon: 'calendar',
  scope: { kind: 'open' },
  unmergeable: true,
  without: ['import'],
  fields: {
    name: {
      kind: 'text',
      required: true,
      max: 100,
      search: 'name',
      filterable: true,
      sortable: true,
      quick: true,
    },
    occasion: {
      kind: 'choice',
      options: ['birthday', 'memory', 'anniversary', 'festival'],
      default: 'birthday',
      required: true,
      filterable: true,
      quick: true,
    },
    festival: { kind: 'choice', options: FESTIVALS, filterable: true, quick: true },
    action: {
      kind: 'choice',
      options: ['message', 'call', 'visit', 'card', 'gift'],
      default: 'message',
      required: true,
      filterable: true,
      quick: true,
    },
    /** Grades of the main scheme, parted by commas; none is every one. */
    grades: { kind: 'text', max: 200, quick: true },
    segment: { kind: 'reference', to: 'segment', filterable: true, quick: true },
    /** Working days before the day. */
    leadDays: { kind: 'integer', min: 0, maxValue: 30, default: 0, required: true, quick: true },
    /** Without one it is whoever looks after the customer. */
    assignee: { kind: 'reference', to: 'user', filterable: true, quick: true },
    text: { kind: 'longText', max: 2000, quick: true },
    active: { kind: 'boolean', default: true, filterable: true, quick: true },
  },
  list: {
    columns: [
      'name',
      'occasion',
      'festival',
      'action',
      'grades',
      'segment',
      'leadDays',
      'assignee',
      'active',
    ],
    sort: 'name',
  },
});
