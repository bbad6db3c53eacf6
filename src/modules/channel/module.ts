import type { Behaviour } from '../../platform/entity/behaviour.ts';
import type { Module } from '../../platform/module.ts';
import type { AccountServices } from '../organisation/public.ts';
import { mineRoutes } from './mine/routes.ts';
import { partnerBehaviour, sideGuard } from './partner/behaviour.ts';
import { endingCommands } from './partner/ending.ts';
import { partner } from './partner/entity.ts';
import { peopleCommands } from './partner/people.ts';
import { partnerRoutes } from './partner/routes.ts';
import { registrationBehaviour } from './registration/behaviour.ts';
import { dealDecisions } from './registration/decide.ts';
import { dealRegistration } from './registration/entity.ts';
import { dealsJob, dealWins } from './registration/expire.ts';
import { registrationRoutes } from './registration/routes.ts';
import { resultRoutes } from './results/routes.ts';
import { fillChannel } from './sample.ts';
import { stockBehaviour } from './stock/behaviour.ts';
import { stockDeclaration } from './stock/entity.ts';

/** 渠道: dealers, agents and retailers, with their own people, customers and results (SAL-9). */
export const channel: Module<AccountServices> = {
  name: 'channel',
  entities: [partner, dealRegistration, stockDeclaration],
  behaviours: new Map<string, Behaviour>([
    ['partner', partnerBehaviour],
    ['department', sideGuard],
    ['dealRegistration', registrationBehaviour],
    ['stockDeclaration', stockBehaviour],
  ]),
  commands: (services) => [...peopleCommands(services), ...endingCommands, ...dealDecisions],
  routes: () => [...partnerRoutes(), ...registrationRoutes(), ...resultRoutes(), ...mineRoutes()],
  jobs: [dealsJob],
  subscribers: [dealWins],
  sample: fillChannel,
  handover: [
    {
      entity: 'partner',
      label: 'handover.partners',
      open: { field: 'status', op: 'eq', value: 'active' },
    },
  ],
  notifications: [
    { name: 'partner.ended', defaults: { inApp: true, mail: 'now' } },
    { name: 'partner.ordered', defaults: { inApp: true, mail: 'now' } },
    { name: 'deal.submitted', defaults: { inApp: true, mail: 'now' } },
    { name: 'deal.approved', defaults: { inApp: true, mail: 'now' } },
    { name: 'deal.refused', defaults: { inApp: true, mail: 'now' } },
    { name: 'deal.expiring', defaults: { inApp: true, mail: 'daily' } },
  ],
  translations: new URL('./i18n/', import.meta.url),
  migrations: new URL('./migrations/', import.meta.url),
};
