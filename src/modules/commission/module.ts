import type { Services } from '../../platform/context/services.ts';
import type { Behaviour } from '../../platform/entity/behaviour.ts';
import type { Module } from '../../platform/module.ts';
import { batchCommands } from './batch/commands.ts';
import { commissionBatch } from './batch/entity.ts';
import { commissionSettlement } from './batch/settlement.ts';
import { planBehaviour } from './plan/behaviour.ts';
import { planCommands } from './plan/commands.ts';
import { commissionPlan } from './plan/entity.ts';
import { agreementBehaviour } from './rebate/agreement/behaviour.ts';
import { agreementCommands } from './rebate/agreement/commands.ts';
import { rebateAgreement } from './rebate/agreement/entity.ts';
import { rebateBatchBehaviour } from './rebate/batch/behaviour.ts';
import { rebateBatchCommands } from './rebate/batch/commands.ts';
import { rebateBatch } from './rebate/batch/entity.ts';
import { rebateSettlement } from './rebate/batch/settlement.ts';
import { followTrade, rebateJobs } from './rebate/reckon/follow.ts';
import { rebateRoutes } from './rebate/routes.ts';
import { followDeals, reckonJobs } from './reckon/follow.ts';
import { commissionRoutes } from './routes.ts';
import { rowBehaviour } from './row/behaviour.ts';
import { commissionRow } from './row/entity.ts';
import { fillCommission } from './sample.ts';
import { batchApprovalOf } from './settle/approval.ts';
import { batchBehaviourOf } from './settle/behaviour.ts';
import { settlementToday } from './settle/today.ts';
import { splitBehaviour } from './split/behaviour.ts';
import { commissionShare, commissionSplit } from './split/entity.ts';

/** 提成与返利: what people earn by what comes in, and what customers get back (SAL-13). */
export const commission: Module<Services> = {
  name: 'commission',
  entities: [
    commissionPlan,
    commissionSplit,
    commissionShare,
    commissionBatch,
    commissionRow,
    rebateAgreement,
    rebateBatch,
  ],
  behaviours: new Map<string, Behaviour>([
    ['commissionPlan', planBehaviour],
    ['commissionSplit', splitBehaviour],
    ['commissionBatch', batchBehaviourOf(commissionSettlement)],
    ['commissionRow', rowBehaviour],
    ['rebateAgreement', agreementBehaviour],
    ['rebateBatch', rebateBatchBehaviour],
  ]),
  commands: () => [...planCommands, ...batchCommands, ...agreementCommands, ...rebateBatchCommands],
  routes: () => [...commissionRoutes(), ...rebateRoutes()],
  jobs: [...reckonJobs, ...rebateJobs],
  approvals: [batchApprovalOf(commissionSettlement), batchApprovalOf(rebateSettlement)],
  today: [settlementToday(commissionSettlement), settlementToday(rebateSettlement)],
  subscribers: [followDeals, followTrade],
  sample: fillCommission,
  translations: new URL('./i18n/', import.meta.url),
  migrations: new URL('./migrations/', import.meta.url),
};
