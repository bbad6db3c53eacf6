import { defineEntity } from '../../../platform/entity/define.ts';

/** 开票资料: to whom a customer has invoices made out; several of one customer. */
export const billingProfile = defineEntity({
  name: 'billingProfile',
  plural: 'billing-profiles',
  module: 'receivables',
  title: 'name',
  icon: 'idcard',
  scope: { kind: 'child', of: 'customer' },
  fields: {
    customer: { kind: 'reference', to: 'customer', required: true, filterable: true, quick: true },
    /** 抬头. */
    name: { kind: 'text', required: true, search: 'text', filterable: true, sortable: true, quick: true },
    taxNumber: { kind: 'text', max: 30, filterable: true, quick: true },
    kind: {
      kind: 'choice',
      options: ['special', 'normal'],
      default: 'special',
      required: true,
      filterable: true,
      quick: true,
    },
    bank: { kind: 'text', quick: true },
    accountNumber: { kind: 'text', max: 60, quick: true },
    address: { kind: 'text', quick: true },
    phone: { kind: 'phone', search: 'phone', quick: true },
    email: { kind: 'email', quick: true },
    usual: { kind: 'boolean', default: false, filterable: true },
    remark: { kind: 'text', max: 500 },
  },
  list: {
    columns: ['name', 'customer', 'taxNumber', 'kind', 'bank', 'email', 'usual', 'updatedAt'],
    sort: '-updatedAt',
  },
  subtitle: ['customer', 'taxNumber'],
  unmergeable: true,
});
