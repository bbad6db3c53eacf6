import type { Services } from '../../platform/context/services.ts';
import type { Module } from '../../platform/module.ts';
import { acquaintance } from './acquaintance/entity.ts';
import { networkRoutes } from './routes.ts';
import { fillNetwork } from './sample.ts';
import { teamBehaviour } from './team/behaviour.ts';
import { teamMember } from './team/entity.ts';
import { teamFacts } from './team/facts.ts';
import { teamLive } from './team/live.ts';
import { acquaintanceBehaviour, tieBehaviour } from './tie/behaviour.ts';
import { tie } from './tie/entity.ts';
import { tiesFollow } from './tie/follow.ts';
import { coverageFacts } from './warnings/facts.ts';

/** Who works on a customer, who knows whom there, and what belongs together (CUS-10, CUS-11). */
export const network: Module<Services> = {
  name: 'network',
  entities: [teamMember, tie, acquaintance],
  behaviours: new Map([
    ['teamMember', teamBehaviour],
    ['tie', tieBehaviour],
    ['acquaintance', acquaintanceBehaviour],
  ]),
  routes: networkRoutes,
  subscribers: [teamLive, tiesFollow],
  facts: [teamFacts, coverageFacts],
  sample: fillNetwork,
  translations: new URL('./i18n/', import.meta.url),
  migrations: new URL('./migrations/', import.meta.url),
};
