import type { Services } from '../../platform/context/services.ts';
import type { Behaviour } from '../../platform/entity/behaviour.ts';
import type { Module } from '../../platform/module.ts';
import { forecastBacktest } from './backtest/report.ts';
import { learnJob } from './model/learn.ts';
import { judgedForecast, judgeForecast } from './override.ts';
import { answerJob } from './page/kept.ts';

import { salesForecast } from './page/report.ts';
import { forecastRoutes } from './routes.ts';
import { fillForecast } from './sample.ts';
import { planSnapshotJob, snapshotJob } from './snapshot/snapshot.ts';

/** 销售预测: what a period will bring, how surely, and how well that was told before (SAL-8). */
export const forecast: Module<Services> = {
  name: 'forecast',
  entities: [],
  behaviours: new Map<string, Behaviour>([['opportunity', judgedForecast]]),
  commands: () => [judgeForecast],
  jobs: [learnJob, answerJob, snapshotJob, planSnapshotJob],
  routes: () => forecastRoutes(),
  sample: fillForecast,
  shippedReports: [salesForecast, forecastBacktest],
  translations: new URL('./i18n/', import.meta.url),
  migrations: new URL('./migrations/', import.meta.url),
};
