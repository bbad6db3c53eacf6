import { defineEntity } from '../../../platform/entity/define.ts';

/** 回访: one customer to be called back, with what he answered (REL-10). */
export const callBack = defineEntity({
  name: 'callBack',
  plural: 'call-backs',
  module: 'work',
  title: 'subject',
  icon: 'phone',
  menu: { group: 'work', order: 60 },
  scope: { kind: 'child', of: 'customer', assigned: true },
  fields: {
    subject: { kind: 'text', required: true, search: 'text', quick: true },
    customer: { kind: 'reference', to: 'customer', required: true, filterable: true, quick: true },
    contact: { kind: 'reference', to: 'contact', belongsTo: 'customer', filterable: true, quick: true },
    plan: { kind: 'reference', to: 'callBackPlan', filterable: true, quick: true },
    dueDate: { kind: 'date', required: true, filterable: true, sortable: true, quick: true },
    status: {
      kind: 'choice',
      options: [
        { value: 'open', zh: '待回访', en: 'To call', color: 'dai' },
        { value: 'done', zh: '已回访', en: 'Called', color: 'song' },
        { value: 'skipped', zh: '已跳过', en: 'Skipped' },
      ],
      readOnly: true,
      filterable: true,
    },
    /** Questions with their answers, in order. */
    answers: { kind: 'json', readOnly: true, internal: true },
    remark: { kind: 'longText', search: 'text' },
    doneAt: { kind: 'instant', readOnly: true, filterable: true },
    activity: { kind: 'reference', to: 'activity', readOnly: true, filterable: true },
    /** By what the occasion is known again, so that no customer is called twice for it. */
    occasion: { kind: 'text', max: 200, readOnly: true, internal: true, filterable: true },
  },
  indexes: [['owner', 'status', 'dueDate']],
  list: { columns: ['subject', 'customer', 'dueDate', 'status', 'plan', 'owner'], sort: 'dueDate' },
  subtitle: ['customer', 'dueDate'],
});
