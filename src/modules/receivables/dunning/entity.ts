import { defineEntity } from '../../../platform/entity/define.ts';

/** 催款步骤: so many days after the due day, this is what is to be done. */
export const dunningStep = defineEntity({
  name: 'dunningStep',
  plural: 'dunning-steps',
  module: 'receivables',
  title: 'name',
  icon: 'audit',
  menu: { group: 'basics', order: 70 },
  scope: { kind: 'open' },
  fields: {
    name: { kind: 'text', required: true, search: 'text', quick: true },
    days: {
      kind: 'integer',
      required: true,
      min: -60,
      maxValue: 3650,
      filterable: true,
      sortable: true,
      unique: true,
      quick: true,
    },
    way: {
      kind: 'choice',
      options: ['call', 'message', 'letter', 'visit', 'lawyer'],
      default: 'call',
      required: true,
      quick: true,
    },
    /** What to say; {customer}, {document}, {amount}, {dueDate}, {days} stand for what they name. */
    text: { kind: 'longText', max: 2000, quick: true },
    active: { kind: 'boolean', default: true, filterable: true, quick: true },
  },
  list: { columns: ['name', 'days', 'way', 'active', 'updatedAt'], sort: 'days' },
  unmergeable: true,
});

/** 催款: somebody of ours is to remind a customer of what he owes; it ends by itself once that is paid. */
export const dunning = defineEntity({
  name: 'dunning',
  plural: 'dunnings',
  module: 'receivables',
  title: 'what',
  icon: 'phone',
  scope: { kind: 'child', of: 'customer', assigned: true },
  rateDate: 'dueDate',
  fields: {
    what: { kind: 'text', required: true, max: 300, search: 'text', quick: true },
    customer: { kind: 'reference', to: 'customer', required: true, filterable: true, quick: true },
    contract: { kind: 'reference', to: 'contract', filterable: true, quick: true },
    order: { kind: 'reference', to: 'order', filterable: true, quick: true },
    step: { kind: 'reference', to: 'dunningStep', filterable: true, tab: false },
    /** The instalment, order or contract it is about, as the night knows it again. */
    item: { kind: 'text', readOnly: true, internal: true, filterable: true, max: 36 },
    dueDate: { kind: 'date', filterable: true, sortable: true, quick: true },
    amount: { kind: 'money', filterable: true, sortable: true, quick: true },
    way: {
      kind: 'choice',
      options: ['call', 'message', 'letter', 'visit', 'lawyer'],
      default: 'call',
      required: true,
      filterable: true,
      quick: true,
    },
    text: { kind: 'longText', max: 2000 },
    status: {
      kind: 'choice',
      options: [
        { value: 'open', zh: '待催', en: 'To do', color: 'teng' },
        { value: 'done', zh: '已催', en: 'Reminded', color: 'dai' },
        { value: 'paid', zh: '已付清', en: 'Paid', color: 'song' },
      ],
      readOnly: true,
      filterable: true,
    },
    /** What came of it. */
    result: { kind: 'text', max: 1000, search: 'text' },
    /** When the customer says he will pay. */
    promisedOn: { kind: 'date', filterable: true, sortable: true },
  },
  indexes: [
    ['owner', 'status', 'dueDate'],
    ['status', 'dueDate'],
  ],
  timeline: { on: ['customer'], at: 'createdAt', category: 'work' },
  list: {
    columns: ['what', 'customer', 'amount', 'dueDate', 'way', 'status', 'promisedOn', 'owner', 'updatedAt'],
    sort: '-updatedAt',
  },
  subtitle: ['customer', 'dueDate'],
  unmergeable: true,
});
