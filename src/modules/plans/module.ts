import type { Services } from '../../platform/context/services.ts';
import type { Module } from '../../platform/module.ts';
import { planApproval } from './plan/approval.ts';
import { planBehaviour } from './plan/behaviour.ts';
import { planCommands } from './plan/commands.ts';
import { salesPlan, salesPlanLine } from './plan/entity.ts';
import { planRoutes } from './routes.ts';
import { fillPlans } from './sample.ts';

/** 销售计划: what is to be sold by product, region, channel and month, and what came of it (SAL-9). */
export const plans: Module<Services> = {
  name: 'plans',
  entities: [salesPlan, salesPlanLine],
  behaviours: new Map([['salesPlan', planBehaviour]]),
  commands: () => planCommands,
  routes: () => planRoutes(),
  approvals: [planApproval],
  sample: fillPlans,
  translations: new URL('./i18n/', import.meta.url),
  migrations: new URL('./migrations/', import.meta.url),
};
