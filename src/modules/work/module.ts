import { sql } from 'kysely';
import type { Services } from '../../platform/context/services.ts';
import type { Behaviour } from '../../platform/entity/behaviour.ts';
import type { Module } from '../../platform/module.ts';
import { viaSegment } from '../segments/public.ts';
import { plannedBehaviour } from './behaviours.ts';
import { workCalendar } from './calendar.ts';
import { callBackBehaviour } from './call-back/behaviour.ts';
import { callBackCommands } from './call-back/commands.ts';
import { callBack } from './call-back/entity.ts';
import { callBackJob, callBackSubscriber } from './call-back/jobs.ts';
import { callBackPlan } from './call-back/plan-entity.ts';
import { promiseFacts } from './facts.ts';
import { workFigures } from './figures.ts';
import { meetingCommands } from './meeting/commands.ts';
import { meeting } from './meeting/entity.ts';
import { workNotifications } from './notifications.ts';
import { openWork, promiseKeeps } from './open-work.ts';
import { promiseBehaviour } from './promise/behaviour.ts';
import { promiseCommands } from './promise/commands.ts';
import { promise } from './promise/entity.ts';
import { workRoutes } from './routes.ts';
import { fillWork } from './sample.ts';
import { rhythmToday } from './today/rhythm.ts';
import { callBacksToday, meetingsToday, promisesToday, tasksToday, visitsToday } from './today/sources.ts';
import { visitCommands } from './visit/commands.ts';
import { visitCosts } from './visit/costs.ts';
import { visit } from './visit/entity.ts';
import { taskWatch } from './watch/follow.ts';
import { nightWatchJob, watchJob } from './watch/job.ts';

export const work: Module<Services> = {
  name: 'work',
  entities: [promise, visit, meeting, callBackPlan, callBack],
  behaviours: new Map<string, Behaviour>([
    ['promise', promiseBehaviour],
    ['visit', plannedBehaviour],
    ['meeting', plannedBehaviour],
    ['callBack', callBackBehaviour],
  ]),
  commands: () => [...promiseCommands, ...visitCommands, ...meetingCommands, ...callBackCommands],
  routes: () => workRoutes(),
  jobs: [watchJob, nightWatchJob, callBackJob],
  subscribers: [callBackSubscriber, taskWatch],
  notifications: workNotifications,
  facts: [promiseFacts],
  costs: visitCosts,
  handover: openWork,
  keeps: [promiseKeeps],
  calendar: workCalendar,
  reportFigures: workFigures,
  today: [promisesToday, visitsToday, meetingsToday, rhythmToday, callBacksToday, tasksToday],
  fieldUses: [
    {
      label: 'callBackPlan',
      query: (speaks) => sql`select name as title from call_back_plan
        where deleted_at is null and ${viaSegment(sql.ref('segment_id'), speaks)}`,
    },
  ],
  sample: fillWork,
  translations: new URL('./i18n/', import.meta.url),
  migrations: new URL('./migrations/', import.meta.url),
};
