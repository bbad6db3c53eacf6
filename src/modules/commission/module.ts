import type { Services } from '../../platform/context/services.ts';
import type { Behaviour } from '../../platform/entity/behaviour.ts';
import type { Module } from '../../platform/module.ts';
import { batchApproval } from './batch/approval.ts';
import { batchBehaviour } from './batch/behaviour.ts';
import { batchCommands } from './batch/commands.ts';
import { commissionBatch } from './batch/entity.ts';
import { planBehaviour } from './plan/behaviour.ts';
import { planCommands } from './plan/commands.ts';
import { commissionPlan } from './plan/entity.ts';
import { followDeals, reckonJobs } from './reckon/follow.ts';
import { commissionRoutes } from './routes.ts';
import { rowBehaviour } from './row/behaviour.ts';
import { commissionRow } from './row/entity.ts';
import { splitBehaviour } from './split/behaviour.ts';
import { commissionShare, commissionSplit } from './split/entity.ts';

/** 提成与返利: what people earn by what comes in, and what customers get back (SAL-13). */
export const commission: Module<Services> = {
  name: 'commission',
  entities: [commissionPlan, commissionSplit, commissionShare, commissionBatch, commissionRow],
  behaviours: new Map<string, Behaviour>([
    ['commissionPlan', planBehaviour],
    ['commissionSplit', splitBehaviour],
    ['commissionBatch', batchBehaviour],
    ['commissionRow', rowBehaviour],
  ]),
  commands: () => [...planCommands, ...batchCommands],
  routes: () => commissionRoutes(),
  jobs: reckonJobs,
  approvals: [batchApproval],
  subscribers: [followDeals],
  translations: new URL('./i18n/', import.meta.url),
  migrations: new URL('./migrations/', import.meta.url),
};
