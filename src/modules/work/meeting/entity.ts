import { defineEntity } from '../../../platform/entity/define.ts';

/** 客户会议: a meeting with an objective, two questions to learn, and something that follows from it (REL-5). */
export const meeting = defineEntity({
  name: 'meeting',
  plural: 'meetings',
  module: 'work',
  title: 'objective',
  icon: 'team',
  menu: { group: 'work', order: 50 },
  scope: { kind: 'child', of: 'customer', assigned: true },
  fields: {
    objective: { kind: 'text', required: true, search: 'text', quick: true },
    customer: { kind: 'reference', to: 'customer', required: true, filterable: true, quick: true },
    date: { kind: 'date', required: true, filterable: true, sortable: true, quick: true },
    startsAt: { kind: 'instant', hourOf: 'date', filterable: true, quick: true },
    contacts: { kind: 'references', to: 'contact', belongsTo: 'customer', filterable: true, quick: true },
    participants: { kind: 'references', to: 'user', filterable: true, quick: true },
    place: { kind: 'text', max: 300 },
    question1: { kind: 'text', max: 300, quick: true, group: 'questions' },
    answer1: { kind: 'longText', group: 'questions' },
    question2: { kind: 'text', max: 300, quick: true, group: 'questions' },
    answer2: { kind: 'longText', group: 'questions' },
    status: {
      kind: 'choice',
      options: [
        { value: 'planned', zh: '已计划', en: 'Planned', color: 'dai' },
        { value: 'done', zh: '已结束', en: 'Closed', color: 'song' },
        { value: 'cancelled', zh: '已取消', en: 'Cancelled' },
      ],
      readOnly: true,
      filterable: true,
    },
    minutes: { kind: 'longText', search: 'text' },
    nextStep: { kind: 'text' },
    nextDate: { kind: 'date' },
    noFollowUp: { kind: 'longText', max: 2000, readOnly: true },
    doneAt: { kind: 'instant', readOnly: true, filterable: true },
    activity: { kind: 'reference', to: 'activity', readOnly: true, filterable: true },
  },
  indexes: [['owner', 'status', 'date']],
  list: {
    columns: ['objective', 'customer', 'date', 'startsAt', 'status', 'participants', 'owner'],
    sort: '-date',
  },
  subtitle: ['customer', 'date'],
});
