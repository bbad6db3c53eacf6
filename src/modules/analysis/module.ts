import type { Services } from '../../platform/context/services.ts';
import type { Module } from '../../platform/module.ts';
import { dashboardBehaviour } from './dashboard/behaviour.ts';
import { dashboard } from './dashboard/entity.ts';
import { dashboardRoutes } from './dashboard/routes.ts';
import { mailingBehaviour } from './mailing/behaviour.ts';
import { reportMailing } from './mailing/entity.ts';
import { mailJob } from './mailing/send.ts';
import { aheadJob } from './run/ahead.ts';
import { answerJob } from './run/answer.ts';
import { runRoutes } from './run/routes.ts';
import { savedBehaviour } from './saved/behaviour.ts';
import { savedReport } from './saved/entity.ts';

export const analysis: Module<Services> = {
  name: 'analysis',
  entities: [savedReport, dashboard, reportMailing],
  behaviours: new Map([
    ['savedReport', savedBehaviour],
    ['dashboard', dashboardBehaviour],
    ['reportMailing', mailingBehaviour],
  ]),
  routes: () => [...runRoutes(), ...dashboardRoutes()],
  jobs: [aheadJob, answerJob, mailJob],
  translations: new URL('./i18n/', import.meta.url),
  migrations: new URL('./migrations/', import.meta.url),
};
