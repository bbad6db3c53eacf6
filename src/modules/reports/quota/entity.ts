import { defineEntity } from '../../../platform/entity/define.ts';

/** 每日指标: what people of a role do at least every day or week, 每天至少与一位老客户联系 (REL-13). */
export const reportQuota = defineEntity({
  name: 'reportQuota',
  plural: 'report-quotas',
  module: 'reports',
  title: 'name',
  icon: 'aim',
  scope: { kind: 'open' },
  directory: true,
  unmergeable: true,
  without: ['import', 'transfer', 'share'],
  fields: {
    name: { kind: 'text', required: true, max: 100, quick: true },
    figure: {
      kind: 'choice',
      open: true,
      options: ['contacts', 'calls', 'visits', 'oldCustomers', 'tasksDone', 'newCustomers', 'promisesKept'],
      required: true,
      quick: true,
    },
    least: { kind: 'integer', min: 1, maxValue: 10_000, required: true, quick: true },
    kind: { kind: 'choice', options: ['day', 'week'], default: 'day', required: true, quick: true },
    /** Nobody's role is everybody's. */
    role: { kind: 'reference', to: 'role', quick: true },
    active: { kind: 'boolean', default: true, filterable: true },
  },
  list: { columns: ['name', 'figure', 'least', 'kind', 'role', 'active'], sort: '-updatedAt' },
});
