import type { Services } from '../../platform/context/services.ts';
import type { Behaviour } from '../../platform/entity/behaviour.ts';
import type { Module } from '../../platform/module.ts';
import { salesAchievements } from './achievements.ts';
import { chanceFacts } from './chance/facts.ts';
import { learnJob } from './chance/learn.ts';
import { chanceRoute } from './chance/routes.ts';
import { datedToday } from './market/behaviour.ts';
import { marketNote } from './market/note.ts';
import { competitorPrice } from './market/price.ts';
import { opportunityBehaviour } from './opportunity/behaviour.ts';
import { competitor } from './opportunity/competitor.ts';
import { opportunity } from './opportunity/entity.ts';
import { openOpportunities, opportunityKeeps, opportunityWins } from './opportunity/ownership.ts';
import { pipelineBehaviour, stageBehaviour } from './pipeline/behaviour.ts';
import { pipeline } from './pipeline/entity.ts';
import { stage } from './pipeline/stage.ts';
import { salesRoutes } from './routes.ts';
import { fillSales } from './sample.ts';
import { salesReports } from './shipped/shipped.ts';
import { stakeholderBehaviour } from './stakeholder/behaviour.ts';
import { stakeholder } from './stakeholder/entity.ts';

export const sales: Module<Services> = {
  name: 'sales',
  entities: [pipeline, stage, opportunity, stakeholder, competitor, competitorPrice, marketNote],
  behaviours: new Map<string, Behaviour>([
    ['opportunity', opportunityBehaviour],
    ['stakeholder', stakeholderBehaviour],
    ['competitorPrice', datedToday],
    ['marketNote', datedToday],
    ['pipeline', pipelineBehaviour],
    ['stage', stageBehaviour],
  ]),
  handover: [openOpportunities],
  keeps: [opportunityKeeps],
  wins: [opportunityWins],
  achievements: salesAchievements,
  shippedReports: salesReports,
  facts: [chanceFacts],
  jobs: [learnJob],
  routes: () => [...salesRoutes(), chanceRoute],
  sample: fillSales,
  translations: new URL('./i18n/', import.meta.url),
  migrations: new URL('./migrations/', import.meta.url),
};
