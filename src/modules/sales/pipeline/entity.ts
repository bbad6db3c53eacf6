import { defineEntity } from '../../../platform/entity/define.ts';

/** 销售流程: the way one kind of business goes from the first word to the decision (SAL-3). */
export const pipeline = defineEntity({
  name: 'pipeline',
  plural: 'pipelines',
  module: 'sales',
  title: 'name',
  icon: 'app',
  scope: { kind: 'open' },
  without: ['transfer', 'share'],
  outside: { sees: 'common' },
  fields: {
    name: { kind: 'text', required: true, max: 60, filterable: true, quick: true },
    position: {
      kind: 'integer',
      min: 1,
      maxValue: 1000,
      default: 1,
      filterable: true,
      sortable: true,
      quick: true,
    },
    active: { kind: 'boolean', default: true, filterable: true },
  },
  unique: [['name']],
  list: { columns: ['name', 'position', 'active'], sort: 'position' },
});
