import { defineEntity } from '../../../../platform/entity/define.ts';
import { currencyOptions } from '../../../../platform/rates/entity.ts';
import { batchHead, batchState, batchTail } from '../../settle/fields.ts';

/** 返利结算单: rebates of periods that are over, settled together: checked, approved, credited or paid (SAL-13). */
export const rebateBatch = defineEntity({
  name: 'rebateBatch',
  plural: 'rebate-batches',
  module: 'commission',
  title: 'name',
  icon: 'audit',
  menu: { group: 'results', order: 70 },
  scope: { kind: 'open' },
  numberPrefix: 'FJ',
  unmergeable: true,
  without: ['import', 'transfer', 'share'],
  fields: {
    ...batchHead,
    /** Of these agreements; of none named, of all. */
    agreements: { kind: 'references', to: 'rebateAgreement', quick: true },
    currency: { kind: 'choice', options: currencyOptions, filterable: true },
    ...batchState({ zh: '待兑付', en: 'To pay' }, { zh: '已兑付', en: 'Paid' }),
    agreementCount: { kind: 'integer', readOnly: true },
    ...batchTail,
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
