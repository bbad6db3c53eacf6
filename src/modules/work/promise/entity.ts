import { defineEntity } from '../../../platform/entity/define.ts';

/** 承诺: what somebody of ours promised a customer, and by when (REL-3). Its owner is who has to keep it. */
export const promise = defineEntity({
  name: 'promise',
  plural: 'promises',
  module: 'work',
  title: 'what',
  icon: 'safety',
  menu: { group: 'work', order: 30 },
  scope: { kind: 'child', of: 'customer', assigned: true },
  fields: {
    what: { kind: 'text', required: true, max: 300, search: 'text', quick: true },
    customer: { kind: 'reference', to: 'customer', required: true, filterable: true, quick: true },
    contact: { kind: 'reference', to: 'contact', filterable: true, quick: true },
    // One of three says by when; the other days follow from it. Later days are agreed on, not written over.
    dueDate: { kind: 'date', filterable: true, sortable: true, immutable: true, quick: true },
    dueAt: { kind: 'instant', filterable: true, sortable: true, immutable: true },
    withinHours: { kind: 'integer', min: 1, maxValue: 8760, immutable: true },
    /** Whether those hours, or the end of that day, are anybody's or the company's working hours. */
    clock: {
      kind: 'choice',
      options: ['clock', 'business'],
      default: 'clock',
      required: true,
      immutable: true,
    },
    status: {
      kind: 'choice',
      options: [
        { value: 'open', zh: '待兑现', en: 'To keep', color: 'dai' },
        { value: 'kept', zh: '已兑现', en: 'Kept', color: 'song' },
        { value: 'broken', zh: '未兑现', en: 'Broken', color: 'zhu' },
        { value: 'renegotiated', zh: '已改期', en: 'New date', color: 'teng' },
      ],
      readOnly: true,
      filterable: true,
    },
    reason: { kind: 'longText', max: 2000, readOnly: true },
    settledAt: { kind: 'instant', readOnly: true, filterable: true, sortable: true },
    remindAt: { kind: 'instant', filterable: true },
    escalateAt: { kind: 'instant', readOnly: true, filterable: true },
    /** The days agreed on before, oldest first. */
    formerDates: { kind: 'json', readOnly: true, internal: true },
    activity: { kind: 'reference', to: 'activity', filterable: true },
    visit: { kind: 'reference', to: 'visit', filterable: true },
    meeting: { kind: 'reference', to: 'meeting', filterable: true },
  },
  indexes: [['owner', 'status', 'dueAt']],
  timeline: { on: ['customer', 'contact'], at: 'createdAt', category: 'work' },
  list: { columns: ['what', 'customer', 'contact', 'dueAt', 'status', 'owner'], sort: 'dueAt' },
  subtitle: ['customer', 'dueDate'],
});
