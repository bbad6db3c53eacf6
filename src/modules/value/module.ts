import type { Services } from '../../platform/context/services.ts';
import type { Behaviour } from '../../platform/entity/behaviour.ts';
import type { Module } from '../../platform/module.ts';
import { costBehaviour } from './entry/behaviour.ts';
import { costEntry } from './entry/entity.ts';
import { costJob, followCauses } from './entry/follow.ts';
import { costMeasures } from './measures.ts';
import { valueRoutes } from './routes.ts';
import { referralBehaviour } from './values/behaviour.ts';
import { referral, valueJudgement } from './values/entities.ts';

/** What a relation costs, what it is worth, and whether it pays (CUS-12). */
export const value: Module<Services> = {
  name: 'value',
  entities: [costEntry, valueJudgement, referral],
  behaviours: new Map<string, Behaviour>([
    ['costEntry', costBehaviour],
    ['referral', referralBehaviour],
  ]),
  routes: () => valueRoutes(),
  jobs: [costJob],
  subscribers: [followCauses],
  measures: costMeasures,
  translations: new URL('./i18n/', import.meta.url),
  migrations: new URL('./migrations/', import.meta.url),
};
