import type { Services } from '../../platform/context/services.ts';
import type { Module } from '../../platform/module.ts';
import { handoverJob } from './plan/run.ts';
import { remindJob } from './remind.ts';
import { handoverRoutes } from './routes.ts';

export const handover: Module<Services> = {
  name: 'handover',
  entities: [],
  routes: () => handoverRoutes(),
  jobs: [handoverJob, remindJob],
  notifications: [
    {
      name: 'handover.received',
      path: '/briefing/{id}',
      defaults: { inApp: true, mail: 'now' },
      tells: 'handover',
    },
    { name: 'handover.undone', path: '/handover', defaults: { inApp: true, mail: 'daily' } },
    { name: 'handover.waiting', path: '/handover', defaults: { inApp: true, mail: 'daily' } },
  ],
  translations: new URL('./i18n/', import.meta.url),
  migrations: new URL('./migrations/', import.meta.url),
};
