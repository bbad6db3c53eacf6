import type { Services } from '../../platform/context/services.ts';
import type { Module } from '../../platform/module.ts';
import { contractBehaviour } from './contract/behaviour.ts';
import { contract, contractInstalment, contractLine } from './contract/entity.ts';
import { orderBehaviour } from './order/behaviour.ts';
import { order, orderInstalment, orderLine } from './order/entity.ts';
import { openContracts, openOrders } from './ownership.ts';

/** 合同与订单: what was agreed, what was ordered, and what of it has come to the customer. */
export const orders: Module<Services> = {
  name: 'orders',
  entities: [contract, contractLine, contractInstalment, order, orderLine, orderInstalment],
  behaviours: new Map([
    ['contract', contractBehaviour],
    ['order', orderBehaviour],
  ]),
  handover: [openContracts, openOrders],
  translations: new URL('./i18n/', import.meta.url),
  migrations: new URL('./migrations/', import.meta.url),
};
