import { defineEntity } from '../../../platform/entity/define.ts';

/** 报表: a question somebody keeps. What it answers depends on who asks (INS-1). */
export const savedReport = defineEntity({
  name: 'savedReport',
  plural: 'saved-reports',
  module: 'analysis',
  title: 'name',
  icon: 'chart',
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
    description: { kind: 'longText', max: 2000 },
    definition: { kind: 'json', required: true, internal: true },
    /** Whoever has one of these roles may use it. */
    roles: { kind: 'references', to: 'role', filterable: true },
    owner: { kind: 'reference', to: 'user', filterable: true },
    department: { kind: 'reference', to: 'department', filterable: true },
  },
  list: { columns: ['name', 'description', 'owner', 'updatedAt'], sort: 'name' },
});
