import type { Services } from '../../platform/context/services.ts';
import type { Module } from '../../platform/module.ts';
import { overdueRoute } from './overdue.ts';
import { contactCalendar, rhythmFacts } from './rhythm.ts';

export const calendar: Module<Services> = {
  name: 'calendar',
  entities: [],
  routes: () => [overdueRoute],
  facts: [rhythmFacts],
  calendar: [contactCalendar],
  translations: new URL('./i18n/', import.meta.url),
  migrations: new URL('./migrations/', import.meta.url),
};
