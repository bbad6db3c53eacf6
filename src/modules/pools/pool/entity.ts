import { defineEntity } from '../../../platform/entity/define.ts';

const days = { kind: 'integer', min: 0, maxValue: 3650 } as const;
const limit = { kind: 'integer', min: 1, maxValue: 100_000 } as const;

/** 公海: where customers nobody owns wait for somebody to take them, and by which rules they come and go (CUS-9). */
export const pool = defineEntity({
  name: 'pool',
  plural: 'pools',
  module: 'pools',
  title: 'name',
  icon: 'pool',
  scope: { kind: 'open' },
  directory: true,
  unmergeable: true,
  without: ['import', 'transfer', 'share'],
  fields: {
    name: {
      kind: 'text',
      required: true,
      max: 90,
      filterable: true,
      sortable: true,
      quick: true,
      unique: true,
    },
    description: { kind: 'longText', max: 2000 },
    active: { kind: 'boolean', default: true, filterable: true },
    order: { kind: 'integer', default: 100, filterable: true, sortable: true },
    /** The department it stands below: who may give customers away there manages the pool. */
    parent: { kind: 'reference', to: 'department' },
    /** The department that holds its customers; made with it. */
    unit: { kind: 'reference', to: 'department', readOnly: true, filterable: true },
    /** Which customers belong into it: by region, product, industry, department. */
    condition: { kind: 'json', internal: true },
    members: { kind: 'references', to: 'user' },
    memberDepartments: { kind: 'references', to: 'department' },
    memberRoles: { kind: 'references', to: 'role' },
    claimLimit: limit,
    dailyClaimLimit: limit,
    dailyViewLimit: { ...limit, default: 50 },
    protectedDays: { ...days, default: 5 },
    lastOwnerDays: { ...days, default: 5 },
    recycleNoContactDays: { ...days, min: 1 },
    recycleNotWonDays: { ...days, min: 1 },
    warnDays: { ...days, default: 3 },
  },
  list: { columns: ['name', 'active', 'claimLimit', 'protectedDays', 'recycleNoContactDays'], sort: 'order' },
});
