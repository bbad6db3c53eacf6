import { defineEntity } from '../../../platform/entity/define.ts';

/** 分级方案: grades the company gives its customers by rules of its own (CUS-6). Several stand at once; one is the main one. */
export const gradeScheme = defineEntity({
  name: 'gradeScheme',
  plural: 'grade-schemes',
  module: 'grades',
  title: 'name',
  icon: 'grade',
  scope: { kind: 'open' },
  unmergeable: true,
  without: ['import', 'export', 'transfer', 'share'],
  fields: {
    name: { kind: 'text', required: true, max: 60, filterable: true, sortable: true, unique: true },
    description: { kind: 'longText', max: 1000 },
    kind: { kind: 'choice', options: ['conditions', 'score'], default: 'conditions', required: true },
    /** When a customer that has fallen really gets the lower grade. */
    period: { kind: 'choice', options: ['month', 'quarter', 'year'], default: 'quarter', required: true },
    /** Only customers of this department and those below it. */
    department: { kind: 'reference', to: 'department', filterable: true },
    definition: { kind: 'json', required: true, internal: true },
    active: { kind: 'boolean', default: false, readOnly: true, filterable: true },
    main: { kind: 'boolean', default: false, readOnly: true },
    /** Why it cannot be worked out at present; last grades stay. */
    problem: { kind: 'longText', readOnly: true },
    gradedAt: { kind: 'instant', readOnly: true },
  },
  list: { columns: ['name', 'kind', 'active', 'main', 'period', 'gradedAt'], sort: 'name' },
});
