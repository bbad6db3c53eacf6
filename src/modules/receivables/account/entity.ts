import { defineEntity } from '../../../platform/entity/define.ts';
import { currencyOptions } from '../../../platform/rates/entity.ts';

/** 收款账户: our own accounts, into which customers pay. */
export const bankAccount = defineEntity({
  name: 'bankAccount',
  plural: 'bank-accounts',
  module: 'receivables',
  title: 'name',
  icon: 'bank',
  menu: { group: 'basics', order: 50 },
  scope: { kind: 'open' },
  fields: {
    name: { kind: 'text', required: true, search: 'text', filterable: true, sortable: true, quick: true },
    bank: { kind: 'text', quick: true },
    accountNumber: { kind: 'text', max: 60, filterable: true, quick: true },
    legalEntity: { kind: 'reference', to: 'legalEntity', filterable: true, quick: true },
    currency: { kind: 'choice', options: currencyOptions, default: 'CNY', filterable: true, quick: true },
    active: { kind: 'boolean', default: true, filterable: true },
    remark: { kind: 'text', max: 500 },
  },
  list: { columns: ['name', 'bank', 'accountNumber', 'currency', 'active', 'updatedAt'], sort: 'name' },
  subtitle: ['bank', 'accountNumber'],
  unmergeable: true,
});
