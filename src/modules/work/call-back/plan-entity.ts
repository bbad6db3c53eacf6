import { defineEntity } from '../../../platform/entity/define.ts';

/** 回访计划: whom we call back, when, and what we ask (REL-10). */
export const callBackPlan = defineEntity({
  name: 'callBackPlan',
  plural: 'call-back-plans',
  module: 'work',
  title: 'name',
  icon: 'phone',
  scope: { kind: 'own' },
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
    /** Time without contact, or something that happened to the customer. */
    trigger: {
      kind: 'choice',
      options: ['silent', 'sale', 'repair', 'complaint'],
      default: 'silent',
      required: true,
      filterable: true,
      quick: true,
    },
    /** Of silence: so many days without contact. Of what happened: so many working days after it. */
    days: { kind: 'integer', min: 0, maxValue: 3650, default: 30, required: true, quick: true },
    segment: { kind: 'reference', to: 'segment', filterable: true, quick: true },
    script: { kind: 'longText', quick: true },
    /** One question a line. */
    questions: { kind: 'longText', max: 4000, quick: true },
    /** Most call-backs a night. */
    perDay: { kind: 'integer', min: 1, maxValue: 500, default: 50, required: true },
    /** Working days within which one is to be called. */
    dueWorkdays: { kind: 'integer', min: 0, maxValue: 60, default: 3, required: true },
    active: { kind: 'boolean', default: true, quick: true },
  },
  list: {
    columns: ['name', 'trigger', 'days', 'segment', 'active', 'owner', 'updatedAt'],
    sort: '-updatedAt',
  },
});
