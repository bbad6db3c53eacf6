import { defineEntity } from '../../../platform/entity/define.ts';

/** A part of the company. Departments form a tree; rights reach from one to all below it. */
export const department = defineEntity({
  name: 'department',
  plural: 'departments',
  module: 'organisation',
  title: 'name',
  scope: { kind: 'open' },
  directory: true,
  icon: 'apartment',
  outside: { sees: 'theirs', hides: ['manager', 'parent', 'code', 'region'] },
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
    code: { kind: 'text', max: 60, search: 'number', filterable: true },
    parent: { kind: 'reference', to: 'department', filterable: true, quick: true },
    manager: { kind: 'reference', to: 'user', filterable: true, quick: true },
    region: { kind: 'text', max: 100, filterable: true },
  },
  unique: [['parent', 'name'], ['code']],
  list: { columns: ['name', 'code', 'parent', 'manager', 'region'], sort: 'name' },
  subtitle: ['parent'],
  duplicates: [{ kind: 'name', fields: ['name'], certain: true, namesake: { fields: ['code', 'parent'] } }],
  unmergeable: true,
  without: ['transfer', 'share'],
});
