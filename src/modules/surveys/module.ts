import type { Services } from '../../platform/context/services.ts';
import type { Behaviour } from '../../platform/entity/behaviour.ts';
import type { Module } from '../../platform/module.ts';
import { inviteCommands } from './invite/commands.ts';
import { surveyMailJob } from './invite/mail.ts';
import { invitesAfterMerge } from './invite/merged.ts';
import { surveyRoutes } from './routes.ts';
import { fillSurveys } from './sample.ts';
import { surveyBehaviour } from './survey/behaviour.ts';
import { surveyCommands } from './survey/commands.ts';
import { survey, surveyAnswer, surveyQuestion } from './survey/entity.ts';

/** 调研问卷: questions people outside answer by a link, and what that brings (SAL-11, SVC-9). */
export const surveys: Module<Services> = {
  name: 'surveys',
  entities: [survey, surveyQuestion, surveyAnswer],
  behaviours: new Map<string, Behaviour>([['survey', surveyBehaviour]]),
  commands: (services) => [...surveyCommands, ...inviteCommands(services)],
  routes: () => surveyRoutes(),
  jobs: [surveyMailJob],
  subscribers: [invitesAfterMerge],
  notifications: [{ name: 'survey.answered', defaults: { inApp: true, mail: 'off' } }],
  sample: fillSurveys,
  translations: new URL('./i18n/', import.meta.url),
  migrations: new URL('./migrations/', import.meta.url),
};
