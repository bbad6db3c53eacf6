import { defineEntity } from '../../../platform/entity/define.ts';

/** 拜访: a visit to a customer, from the plan over the check-in to its minutes (REL-4). */
export const visit = defineEntity({
  name: 'visit',
  plural: 'visits',
  module: 'work',
  title: 'objective',
  icon: 'car',
  menu: { group: 'work', order: 40 },
  scope: { kind: 'child', of: 'customer', assigned: true },
  fields: {
    objective: { kind: 'text', required: true, search: 'text', quick: true },
    customer: { kind: 'reference', to: 'customer', required: true, filterable: true, quick: true },
    contacts: { kind: 'references', to: 'contact', belongsTo: 'customer', filterable: true, quick: true },
    date: { kind: 'date', required: true, filterable: true, sortable: true, quick: true },
    startsAt: { kind: 'instant', hourOf: 'date', filterable: true, quick: true },
    routeOrder: { kind: 'integer', min: 1, maxValue: 1000 },
    status: {
      kind: 'choice',
      options: [
        { value: 'planned', zh: '已计划', en: 'Planned', color: 'dai' },
        { value: 'checkedIn', zh: '已签到', en: 'Checked in', color: 'teng' },
        { value: 'done', zh: '已完成', en: 'Done', color: 'song' },
        { value: 'cancelled', zh: '已取消', en: 'Cancelled' },
      ],
      readOnly: true,
      filterable: true,
    },
    checkedInAt: { kind: 'instant', readOnly: true, filterable: true },
    /** Where the check-in's place comes from: the device, or typed with a photo where it would not tell. */
    located: { kind: 'choice', options: ['device', 'typed'], readOnly: true },
    place: { kind: 'text', max: 300, readOnly: true },
    latitude: { kind: 'decimal', min: -90, maxValue: 90, readOnly: true, internal: true },
    longitude: { kind: 'decimal', min: -180, maxValue: 180, readOnly: true, internal: true },
    accuracy: { kind: 'integer', readOnly: true, internal: true },
    /** Metres from the customer's place. */
    distance: { kind: 'integer', readOnly: true },
    photo: { kind: 'reference', to: 'attachment', readOnly: true },
    minutes: { kind: 'longText', search: 'text' },
    reactions: { kind: 'longText', search: 'text' },
    nextStep: { kind: 'text' },
    nextDate: { kind: 'date' },
    doneAt: { kind: 'instant', readOnly: true, filterable: true },
    /** The follow-up it became: what stands on the timeline. */
    activity: { kind: 'reference', to: 'activity', readOnly: true, filterable: true },
  },
  indexes: [['owner', 'status', 'date']],
  list: {
    columns: ['objective', 'customer', 'date', 'startsAt', 'status', 'distance', 'owner'],
    sort: '-date',
  },
  subtitle: ['customer', 'date'],
});
