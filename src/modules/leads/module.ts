import type { Services } from '../../platform/context/services.ts';
import type { Behaviour } from '../../platform/entity/behaviour.ts';
import type { Module } from '../../platform/module.ts';
import { channelBehaviour } from './channel/behaviour.ts';
import { leadChannel } from './channel/entity.ts';
import { secretCommand } from './channel/secret.ts';
import { convert } from './convert/convert.ts';
import { unconvert } from './convert/unconvert.ts';
import { inquiry } from './inquiry/entity.ts';
import { followUpAnswers } from './lead/answer.ts';
import { leadBehaviour } from './lead/behaviour.ts';
import { leadCommands } from './lead/commands.ts';
import { lead } from './lead/entity.ts';
import { openLeads } from './lead/ownership.ts';
import { routeBehaviour } from './route/behaviour.ts';
import { leadRoute } from './route/entity.ts';
import { routeCommand } from './route/route.ts';
import { leadsToday } from './route/today.ts';
import { nightWatchJob, watchJob } from './route/watch.ts';
import { leadRoutes } from './routes.ts';
import { fillLeads } from './sample.ts';
import { scoreRuleBehaviour } from './score/behaviour.ts';
import { leadScoreRule } from './score/entity.ts';
import { scoreFacts } from './score/facts.ts';
import { judgeJob, learnJob } from './score/learn.ts';

export const leads: Module<Services> = {
  name: 'leads',
  entities: [leadChannel, leadRoute, leadScoreRule, lead, inquiry],
  behaviours: new Map<string, Behaviour>([
    ['lead', leadBehaviour],
    ['activity', followUpAnswers],
    ['leadRoute', routeBehaviour],
    ['leadChannel', channelBehaviour],
    ['leadScoreRule', scoreRuleBehaviour],
  ]),
  commands: (services) => [...leadCommands, routeCommand, convert, unconvert, secretCommand(services)],
  routes: () => leadRoutes(),
  jobs: [watchJob, nightWatchJob, learnJob, judgeJob],
  facts: [scoreFacts],
  today: [leadsToday],
  notifications: [
    { name: 'lead.assigned', defaults: { inApp: true, mail: 'now' }, importance: 'high', tells: 'route' },
    { name: 'lead.assignedUntil', defaults: { inApp: true, mail: 'now' }, importance: 'high' },
    { name: 'lead.passedOn', defaults: { inApp: true, mail: 'daily' } },
    { name: 'lead.unanswered', defaults: { inApp: true, mail: 'now' }, importance: 'high' },
    { name: 'lead.again', defaults: { inApp: true, mail: 'now' }, importance: 'high' },
    { name: 'inquiry.customer', defaults: { inApp: true, mail: 'now' }, importance: 'high' },
    { name: 'lead.unrouted', defaults: { inApp: true, mail: 'daily' } },
  ],
  handover: [openLeads],
  sample: fillLeads,
  translations: new URL('./i18n/', import.meta.url),
  migrations: new URL('./migrations/', import.meta.url),
};
