import type { Services } from '../../platform/context/services.ts';
import type { Behaviour } from '../../platform/entity/behaviour.ts';
import type { Module } from '../../platform/module.ts';
import { customerPools } from './claim/follow.ts';
import { poolRoutes } from './claim/routes.ts';
import { poolBehaviour, unitGuard } from './pool/behaviour.ts';
import { pool } from './pool/entity.ts';
import { recycleJob } from './recycle/job.ts';
import { recyclingToday } from './recycle/today.ts';
import { fillPools } from './sample.ts';

export const pools: Module<Services> = {
  name: 'pools',
  entities: [pool],
  behaviours: new Map<string, Behaviour>([
    ['pool', poolBehaviour],
    ['customer', customerPools],
    ['user', unitGuard.user],
    ['department', unitGuard.department],
  ]),
  routes: () => poolRoutes(),
  jobs: [recycleJob],
  today: [recyclingToday],
  notifications: [
    {
      name: 'pool.assigned',
      path: '/r/customers',
      defaults: { inApp: true, mail: 'daily' },
      tells: 'assign',
    },
    { name: 'pool.warning', defaults: { inApp: true, mail: 'daily' }, importance: 'high' },
    { name: 'pool.recycled', path: '/pools', defaults: { inApp: true, mail: 'daily' } },
  ],
  sample: fillPools,
  translations: new URL('./i18n/', import.meta.url),
  migrations: new URL('./migrations/', import.meta.url),
};
