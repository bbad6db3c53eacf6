import { defineEntity } from '../../../platform/entity/define.ts';

/** 任务: something one person has to do, usually for a customer (REL-2). Its owner is who does it. */
export const task = defineEntity({
  name: 'task',
  plural: 'tasks',
  module: 'activities',
  title: 'subject',
  icon: 'task',
  menu: { group: 'work', order: 20 },
  scope: { kind: 'child', of: 'customer', until: 'lead', assigned: true },
  outside: { sees: 'authored' },
  fields: {
    subject: { kind: 'text', required: true, search: 'text', quick: true },
    customer: { kind: 'reference', to: 'customer', filterable: true, quick: true },
    contact: { kind: 'reference', to: 'contact', filterable: true },
    lead: { kind: 'reference', to: 'lead', filterable: true },
    dueDate: { kind: 'date', filterable: true, sortable: true, quick: true },
    status: {
      kind: 'choice',
      options: ['open', 'done', 'cancelled'],
      default: 'open',
      required: true,
      filterable: true,
    },
    priority: { kind: 'choice', options: ['high', 'normal', 'low'], default: 'normal', quick: true },
    doneAt: { kind: 'instant', readOnly: true, filterable: true, sortable: true },
    activity: { kind: 'reference', to: 'activity', filterable: true },
    remindAt: { kind: 'instant', filterable: true },
    escalateAt: { kind: 'instant', readOnly: true, internal: true, filterable: true },
    repeat: {
      kind: 'choice',
      options: ['daily', 'workdays', 'weekly', 'biweekly', 'monthly', 'monthEnd', 'quarterly', 'yearly'],
      filterable: true,
      group: 'repeat',
    },
    /** What becomes of one that falls on a day off. */
    repeatShift: { kind: 'choice', options: ['stay', 'before', 'after'], group: 'repeat' },
    repeatUntil: { kind: 'date', group: 'repeat' },
    /** The day of month or week it goes on by: the first one's. */
    repeatFrom: { kind: 'date', internal: true },
    nextTask: { kind: 'reference', to: 'task', readOnly: true, group: 'repeat' },
    remark: { kind: 'longText', search: 'text', quick: true },
  },
  indexes: [['owner', 'status', 'dueDate']],
  timeline: { on: ['customer', 'contact', 'lead'], at: 'createdAt', category: 'work' },
  list: { columns: ['subject', 'customer', 'dueDate', 'status', 'priority', 'owner'], sort: 'dueDate' },
  subtitle: ['customer', 'dueDate'],
});
