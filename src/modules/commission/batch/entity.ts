import { defineEntity } from '../../../platform/entity/define.ts';

/** 提成结算单: what is paid out together, checked, approved and locked (SAL-13). A row stands in one at most. */
export const commissionBatch = defineEntity({
  name: 'commissionBatch',
  plural: 'commission-batches',
  module: 'commission',
  title: 'name',
  icon: 'audit',
  menu: { group: 'business', order: 85 },
  scope: { kind: 'open' },
  numberPrefix: 'TJ',
  unmergeable: true,
  without: ['import', 'transfer', 'share'],
  fields: {
    name: {
      kind: 'text',
      required: true,
      max: 100,
      search: 'text',
      filterable: true,
      sortable: true,
      quick: true,
    },
    /** Rows up to this day. */
    until: { kind: 'date', required: true, filterable: true, sortable: true, quick: true },
    /** Of whom; of nobody named, of all. */
    people: { kind: 'references', to: 'user', quick: true },
    departments: { kind: 'references', to: 'department', quick: true },
    /** Whose sum is below nothing is left for the next one, unless this says otherwise: somebody leaves, say. */
    withNegative: { kind: 'boolean', default: false },
    status: {
      kind: 'choice',
      options: [
        { value: 'draft', zh: '核对中', en: 'Being checked', color: 'teng' },
        { value: 'approving', zh: '审批中', en: 'In approval', color: 'teng' },
        { value: 'approved', zh: '待发放', en: 'To pay', color: 'dai' },
        { value: 'paid', zh: '已发放', en: 'Paid', color: 'song' },
        { value: 'undone', zh: '已撤销', en: 'Undone' },
      ],
      readOnly: true,
      filterable: true,
    },
    total: { kind: 'money', readOnly: true, filterable: true, sortable: true },
    peopleCount: { kind: 'integer', readOnly: true },
    rowCount: { kind: 'integer', readOnly: true },
    paidOn: { kind: 'date', readOnly: true, filterable: true, sortable: true },
    reason: { kind: 'text', max: 500, readOnly: true },
    remark: { kind: 'longText', max: 2000 },
  },
  indexes: [['status', 'until']],
  list: {
    columns: ['name', 'number', 'until', 'peopleCount', 'rowCount', 'total', 'status', 'paidOn', 'updatedAt'],
    sort: '-updatedAt',
  },
  subtitle: ['number', 'until'],
});
