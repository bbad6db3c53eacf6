import type { Services } from '../../platform/context/services.ts';
import type { Module } from '../../platform/module.ts';
import { stageFacts } from './facts.ts';
import { stageUses } from './model/store.ts';
import { lifecycleRoutes } from './routes.ts';
import { fillLifecycle } from './sample.ts';
import { followChanges, lifecycleJobs } from './stage/run.ts';

export const lifecycle: Module<Services> = {
  name: 'lifecycle',
  entities: [],
  routes: () => lifecycleRoutes(),
  jobs: lifecycleJobs,
  subscribers: [followChanges],
  facts: [stageFacts],
  fieldUses: [stageUses],
  sample: fillLifecycle,
  translations: new URL('./i18n/', import.meta.url),
  migrations: new URL('./migrations/', import.meta.url),
};
