import { defineEntity } from '../../../platform/entity/define.ts';

/** 到账: a line of our bank's statement by which money came in. Whoever knows whose it is claims it (SAL-15). */
export const bankEntry = defineEntity({
  name: 'bankEntry',
  plural: 'bank-entries',
  module: 'receivables',
  title: 'payer',
  icon: 'bank',
  scope: { kind: 'open' },
  rateDate: 'date',
  fields: {
    payer: { kind: 'text', required: true, search: 'text', filterable: true, sortable: true, quick: true },
    account: { kind: 'reference', to: 'bankAccount', filterable: true, quick: true },
    date: { kind: 'date', filterable: true, sortable: true, quick: true },
    amount: { kind: 'money', required: true, filterable: true, sortable: true, immutable: true, quick: true },
    /** The bank's own number of it: the same one is never taken in twice. */
    serial: { kind: 'text', max: 100, filterable: true, quick: true },
    /** What else tells a line from every other, where the bank gave it no number. */
    lineKey: { kind: 'text', max: 60, readOnly: true, internal: true, unique: true },
    payerAccount: { kind: 'text', max: 60 },
    summary: { kind: 'text', max: 500, search: 'text', quick: true },
    status: {
      kind: 'choice',
      options: [
        { value: 'open', zh: '待认领', en: 'Unclaimed', color: 'teng' },
        { value: 'partly', zh: '部分认领', en: 'Partly claimed', color: 'teng' },
        { value: 'claimed', zh: '已认领', en: 'Claimed', color: 'dai' },
        { value: 'put_aside', zh: '非货款', en: 'Not from customers' },
      ],
      readOnly: true,
      filterable: true,
    },
    left: { kind: 'money', readOnly: true, filterable: true, sortable: true },
    claimedBy: { kind: 'reference', to: 'user', readOnly: true, filterable: true },
    remark: { kind: 'text', max: 500 },
  },
  unique: [['account', 'serial']],
  indexes: [['status', 'date']],
  without: ['import'],
  list: {
    columns: ['payer', 'date', 'amount', 'left', 'status', 'claimedBy', 'account', 'summary', 'serial'],
    sort: '-date',
  },
  subtitle: ['date', 'summary'],
  unmergeable: true,
});
