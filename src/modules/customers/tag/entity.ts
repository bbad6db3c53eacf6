import { defineEntity } from '../../../platform/entity/define.ts';

/** 标签: a word people put on customers and contacts. Everyone sees all tags. */
export const tag = defineEntity({
  name: 'tag',
  plural: 'tags',
  module: 'customers',
  title: 'name',
  icon: 'tag',
  scope: { kind: 'open' },
  directory: true,
  without: ['transfer', 'share'],
  fields: {
    name: {
      kind: 'text',
      required: true,
      search: 'name',
      filterable: true,
      sortable: true,
      quick: true,
      max: 50,
    },
    color: { kind: 'choice', options: ['ink', 'dai', 'zhu', 'teng', 'song'], default: 'ink', quick: true },
    remark: { kind: 'text', max: 500 },
  },
  unique: [['name']],
  duplicates: [{ kind: 'name', fields: ['name'], certain: true }],
  list: { columns: ['name', 'color', 'remark', 'updatedAt'], sort: 'name' },
});
