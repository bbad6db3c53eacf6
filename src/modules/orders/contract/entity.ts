import { defineEntity } from '../../../platform/entity/define.ts';
import { salesFields, salesLineFields } from '../../documents/public.ts';
import { eventFields, instalmentFields } from '../instalment/fields.ts';

const scope = { kind: 'child', of: 'customer', assigned: true } as const;

/** 合同: what was agreed with a customer, on which terms, and until when (SAL-5). */
export const contract = defineEntity({
  name: 'contract',
  plural: 'contracts',
  module: 'orders',
  title: 'name',
  icon: 'contract',
  menu: { group: 'sales', order: 30 },
  scope,
  numberPrefix: 'HT',
  rateDate: 'date',
  fields: {
    // Never empty: what is left out is called after the customer (behaviour.ts).
    name: { kind: 'text', search: 'text', filterable: true, sortable: true, quick: true },
    customer: { kind: 'reference', to: 'customer', required: true, filterable: true, quick: true },
    contact: { kind: 'reference', to: 'contact', belongsTo: 'customer', filterable: true, quick: true },
    opportunity: { kind: 'reference', to: 'opportunity', filterable: true },
    quote: { kind: 'reference', to: 'quote', filterable: true },
    legalEntity: { kind: 'reference', to: 'legalEntity', filterable: true, quick: true },
    /** 业绩归属人: whose achievement it is. It stays his when the customer goes to somebody else. */
    performer: { kind: 'reference', to: 'user', filterable: true },
    status: {
      kind: 'choice',
      options: [
        { value: 'draft', zh: '草稿', en: 'Draft', color: 'dai' },
        { value: 'inApproval', zh: '审批中', en: 'In approval', color: 'teng' },
        { value: 'effective', zh: '已生效', en: 'In force', color: 'song' },
        { value: 'amending', zh: '变更中', en: 'Being amended', color: 'teng' },
        { value: 'completed', zh: '已完成', en: 'Completed', color: 'dai' },
        { value: 'terminated', zh: '已终止', en: 'Terminated', color: 'zhu' },
      ],
      readOnly: true,
      filterable: true,
    },
    /** The customer's own number of it. */
    theirNumber: { kind: 'text', search: 'text', filterable: true, max: 60 },
    signedOn: { kind: 'date', filterable: true, sortable: true, quick: true },
    startsOn: { kind: 'date', filterable: true, sortable: true },
    endsOn: { kind: 'date', filterable: true, sortable: true, quick: true },
    /** So many days before its end somebody is to think of the next one. */
    remindDays: { kind: 'integer', min: 0, maxValue: 730, default: 30 },
    remindOn: { kind: 'date', readOnly: true, filterable: true },
    ...salesFields,
    /** What was agreed where no lines say it. */
    amount: { kind: 'decimal', min: 0, quick: true, insteadOf: 'lines' },
    taxRate: { kind: 'decimal', min: 0, maxValue: 1, insteadOf: 'lines' },
    /** The amount in force: as last agreed, less what came back. A draft has none. */
    effectiveTotal: { kind: 'money', readOnly: true, filterable: true, sortable: true },
    effectiveNet: { kind: 'money', readOnly: true },
    ...eventFields,
    terms: { kind: 'longText', search: 'text' },
    revision: { kind: 'integer', readOnly: true },
    reason: { kind: 'longText', max: 2000, readOnly: true },
    remark: { kind: 'longText', search: 'text' },
  },
  indexes: [
    ['status', 'endsOn'],
    ['owner', 'status', 'remindOn'],
    ['customer', 'status'],
  ],
  timeline: { on: ['customer', 'contact', 'opportunity'], at: 'createdAt', category: 'deal' },
  list: {
    columns: ['name', 'number', 'customer', 'total', 'status', 'signedOn', 'endsOn', 'owner', 'updatedAt'],
    sort: '-updatedAt',
  },
  subtitle: ['number', 'customer'],
  unmergeable: true,
});

export const contractLine = defineEntity({
  name: 'contractLine',
  plural: 'contract-lines',
  module: 'orders',
  title: 'name',
  scope,
  partOf: { field: 'contract', as: 'lines' },
  fields: {
    contract: { kind: 'reference', to: 'contract', filterable: true },
    customer: { kind: 'reference', to: 'customer', filterable: true, tab: false },
    ...salesLineFields,
  },
  list: {
    columns: ['name', 'contract', 'customer', 'quantity', 'price', 'gross', 'updatedAt'],
    sort: '-updatedAt',
  },
});

export const contractInstalment = defineEntity({
  name: 'contractInstalment',
  plural: 'contract-instalments',
  module: 'orders',
  title: 'name',
  scope,
  partOf: { field: 'contract', as: 'instalments' },
  fields: {
    contract: { kind: 'reference', to: 'contract', filterable: true },
    customer: { kind: 'reference', to: 'customer', filterable: true, tab: false },
    ...instalmentFields,
  },
  indexes: [['dueOn', 'customer']],
  list: {
    columns: ['name', 'contract', 'customer', 'percent', 'event', 'amount', 'dueOn', 'updatedAt'],
    sort: '-updatedAt',
  },
});
