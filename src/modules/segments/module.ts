import type { Services } from '../../platform/context/services.ts';
import type { Module } from '../../platform/module.ts';
import { fillSegments } from './sample.ts';
import { segmentBehaviour } from './segment/behaviour.ts';
import { segment } from './segment/entity.ts';
import { segmentsAfterMerge } from './segment/merged.ts';
import { refresh, segmentJobs } from './segment/refresh.ts';
import { segmentRoutes } from './segment/routes.ts';
import { segmentTerm } from './segment/term.ts';

export const segments: Module<Services> = {
  name: 'segments',
  entities: [segment],
  behaviours: new Map([['segment', segmentBehaviour]]),
  commands: () => [refresh],
  routes: () => segmentRoutes(),
  jobs: segmentJobs,
  subscribers: [segmentsAfterMerge],
  filterTerms: new Map([['segment', segmentTerm]]),
  sample: fillSegments,
  translations: new URL('./i18n/', import.meta.url),
  migrations: new URL('./migrations/', import.meta.url),
};
