import { defineEntity } from '../../../platform/entity/define.ts';

/** A named set of rights. What `permissions` may hold is said in platform/access/permissions.ts. */
export const role = defineEntity({
  name: 'role',
  plural: 'roles',
  module: 'organisation',
  title: 'name',
  scope: { kind: 'open' },
  adminOnly: true,
  icon: 'safety',
  fields: {
    name: { kind: 'text', required: true, max: 100, filterable: true, sortable: true, quick: true },
    code: { kind: 'text', max: 60, filterable: true },
    description: { kind: 'longText', max: 1000, quick: true },
    permissions: { kind: 'json', internal: true, default: {} },
  },
  unique: [['name'], ['code']],
  list: { columns: ['name', 'code', 'description', 'updatedAt'], sort: 'name' },
  unmergeable: true,
  without: ['transfer', 'share', 'import', 'export'],
});
