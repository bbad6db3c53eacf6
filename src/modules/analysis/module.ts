import type { Services } from '../../platform/context/services.ts';
import type { Module } from '../../platform/module.ts';
import { dashboardBehaviour } from './dashboard/behaviour.ts';
import { dashboard } from './dashboard/entity.ts';
import { dashboardRoutes } from './dashboard/routes.ts';
import { answerJob } from './run/answer.ts';
import { runRoutes } from './run/routes.ts';
import { savedBehaviour } from './saved/behaviour.ts';
import { savedReport } from './saved/entity.ts';

export const analysis: Module<Services> = {
  name: 'analysis',
  entities: [savedReport, dashboard],
  behaviours: new Map([
    ['savedReport', savedBehaviour],
    ['dashboard', dashboardBehaviour],
  ]),
  routes: () => [...runRoutes(), ...dashboardRoutes()],
  jobs: [answerJob],
  translations: new URL('./i18n/', import.meta.url),
  migrations: new URL('./migrations/', import.meta.url),
};
