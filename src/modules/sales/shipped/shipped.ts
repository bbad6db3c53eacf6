import type { GroupSpec, ValueSpec } from '../../../platform/analysis/query.shared.ts';
import type { ShippedReport } from '../../../platform/analysis/shipped.ts';
import type { Filter } from '../../../platform/entity/meta.shared.ts';
import { activityAndResults } from './activity.ts';
import { funnel } from './funnel.ts';
import { movements } from './movements.ts';

const is = (value: string): Filter => ({ field: 'status', op: 'eq', value });
const DECIDED: Filter = { field: 'status', op: 'in', value: ['won', 'lost'] };

const WON: ValueSpec = { fn: 'count', where: is('won'), label: 'shipped.won' };
const LOST: ValueSpec = { fn: 'count', where: is('lost'), label: 'shipped.lost' };
const WON_AMOUNT: ValueSpec = { fn: 'sum', field: 'amount', where: is('won'), label: 'shipped.wonAmount' };
const WIN_RATE: ValueSpec = {
  ratio: [
    { fn: 'count', where: is('won') },
    { fn: 'count', where: DECIDED },
  ],
  label: 'shipped.rate',
};
/** From the day work began to the day it was decided. */
const CYCLE: ValueSpec = {
  fn: 'avg',
  field: 'closedOn',
  since: 'startedOn',
  where: is('won'),
  label: 'shipped.cycle',
};

/** Salesperson, manager, office, product, time, and whose business it was. */
const BY: readonly GroupSpec[] = [
  { field: 'owner' },
  { field: 'owner.manager' },
  { field: 'owner.department' },
  { field: 'products' },
  { field: 'closedOn', by: 'quarter' },
  { field: 'closedOn', by: 'month' },
  { field: 'customer' },
  { field: 'customer.industry' },
  { field: 'customer.city' },
  { field: 'competitors' },
];

const MOST = 200;
const periodFirst = (by: GroupSpec | undefined, value: number) =>
  by?.by ? ({ by: 'label' } as const) : { by: value, desc: true };

/** What sales tells of its business (INS-1). Orders and receipts bring theirs along themselves. */
export const salesReports: readonly ShippedReport[] = [
  {
    name: 'ranking',
    entity: 'opportunity',
    order: 10,
    chart: 'bar',
    at: 'closedOn',
    by: BY,
    query: (by) => ({
      filter: is('won'),
      rows: by ? [by] : [],
      columns: [],
      values: [
        WON_AMOUNT,
        { fn: 'sum', field: 'amount', show: 'share', label: 'shipped.share' },
        { fn: 'count', label: 'shipped.won' },
        { fn: 'avg', field: 'amount', label: 'shipped.average' },
        CYCLE,
      ],
      sort: periodFirst(by, 0),
      limit: MOST,
    }),
  },
  {
    name: 'winRate',
    entity: 'opportunity',
    order: 20,
    chart: 'bar',
    at: 'closedOn',
    by: BY,
    query: (by) => ({
      filter: DECIDED,
      rows: by ? [by] : [],
      columns: [],
      values: [WIN_RATE, WON, LOST, WON_AMOUNT, CYCLE],
      sort: periodFirst(by, 0),
      limit: MOST,
    }),
  },
  {
    name: 'versus',
    entity: 'opportunity',
    order: 25,
    chart: 'bar',
    at: 'closedOn',
    by: [
      { field: 'competitors' },
      { field: 'products' },
      { field: 'owner' },
      { field: 'closedOn', by: 'quarter' },
    ],
    query: (by) => ({
      filter: { and: [DECIDED, { not: { field: 'competitors', op: 'empty', value: true } }] },
      rows: by ? [by] : [],
      columns: [],
      values: [WIN_RATE, WON, LOST, WON_AMOUNT],
      sort: periodFirst(by, 0),
      limit: MOST,
    }),
  },
  funnel,
  movements,
  {
    name: 'openPipeline',
    entity: 'opportunity',
    order: 50,
    chart: 'column',
    by: [
      { field: 'stage' },
      { field: 'closeDate', by: 'month' },
      { field: 'owner' },
      { field: 'owner.department' },
      { field: 'products' },
    ],
    query: (by) => ({
      filter: is('open'),
      rows: by ? [by] : [],
      columns: [],
      values: [
        { fn: 'sum', field: 'amount', label: 'shipped.openAmount' },
        { fn: 'count', label: 'shipped.open' },
        { fn: 'avg', field: 'amount', label: 'shipped.average' },
      ],
      sort: periodFirst(by, 0),
      limit: MOST,
    }),
  },
  {
    name: 'lossReasons',
    entity: 'opportunity',
    order: 60,
    chart: 'bar',
    at: 'closedOn',
    by: [{ field: 'reason' }, { field: 'competitors' }, { field: 'owner' }, { field: 'products' }],
    query: (by) => ({
      filter: is('lost'),
      rows: by ? [by] : [],
      columns: [],
      values: [
        { fn: 'count', label: 'shipped.lost' },
        { fn: 'count', show: 'share', label: 'shipped.share' },
        { fn: 'sum', field: 'amount', label: 'shipped.lostAmount' },
      ],
      sort: periodFirst(by, 0),
      limit: MOST,
    }),
  },
  activityAndResults,
];
