import { defineEntity } from '../../../platform/entity/define.ts';
import { UNITS } from '../../products/public.ts';

/** 样品与试用: something of ours that is with a customer to be looked at, tried or used for a while (SAL-14). */
export const trial = defineEntity({
  name: 'trial',
  plural: 'trials',
  module: 'trials',
  title: 'name',
  icon: 'trial',
  menu: { group: 'sales', order: 45 },
  scope: { kind: 'child', of: 'customer', assigned: true },
  numberPrefix: 'YP',
  rateDate: 'outOn',
  unmergeable: true,
  fields: {
    // Called after the product, unless somebody says otherwise.
    name: { kind: 'text', search: 'text', filterable: true, sortable: true },
    kind: {
      kind: 'choice',
      options: ['sample', 'trial', 'loan'],
      default: 'trial',
      required: true,
      filterable: true,
      quick: true,
    },
    customer: { kind: 'reference', to: 'customer', required: true, filterable: true, quick: true },
    contact: { kind: 'reference', to: 'contact', belongsTo: 'customer', filterable: true, quick: true },
    opportunity: { kind: 'reference', to: 'opportunity', filterable: true, quick: true },
    product: { kind: 'reference', to: 'product', required: true, filterable: true, quick: true },
    quantity: { kind: 'decimal', required: true, min: 0, default: '1', quick: true },
    unit: { kind: 'choice', open: true, options: [...UNITS], max: 20 },
    serialNumber: { kind: 'text', search: 'number', filterable: true, max: 100, quick: true },
    status: {
      kind: 'choice',
      options: [
        { value: 'draft', zh: '待发出', en: 'To hand out' },
        { value: 'approving', zh: '审批中', en: 'In approval', color: 'teng' },
        { value: 'out', zh: '在客户处', en: 'With the customer', color: 'dai' },
        { value: 'returned', zh: '已归还', en: 'Returned', color: 'song' },
        { value: 'kept', zh: '留给客户', en: 'Left with the customer' },
        { value: 'converted', zh: '已转订单', en: 'Ordered', color: 'song' },
      ],
      readOnly: true,
      filterable: true,
    },
    outOn: { kind: 'date', filterable: true, sortable: true },
    /** Working days it is there for; the day it is due follows from them. */
    workdays: { kind: 'integer', min: 1, maxValue: 500, default: 10, quick: true },
    dueOn: { kind: 'date', filterable: true, sortable: true },
    /** What it is worth; over the company's limit somebody has to agree. */
    value: { kind: 'money', min: 0, filterable: true, group: 'worth' },
    /** What it costs us; where it is not to come back the relation bears it. */
    cost: { kind: 'money', min: 0, filterable: true, group: 'worth' },
    closedOn: { kind: 'date', readOnly: true, filterable: true, sortable: true, group: 'result' },
    result: {
      kind: 'choice',
      options: [
        { value: 'good', zh: '满意', en: 'Pleased', color: 'song' },
        { value: 'partly', zh: '部分满意', en: 'Partly pleased', color: 'teng' },
        { value: 'bad', zh: '不满意', en: 'Not pleased', color: 'zhu' },
        { value: 'none', zh: '没有用', en: 'Not used' },
      ],
      filterable: true,
      group: 'result',
    },
    evaluation: { kind: 'longText', max: 4000, search: 'text', group: 'result' },
    order: { kind: 'reference', to: 'order', readOnly: true, filterable: true, group: 'result' },
    remark: { kind: 'longText', search: 'text' },
  },
  indexes: [
    ['owner', 'status', 'dueOn'],
    ['status', 'dueOn'],
  ],
  timeline: { on: ['customer', 'contact', 'opportunity'], at: 'createdAt', category: 'deal' },
  list: {
    columns: [
      'name',
      'number',
      'kind',
      'customer',
      'quantity',
      'status',
      'outOn',
      'dueOn',
      'result',
      'owner',
    ],
    sort: '-createdAt',
  },
  subtitle: ['number', 'customer', 'status'],
});

export type TrialStatus = 'draft' | 'approving' | 'out' | 'returned' | 'kept' | 'converted';

/** Which state may follow which; back to the customer leads only the taking back of what was said. */
export const TRIAL_STATES: Readonly<Record<TrialStatus, readonly TrialStatus[]>> = {
  draft: ['approving', 'out'],
  approving: ['draft', 'out'],
  out: ['returned', 'kept', 'converted', 'draft'],
  returned: ['out'],
  kept: ['out'],
  converted: [],
};
