import type { Services } from '../../platform/context/services.ts';
import type { Behaviour } from '../../platform/entity/behaviour.ts';
import type { Module } from '../../platform/module.ts';
import { customerAchievements } from './achievements.ts';
import { contactBehaviour } from './contact/behaviour.ts';
import { contact } from './contact/entity.ts';
import { customerBehaviour } from './customer/behaviour.ts';
import { customer } from './customer/entity.ts';
import { customerRequest } from './customer/request.ts';
import { blockedGuards, standingApprovals, standingCommands } from './customer/standing.ts';
import { customerFigures } from './figures.ts';
import { customerMeasures } from './measures.ts';
import { tag } from './tag/entity.ts';

export const customers: Module<Services> = {
  name: 'customers',
  entities: [customer, contact, tag],
  behaviours: new Map<string, Behaviour>([
    ['customer', customerBehaviour],
    ['contact', contactBehaviour],
    ...blockedGuards,
  ]),
  commands: () => standingCommands,
  approvals: [...standingApprovals, customerRequest],
  achievements: customerAchievements,
  measures: customerMeasures,
  reportFigures: customerFigures,
  handover: [
    { entity: 'customer', label: 'handover.customers' },
    {
      entity: 'contact',
      label: 'handover.contacts',
      open: { field: 'customer', op: 'empty' },
    },
  ],
  translations: new URL('./i18n/', import.meta.url),
  migrations: new URL('./migrations/', import.meta.url),
};
