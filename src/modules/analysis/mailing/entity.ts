import { defineEntity } from '../../../platform/entity/define.ts';

/** 定期发送: a report or a dashboard that comes by mail, to each receiver with what he may take out himself (INS-1). */
export const reportMailing = defineEntity({
  name: 'reportMailing',
  plural: 'report-mailings',
  module: 'analysis',
  title: 'name',
  icon: 'text',
  scope: { kind: 'own' },
  unmergeable: true,
  without: ['import'],
  fields: {
    name: { kind: 'text', required: true, max: 100, filterable: true, quick: true },
    dashboard: { kind: 'reference', to: 'dashboard', filterable: true, quick: true },
    report: { kind: 'reference', to: 'savedReport', filterable: true, quick: true },
    format: { kind: 'choice', options: ['pdf', 'xlsx'], default: 'pdf', required: true, quick: true },
    /** Every day, on Mondays, on the first of the month. */
    every: {
      kind: 'choice',
      options: ['day', 'week', 'month'],
      default: 'week',
      required: true,
      filterable: true,
      quick: true,
    },
    /** Of the company's clock. */
    time: { kind: 'text', max: 5, default: '08:00', required: true, quick: true },
    receivers: { kind: 'references', to: 'user', filterable: true, quick: true },
    active: { kind: 'boolean', default: true, filterable: true },
    nextAt: { kind: 'instant', readOnly: true, filterable: true, sortable: true },
    owner: { kind: 'reference', to: 'user', filterable: true },
    department: { kind: 'reference', to: 'department', filterable: true },
  },
  list: { columns: ['name', 'every', 'time', 'receivers', 'active', 'nextAt', 'owner'], sort: '-nextAt' },
});
