import { defineEntity } from '../../../platform/entity/define.ts';

/** 客户细分: records that meet a condition, as they are now (live) or as they were on a day (frozen) (CUS-7). */
export const segment = defineEntity({
  name: 'segment',
  plural: 'segments',
  module: 'segments',
  title: 'name',
  icon: 'segment',
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
    /** What its members are; a condition on one type says nothing of another. */
    entity: {
      kind: 'choice',
      options: ['customer', 'contact'],
      default: 'customer',
      required: true,
      immutable: true,
      filterable: true,
    },
    kind: {
      kind: 'choice',
      options: ['live', 'frozen'],
      default: 'live',
      required: true,
      filterable: true,
    },
    definition: { kind: 'json', required: true, internal: true },
    /** The segments its definition names, for cycles and for what a deletion would break. */
    uses: { kind: 'references', to: 'segment', readOnly: true, internal: true, filterable: true },
    /** Of a frozen one: how many there are, and since when they are those. */
    memberCount: { kind: 'integer', readOnly: true },
    refreshedAt: { kind: 'instant', readOnly: true },
    owner: { kind: 'reference', to: 'user', filterable: true },
    department: { kind: 'reference', to: 'department', filterable: true },
  },
  list: {
    columns: ['name', 'entity', 'kind', 'memberCount', 'refreshedAt', 'owner', 'updatedAt'],
    sort: '-updatedAt',
  },
});
