import type { Behaviour } from '../../platform/entity/behaviour.ts';
import type { Module } from '../../platform/module.ts';
import type { AccountServices } from '../organisation/public.ts';
import { partnerBehaviour, sideGuard } from './partner/behaviour.ts';
import { endingCommands } from './partner/ending.ts';
import { partner } from './partner/entity.ts';
import { peopleCommands } from './partner/people.ts';
import { partnerRoutes } from './partner/routes.ts';

/** 渠道: dealers, agents and retailers, with their own people, customers and results (SAL-9). */
export const channel: Module<AccountServices> = {
  name: 'channel',
  entities: [partner],
  behaviours: new Map<string, Behaviour>([
    ['partner', partnerBehaviour],
    ['department', sideGuard],
  ]),
  commands: (services) => [...peopleCommands(services), ...endingCommands],
  routes: () => partnerRoutes(),
  notifications: [{ name: 'partner.ended', defaults: { inApp: true, mail: 'now' } }],
  translations: new URL('./i18n/', import.meta.url),
  migrations: new URL('./migrations/', import.meta.url),
};
