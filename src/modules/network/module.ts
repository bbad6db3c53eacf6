import type { Services } from '../../platform/context/services.ts';
import type { Module } from '../../platform/module.ts';
import { teamBehaviour } from './team/behaviour.ts';
import { teamMember } from './team/entity.ts';
import { teamFacts } from './team/facts.ts';
import { teamLive } from './team/live.ts';

/** Who works on a customer, who knows whom there, and what belongs together (CUS-10, CUS-11). */
export const network: Module<Services> = {
  name: 'network',
  entities: [teamMember],
  behaviours: new Map([['teamMember', teamBehaviour]]),
  subscribers: [teamLive],
  facts: [teamFacts],
  translations: new URL('./i18n/', import.meta.url),
  migrations: new URL('./migrations/', import.meta.url),
};
