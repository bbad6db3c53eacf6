import { defineEntity } from '../../../platform/entity/define.ts';

/** 竞争对手: who sells the same to our customers (SAL-11). */
export const competitor = defineEntity({
  name: 'competitor',
  plural: 'competitors',
  module: 'sales',
  title: 'name',
  icon: 'team',
  menu: { group: 'sales', order: 60 },
  scope: { kind: 'open' },
  without: ['transfer', 'share'],
  fields: {
    name: { kind: 'text', required: true, search: 'name', filterable: true, sortable: true, quick: true },
    website: { kind: 'url', max: 500, quick: true },
    strengths: { kind: 'longText', search: 'text', quick: true },
    weaknesses: { kind: 'longText', search: 'text', quick: true },
    prices: { kind: 'longText', search: 'text' },
    remark: { kind: 'longText', search: 'text' },
  },
  list: { columns: ['name', 'website', 'strengths', 'weaknesses', 'updatedAt'], sort: 'name' },
  duplicates: [{ kind: 'name', fields: ['name'], certain: true }],
});
