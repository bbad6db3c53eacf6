import type { Services } from '../../platform/context/services.ts';
import type { Module } from '../../platform/module.ts';
import { gradeFacts } from './facts.ts';
import { followChanges } from './grade/follow.ts';
import { gradeJobs } from './grade/jobs.ts';
import { gradeNotifications } from './grade/notice.ts';
import { gradeRoutes } from './routes.ts';
import { fillGrades } from './sample.ts';
import { schemeBehaviour } from './scheme/behaviour.ts';
import { schemeCommands } from './scheme/commands.ts';
import { gradeScheme } from './scheme/entity.ts';

export const grades: Module<Services> = {
  name: 'grades',
  entities: [gradeScheme],
  behaviours: new Map([['gradeScheme', schemeBehaviour]]),
  commands: () => schemeCommands,
  routes: () => gradeRoutes(),
  jobs: gradeJobs,
  subscribers: [followChanges],
  notifications: gradeNotifications,
  facts: [gradeFacts],
  sample: fillGrades,
  translations: new URL('./i18n/', import.meta.url),
  migrations: new URL('./migrations/', import.meta.url),
};
