import { defineEntity } from '../../../platform/entity/define.ts';

/** 仪表盘: reports side by side, for oneself or for those of some roles; one can be where a role begins its day (INS-1). */
export const dashboard = defineEntity({
  name: 'dashboard',
  plural: 'dashboards',
  module: 'analysis',
  title: 'name',
  icon: 'dashboard',
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
    tiles: { kind: 'json', internal: true },
    /** Minutes after which it works itself out anew while somebody looks; none is never. */
    refresh: { kind: 'integer', min: 1, maxValue: 1440 },
    /** Whoever has one of these roles sees it. */
    roles: { kind: 'references', to: 'role', filterable: true },
    /** Whoever has one of these roles begins with it. */
    homeOf: { kind: 'references', to: 'role', filterable: true },
    owner: { kind: 'reference', to: 'user', filterable: true },
    department: { kind: 'reference', to: 'department', filterable: true },
  },
  list: { columns: ['name', 'owner', 'updatedAt'], sort: 'name' },
});
