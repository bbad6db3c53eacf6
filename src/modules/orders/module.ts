import type { Services } from '../../platform/context/services.ts';
import type { Behaviour } from '../../platform/entity/behaviour.ts';
import type { Module } from '../../platform/module.ts';
import { orderAchievements } from './achievements.ts';
import { contractApproval } from './contract/approval.ts';
import { contractBehaviour } from './contract/behaviour.ts';
import { contractCommands } from './contract/commands.ts';
import { contract, contractInstalment, contractLine } from './contract/entity.ts';
import { deliveryBehaviour, returnBehaviour } from './delivery/behaviour.ts';
import { deliveryCommands } from './delivery/commands.ts';
import { delivery, deliveryLine, returnLine, returnOrder } from './delivery/entity.ts';
import { makingCommands } from './making.ts';
import { orderMeasures } from './measures.ts';
import { orderBehaviour } from './order/behaviour.ts';
import { orderCommands } from './order/commands.ts';
import { order, orderInstalment, orderLine } from './order/entity.ts';
import { openContracts, openOrders, ordersKeep, ordersWin } from './ownership.ts';
import { orderPapers } from './papers.ts';
import { orderRoutes } from './routes.ts';
import { fillOrders } from './sample.ts';
import { orderReports } from './shipped.ts';
import { ordersCalendar, ordersFigures, ordersToday } from './today.ts';
import { togetherJob } from './together/count.ts';
import { togetherAfterMerge } from './together/follow.ts';

/** 合同与订单: what was agreed, what was ordered, and what of it has come to the customer. */
export const orders: Module<Services> = {
  name: 'orders',
  entities: [
    contract,
    contractLine,
    contractInstalment,
    order,
    orderLine,
    orderInstalment,
    delivery,
    deliveryLine,
    returnOrder,
    returnLine,
  ],
  behaviours: new Map<string, Behaviour>([
    ['contract', contractBehaviour],
    ['order', orderBehaviour],
    ['delivery', deliveryBehaviour],
    ['returnOrder', returnBehaviour],
  ]),
  commands: () => [...contractCommands, ...orderCommands, ...deliveryCommands, ...makingCommands],
  approvals: [contractApproval],
  achievements: orderAchievements,
  papers: orderPapers,
  measures: orderMeasures,
  handover: [openContracts, openOrders],
  keeps: [ordersKeep],
  wins: [ordersWin],
  today: [ordersToday],
  calendar: ordersCalendar,
  reportFigures: ordersFigures,
  shippedReports: orderReports,
  sample: fillOrders,
  jobs: [togetherJob],
  subscribers: [togetherAfterMerge],
  routes: () => orderRoutes(),
  translations: new URL('./i18n/', import.meta.url),
  migrations: new URL('./migrations/', import.meta.url),
};
