import type { Services } from '../../platform/context/services.ts';
import type { Module } from '../../platform/module.ts';
import { printRoutes } from './print/routes.ts';
import { reportQuota } from './quota/entity.ts';
import { planReminder, remindReports } from './remind.ts';
import { reportBehaviour } from './report/behaviour.ts';
import { markRead } from './report/commands.ts';
import { workReport } from './report/entity.ts';
import { reportRoutes } from './routes.ts';

export const reports: Module<Services> = {
  name: 'reports',
  entities: [workReport, reportQuota],
  behaviours: new Map([['workReport', reportBehaviour]]),
  commands: () => [markRead],
  routes: () => [...printRoutes(), ...reportRoutes()],
  jobs: [planReminder, remindReports],
  notifications: [{ name: 'report.due', defaults: { inApp: true, mail: 'off' } }],
  translations: new URL('./i18n/', import.meta.url),
  migrations: new URL('./migrations/', import.meta.url),
};
