import { defineEntity } from '../../../platform/entity/define.ts';

/** 分配规则: which leads go to whom, and how soon they are to be answered. The first that fits takes a lead (SAL-1). */
export const leadRoute = defineEntity({
  name: 'leadRoute',
  plural: 'lead-routes',
  module: 'leads',
  title: 'name',
  icon: 'team',
  scope: { kind: 'open' },
  unmergeable: true,
  without: ['import', 'transfer', 'share'],
  fields: {
    name: { kind: 'text', required: true, max: 60, filterable: true, quick: true, unique: true },
    active: { kind: 'boolean', default: true, filterable: true },
    position: {
      kind: 'integer',
      min: 1,
      maxValue: 1000,
      default: 100,
      filterable: true,
      sortable: true,
      quick: true,
    },
    /** Which leads: by region, product, source. Empty is all. */
    condition: { kind: 'json', internal: true },
    method: {
      kind: 'choice',
      options: ['roundRobin', 'load'],
      default: 'roundRobin',
      required: true,
      quick: true,
    },
    /** Whether who takes a lead speaks its language and knows what it asks for: never mind, if possible, or else nobody. */
    skills: {
      kind: 'choice',
      options: ['ignore', 'prefer', 'require'],
      default: 'ignore',
      required: true,
      quick: true,
    },
    members: { kind: 'references', to: 'user', quick: true },
    memberDepartments: { kind: 'references', to: 'department', quick: true },
    /** Who has so many open leads gets no more. */
    maxOpen: { kind: 'integer', min: 1, maxValue: 100_000, quick: true },
    /** Minutes within which a lead is to be answered before it goes to the next. */
    responseMinutes: { kind: 'integer', min: 1, maxValue: 100_000, quick: true },
    /** Whether those are the company's working hours, or anybody's. */
    clock: {
      kind: 'choice',
      options: ['business', 'clock'],
      default: 'business',
      required: true,
      quick: true,
    },
    /** Who is told when nobody answered; else the owner's superior. */
    escalateTo: { kind: 'reference', to: 'user', quick: true },
  },
  list: {
    columns: [
      'name',
      'position',
      'active',
      'method',
      'members',
      'memberDepartments',
      'responseMinutes',
      'clock',
    ],
    sort: 'position',
  },
});
