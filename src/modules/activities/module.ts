import type { Services } from '../../platform/context/services.ts';
import type { Behaviour } from '../../platform/entity/behaviour.ts';
import type { Module } from '../../platform/module.ts';
import { activityAchievements } from './achievements.ts';
import { activityBehaviour } from './activity/behaviour.ts';
import { activity } from './activity/entity.ts';
import { taskCalendar } from './calendar.ts';
import { contactFacts } from './facts.ts';
import { activityFigures } from './figures.ts';
import { contactMeasures } from './measures.ts';
import { taskBehaviour } from './task/behaviour.ts';
import { task } from './task/entity.ts';
import { repeatJob } from './task/repeat.ts';

export const activities: Module<Services> = {
  name: 'activities',
  entities: [activity, task],
  behaviours: new Map<string, Behaviour>([
    ['activity', activityBehaviour],
    ['task', taskBehaviour],
  ]),
  jobs: [repeatJob],
  facts: [contactFacts],
  calendar: [taskCalendar],
  achievements: activityAchievements,
  measures: contactMeasures,
  reportFigures: activityFigures,
  handover: [
    {
      entity: 'task',
      label: 'handover.tasks',
      open: { field: 'status', op: 'eq', value: 'open' },
      follows: 'customer',
    },
  ],
  translations: new URL('./i18n/', import.meta.url),
  migrations: new URL('./migrations/', import.meta.url),
};
