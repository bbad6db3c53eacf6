import { defineEntity } from '../../../platform/entity/define.ts';
import { PERIODS } from '../../../platform/time/period.shared.ts';

/** 考核方案: by what people are judged each month, quarter or year, and with which weight (SAL-7). */
export const assessmentScheme = defineEntity({
  name: 'assessmentScheme',
  plural: 'assessment-schemes',
  module: 'performance',
  title: 'name',
  icon: 'grade',
  scope: { kind: 'open' },
  unmergeable: true,
  without: ['import', 'export', 'transfer', 'share'],
  fields: {
    name: { kind: 'text', required: true, max: 60, filterable: true, sortable: true, unique: true },
    description: { kind: 'longText', max: 1000 },
    period: { kind: 'choice', options: [...PERIODS], default: 'month', required: true, filterable: true },
    /** Whose people are judged by it, with those of departments below; nobody named is everybody. */
    departments: { kind: 'references', to: 'department', filterable: true },
    active: { kind: 'boolean', default: true, filterable: true },
    definition: { kind: 'json', required: true, internal: true },
  },
  list: { columns: ['name', 'period', 'departments', 'active', 'updatedAt'], sort: 'name' },
});
