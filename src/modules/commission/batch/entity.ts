import { defineEntity } from '../../../platform/entity/define.ts';
import { batchHead, batchState, batchTail } from '../settle/fields.ts';

/** 提成结算单: what is paid out together, checked, approved and locked (SAL-13). A row stands in one at most. */
export const commissionBatch = defineEntity({
  name: 'commissionBatch',
  plural: 'commission-batches',
  module: 'commission',
  title: 'name',
  icon: 'audit',
  menu: { group: 'results', order: 50 },
  scope: { kind: 'open' },
  numberPrefix: 'TJ',
  unmergeable: true,
  without: ['import', 'transfer', 'share'],
  fields: {
    ...batchHead,
    /** Of whom; of nobody named, of all. */
    people: { kind: 'references', to: 'user', quick: true },
    departments: { kind: 'references', to: 'department', quick: true },
    /** Whose sum is below nothing is left for the next one, unless this says otherwise: somebody leaves, say. */
    withNegative: { kind: 'boolean', default: false },
    ...batchState({ zh: '待发放', en: 'To pay' }, { zh: '已发放', en: 'Paid' }),
    peopleCount: { kind: 'integer', readOnly: true },
    ...batchTail,
  },
  indexes: [['status', 'until']],
  list: {
    columns: ['name', 'number', 'until', 'peopleCount', 'rowCount', 'total', 'status', 'paidOn', 'updatedAt'],
    sort: '-updatedAt',
  },
  subtitle: ['number', 'until'],
});
