import type { Services } from '../../platform/context/services.ts';
import type { Module } from '../../platform/module.ts';
import { schemeBehaviour } from './assessment/behaviour.ts';
import { assessmentScheme } from './assessment/entity.ts';
import { assessmentRoutes } from './assessment/routes.ts';
import { attainmentReport } from './attainment/report.ts';
import { attainmentRoutes } from './attainment/routes.ts';
import { fillPerformance } from './sample.ts';
import { targetBehaviour } from './target/behaviour.ts';
import { salesTarget } from './target/entity.ts';
import { targetRoutes } from './target/routes.ts';
import { performanceToday } from './today.ts';

/** 目标与业绩: what people are to achieve, how far they have come, and how they are judged by it (SAL-7). */
export const performance: Module<Services> = {
  name: 'performance',
  entities: [salesTarget, assessmentScheme],
  behaviours: new Map([
    ['salesTarget', targetBehaviour],
    ['assessmentScheme', schemeBehaviour],
  ]),
  routes: () => [...targetRoutes(), ...attainmentRoutes(), ...assessmentRoutes()],
  today: [performanceToday],
  sample: fillPerformance,
  shippedReports: [attainmentReport],
  notifications: [
    { name: 'assessment.locked', defaults: { inApp: true, mail: 'off' } },
    { name: 'assessment.appealed', defaults: { inApp: true, mail: 'off' } },
    { name: 'assessment.answered', defaults: { inApp: true, mail: 'off' } },
  ],
  translations: new URL('./i18n/', import.meta.url),
  migrations: new URL('./migrations/', import.meta.url),
};
