import type { Services } from '../../platform/context/services.ts';
import type { Behaviour } from '../../platform/entity/behaviour.ts';
import type { Module } from '../../platform/module.ts';
import { messageGate } from './reply/gate.ts';
import { sequenceRoutes } from './routes.ts';
import { enrolWhatEnters, sequenceNight } from './rule/enter.ts';
import { runBehaviour } from './run/behaviour.ts';
import { runCommands } from './run/commands.ts';
import { enrolCommands } from './run/enrol.ts';
import { sequenceRun } from './run/entity.ts';
import { endRuns } from './run/follow.ts';
import { runJob } from './run/job.ts';
import { fillSequences } from './sample.ts';
import { sequenceBehaviour } from './sequence/behaviour.ts';
import { sequence, sequenceStep } from './sequence/entity.ts';

/** 自动跟进: steps that follow one another until there is an answer, and what a stage recommends (SAL-10). */
export const sequences: Module<Services> = {
  name: 'sequences',
  entities: [sequence, sequenceStep, sequenceRun],
  behaviours: new Map<string, Behaviour>([
    ['sequence', sequenceBehaviour],
    ['sequenceRun', runBehaviour],
    ['task', messageGate],
  ]),
  commands: () => [...enrolCommands, ...runCommands],
  routes: () => sequenceRoutes(),
  jobs: [runJob, sequenceNight],
  subscribers: [endRuns, enrolWhatEnters],
  notifications: [{ name: 'sequence.reply', defaults: { inApp: true, mail: 'now' }, importance: 'high' }],
  handover: [
    {
      entity: 'sequenceRun',
      label: 'handover.sequences',
      open: { field: 'status', op: 'in', value: ['active', 'paused'] },
      follows: 'customer',
    },
  ],
  sample: fillSequences,
  translations: new URL('./i18n/', import.meta.url),
  migrations: new URL('./migrations/', import.meta.url),
};
