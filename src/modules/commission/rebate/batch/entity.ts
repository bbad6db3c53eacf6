import { defineEntity } from '../../../../platform/entity/define.ts';
import { currencyOptions } from '../../../../platform/rates/entity.ts';

/** 返利结算单: rebates of periods that are over, settled together: checked, approved, credited or paid (SAL-13). */
export const rebateBatch = defineEntity({
  name: 'rebateBatch',
  plural: 'rebate-batches',
  module: 'commission',
  title: 'name',
  icon: 'audit',
  menu: { group: 'business', order: 87 },
  scope: { kind: 'open' },
  numberPrefix: 'FJ',
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
    /** Of periods that were over by this day. */
    until: { kind: 'date', required: true, filterable: true, sortable: true, quick: true },
    /** Of these agreements; of none named, of all. */
    agreements: { kind: 'references', to: 'rebateAgreement', quick: true },
    currency: { kind: 'choice', options: currencyOptions, filterable: true },
    status: {
      kind: 'choice',
      options: [
        { value: 'draft', zh: '核对中', en: 'Being checked', color: 'teng' },
        { value: 'approving', zh: '审批中', en: 'In approval', color: 'teng' },
        { value: 'approved', zh: '待兑付', en: 'To pay', color: 'dai' },
        { value: 'paid', zh: '已兑付', en: 'Paid', color: 'song' },
        { value: 'undone', zh: '已撤销', en: 'Undone' },
      ],
      readOnly: true,
      filterable: true,
    },
    total: { kind: 'money', readOnly: true, filterable: true, sortable: true },
    agreementCount: { kind: 'integer', readOnly: true },
    rowCount: { kind: 'integer', readOnly: true },
    paidOn: { kind: 'date', readOnly: true, filterable: true, sortable: true },
    reason: { kind: 'text', max: 500, readOnly: true },
    remark: { kind: 'longText', max: 2000 },
  },
  indexes: [['status', 'until']],
  list: {
    columns: [
      'name',
      'number',
      'until',
      'agreementCount',
      'rowCount',
      'total',
      'status',
      'paidOn',
      'updatedAt',
    ],
    sort: '-updatedAt',
  },
  subtitle: ['number', 'until'],
});
