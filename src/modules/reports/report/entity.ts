import { defineEntity } from '../../../platform/entity/define.ts';

/** 日报、周报: what somebody did on a day or in a week, in figures and his own words (REL-13). */
export const workReport = defineEntity({
  name: 'workReport',
  plural: 'work-reports',
  module: 'reports',
  title: 'name',
  icon: 'file',
  scope: { kind: 'own' },
  unmergeable: true,
  without: ['import', 'transfer', 'share'],
  fields: {
    /** Says which period, unless its author names it. */
    name: { kind: 'text', max: 100, search: 'text' },
    kind: {
      kind: 'choice',
      options: ['day', 'week'],
      default: 'day',
      required: true,
      immutable: true,
      filterable: true,
      quick: true,
    },
    /** The day, or the Monday of the week. */
    date: {
      kind: 'date',
      required: true,
      immutable: true,
      filterable: true,
      sortable: true,
      quick: true,
    },
    words: { kind: 'longText', search: 'text', quick: true },
    plan: { kind: 'longText', search: 'text', quick: true },
    status: {
      kind: 'choice',
      options: [
        { value: 'open', zh: '未交', en: 'Open', color: 'teng' },
        { value: 'handedIn', zh: '已交', en: 'Handed in', color: 'dai' },
        { value: 'read', zh: '已阅', en: 'Read', color: 'song' },
      ],
      readOnly: true,
      filterable: true,
    },
    /** As they were when it was handed in; what happens later no longer changes them. */
    figures: { kind: 'json', readOnly: true, internal: true },
    handedInAt: { kind: 'instant', readOnly: true, filterable: true, sortable: true },
    readAt: { kind: 'instant', readOnly: true },
    readBy: { kind: 'reference', to: 'user', readOnly: true },
  },
  unique: [['owner', 'kind', 'date']],
  list: { columns: ['name', 'owner', 'status', 'words', 'plan', 'handedInAt', 'readBy'], sort: '-date' },
  subtitle: ['owner', 'date'],
});
