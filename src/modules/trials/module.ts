import type { Services } from '../../platform/context/services.ts';
import type { Behaviour } from '../../platform/entity/behaviour.ts';
import type { Module } from '../../platform/module.ts';
import { trialRoutes } from './routes.ts';
import { fillTrials } from './sample.ts';
import { trialApproval } from './trial/approval.ts';
import { trialBehaviour } from './trial/behaviour.ts';
import { trialCommands } from './trial/commands.ts';
import { trialCosts } from './trial/costs.ts';
import { trialJob } from './trial/due.ts';
import { trial } from './trial/entity.ts';
import { trialsToday } from './trial/today.ts';

/** 样品与试用: what of ours is with customers, until when, and what came of it (SAL-14). */
export const trials: Module<Services> = {
  name: 'trials',
  entities: [trial],
  behaviours: new Map<string, Behaviour>([['trial', trialBehaviour]]),
  commands: () => [...trialCommands],
  routes: () => trialRoutes(),
  jobs: [trialJob],
  sample: fillTrials,
  approvals: [trialApproval],
  costs: [trialCosts],
  today: [trialsToday],
  notifications: [
    { name: 'trial.due', defaults: { inApp: true, mail: 'daily' } },
    { name: 'trial.overdue', defaults: { inApp: true, mail: 'daily' }, importance: 'high' },
  ],
  handover: [
    {
      entity: 'trial',
      label: 'handover.trials',
      open: { field: 'status', op: 'in', value: ['draft', 'approving', 'out'] },
      follows: 'customer',
    },
  ],
  translations: new URL('./i18n/', import.meta.url),
  migrations: new URL('./migrations/', import.meta.url),
};
