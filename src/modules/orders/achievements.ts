import type { Achievement, Tally } from '../../platform/achievements/achievement.ts';
import type { Filter } from '../../platform/entity/meta.shared.ts';

const is = (field: string, ...value: string[]): Filter => ({ field, op: 'in', value });
const IN_FORCE = ['effective', 'amending', 'inApproval', 'completed'];
const TAKEN = ['confirmed', 'partlyDelivered', 'delivered', 'closed'];
const province = 'customer.province';

/** Goods of orders, less those that came back. */
const GOODS: Tally = {
  entity: 'orderLine',
  performer: 'order.performer',
  at: 'order.date',
  value: { fn: 'sum', field: 'gross', except: ['returned', 'quantity'] },
  filter: is('order.status', ...TAKEN),
  quantity: { fn: 'sum', field: 'quantity', except: ['returned', 'quantity'] },
  product: 'product',
  category: 'product.category',
  province,
};

/** What left the house, less what of it came back. */
const SENT: Tally = {
  entity: 'deliveryLine',
  performer: 'delivery.order.performer',
  at: 'delivery.shippedOn',
  value: { fn: 'sum', field: 'gross', except: ['orderLine.returned', 'orderLine.quantity'] },
  filter: is('delivery.status', 'shipped', 'received'),
  quantity: { fn: 'sum', field: 'quantity', except: ['orderLine.returned', 'orderLine.quantity'] },
  product: 'orderLine.product',
  category: 'orderLine.product.category',
  province,
};

/** What was agreed and ordered, as in force now; and what of it we earn, as far as it is known what goods cost us. */
export const orderAchievements: readonly Achievement[] = [
  {
    name: 'contracts',
    unit: 'money',
    whole: {
      entity: 'contract',
      performer: 'performer',
      at: 'signedOn',
      value: { fn: 'sum', field: 'effectiveTotal' },
      filter: {
        and: [is('status', ...IN_FORCE), { field: 'effectiveTotal', op: 'empty', value: false }],
      },
      province,
    },
    byProduct: {
      entity: 'contractLine',
      performer: 'contract.performer',
      at: 'contract.signedOn',
      value: { fn: 'sum', field: 'gross' },
      filter: {
        and: [
          is('contract.status', ...IN_FORCE),
          { field: 'contract.effectiveTotal', op: 'empty', value: false },
        ],
      },
      product: 'product',
      category: 'product.category',
      province,
    },
  },
  {
    name: 'orders',
    unit: 'money',
    whole: {
      entity: 'order',
      performer: 'performer',
      at: 'date',
      value: { fn: 'sum', field: 'effectiveTotal' },
      filter: is('status', ...TAKEN),
      province,
    },
    byProduct: GOODS,
  },
  { name: 'delivered', unit: 'money', whole: SENT },
  {
    name: 'margin',
    unit: 'money',
    whole: {
      ...GOODS,
      value: { fn: 'sum', field: 'net', less: ['cost', 'quantity'], except: ['returned', 'quantity'] },
      filter: { and: [GOODS.filter as Filter, { field: 'cost', op: 'empty', value: false }] },
    },
  },
];
