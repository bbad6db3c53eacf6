import type { Services } from '../../platform/context/services.ts';
import type { Behaviour } from '../../platform/entity/behaviour.ts';
import type { Module } from '../../platform/module.ts';
import { convert } from './convert/convert.ts';
import { unconvert } from './convert/unconvert.ts';
import { followUpAnswers } from './lead/answer.ts';
import { leadBehaviour } from './lead/behaviour.ts';
import { leadCommands } from './lead/commands.ts';
import { lead } from './lead/entity.ts';
import { openLeads } from './lead/ownership.ts';
import { leadRoutes } from './routes.ts';

export const leads: Module<Services> = {
  name: 'leads',
  entities: [lead],
  behaviours: new Map<string, Behaviour>([
    ['lead', leadBehaviour],
    ['activity', followUpAnswers],
  ]),
  commands: () => [...leadCommands, convert, unconvert],
  routes: () => leadRoutes(),
  handover: [openLeads],
  translations: new URL('./i18n/', import.meta.url),
  migrations: new URL('./migrations/', import.meta.url),
};
