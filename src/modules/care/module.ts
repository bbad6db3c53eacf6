import { sql } from 'kysely';
import type { Services } from '../../platform/context/services.ts';
import type { Behaviour } from '../../platform/entity/behaviour.ts';
import type { Module } from '../../platform/module.ts';
import { viaSegment } from '../segments/public.ts';
import { careCalendar } from './calendar.ts';
import { closenessJob } from './closeness/job.ts';
import { dayRoutes } from './dates/days.ts';
import { careFacts } from './dates/facts.ts';
import { overCap } from './hospitality/approval.ts';
import { hospitalityBehaviour } from './hospitality/behaviour.ts';
import { hospitalityCommands } from './hospitality/commands.ts';
import { hospitalityCosts } from './hospitality/costs.ts';
import { hospitality } from './hospitality/entity.ts';
import { hospitalityRoutes } from './hospitality/routes.ts';
import { itemBehaviour, itemCommands } from './item/commands.ts';
import { careItem } from './item/entity.ts';
import { festivalCommands } from './item/festivals.ts';
import { careAfterMerge } from './item/merged.ts';
import { preferenceRoutes } from './item/preferences.ts';
import { careToday } from './item/today.ts';
import { rememberedFact } from './memory/entity.ts';
import { planBehaviour } from './plan/behaviour.ts';
import { carePlan } from './plan/entity.ts';
import { careJob, generateCommand } from './plan/job.ts';
import { brokenPlansRoute, planPreviewRoute } from './plan/preview.ts';
import { fillCare } from './sample.ts';

/** Whom to care for and when (REL-6), what is spent on whom, and who comes too close (REL-7). */
export const care: Module<Services> = {
  name: 'care',
  entities: [carePlan, careItem, rememberedFact, hospitality],
  behaviours: new Map<string, Behaviour>([
    ['carePlan', planBehaviour],
    ['careItem', itemBehaviour],
    ['hospitality', hospitalityBehaviour],
  ]),
  commands: () => [generateCommand, ...itemCommands, ...festivalCommands, ...hospitalityCommands],
  routes: () => [
    planPreviewRoute(),
    brokenPlansRoute(),
    ...dayRoutes(),
    ...preferenceRoutes(),
    ...hospitalityRoutes(),
  ],
  jobs: [careJob, closenessJob],
  facts: careFacts,
  costs: [hospitalityCosts],
  approvals: [overCap],
  subscribers: [careAfterMerge],
  calendar: careCalendar,
  today: [careToday],
  notifications: [
    { name: 'care.due', defaults: { inApp: true, mail: 'off' } },
    { name: 'care.closeness', defaults: { inApp: true, mail: 'daily' }, importance: 'high' },
  ],
  handover: [
    {
      entity: 'careItem',
      label: 'handover.care',
      open: { field: 'status', op: 'eq', value: 'open' },
      follows: 'customer',
    },
  ],
  fieldUses: [
    {
      label: 'carePlan',
      query: (speaks) => sql`select name as title from care_plan
        where deleted_at is null and ${viaSegment(sql.ref('segment_id'), speaks)}`,
    },
  ],
  sample: fillCare,
  translations: new URL('./i18n/', import.meta.url),
  migrations: new URL('./migrations/', import.meta.url),
};
