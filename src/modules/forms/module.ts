import type { Services } from '../../platform/context/services.ts';
import type { Module } from '../../platform/module.ts';
import { formBehaviour } from './form/behaviour.ts';
import { formCommands } from './form/commands.ts';
import { customerForm } from './form/entity.ts';
import { formsAfterMerge } from './form/merged.ts';
import { formsToday } from './form/today.ts';
import { formRoutes } from './routes.ts';

/** The forms managers hang on the wall (CUS-13). */
export const forms: Module<Services> = {
  name: 'forms',
  entities: [customerForm],
  behaviours: new Map([['customerForm', formBehaviour]]),
  commands: (services) => formCommands(services),
  routes: () => formRoutes(),
  subscribers: [formsAfterMerge],
  notifications: ['fill', 'review', 'returned', 'locked'].map((name) => ({
    name: `form.${name}`,
    path: '/forms/{form}',
    defaults: { inApp: true, mail: 'off' },
  })),
  today: [formsToday],
  translations: new URL('./i18n/', import.meta.url),
  migrations: new URL('./migrations/', import.meta.url),
};
