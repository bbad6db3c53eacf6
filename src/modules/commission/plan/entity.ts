import { defineEntity } from '../../../platform/entity/define.ts';

/** 提成方案: who gets how much of what comes in, from when on (SAL-13). Once in force its rules stay as they are. */
export const commissionPlan = defineEntity({
  name: 'commissionPlan',
  plural: 'commission-plans',
  module: 'commission',
  title: 'name',
  icon: 'percentage',
  menu: { group: 'basics', order: 80 },
  scope: { kind: 'open' },
  unmergeable: true,
  without: ['import', 'export', 'transfer', 'share'],
  fields: {
    name: {
      kind: 'text',
      required: true,
      max: 60,
      filterable: true,
      sortable: true,
      unique: true,
      quick: true,
    },
    status: {
      kind: 'choice',
      options: [
        { value: 'draft', zh: '草稿', en: 'Draft', color: 'teng' },
        { value: 'inForce', zh: '生效', en: 'In force', color: 'song' },
        { value: 'ended', zh: '已结束', en: 'Ended' },
      ],
      readOnly: true,
      filterable: true,
    },
    validFrom: { kind: 'date', required: true, filterable: true, sortable: true, quick: true },
    /** The last day; without it until somebody ends it. */
    validTo: { kind: 'date', filterable: true, sortable: true, quick: true },
    /** Of what one achieves himself, or of what those achieve who report to him. */
    whose: {
      kind: 'choice',
      options: ['own', 'team'],
      default: 'own',
      required: true,
      filterable: true,
      quick: true,
    },
    period: {
      kind: 'choice',
      options: ['month', 'quarter', 'year'],
      default: 'month',
      required: true,
      quick: true,
    },
    /** Of several that fit a person the first holds, by this; those that add to it hold beside it. */
    rank: { kind: 'integer', min: 1, maxValue: 999, default: 100, required: true, sortable: true },
    adds: { kind: 'boolean', default: false },
    /** For whom; of no one named, for all. */
    people: { kind: 'references', to: 'user', group: 'audience' },
    roles: { kind: 'references', to: 'role', group: 'audience' },
    departments: { kind: 'references', to: 'department', group: 'audience' },
    definition: { kind: 'json', internal: true },
    remark: { kind: 'longText', max: 2000 },
  },
  list: { columns: ['name', 'status', 'whose', 'period', 'validFrom', 'validTo', 'rank'], sort: 'name' },
});
