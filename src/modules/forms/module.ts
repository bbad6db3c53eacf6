import type { Services } from '../../platform/context/services.ts';
import type { Module } from '../../platform/module.ts';
import { formRoutes } from './routes.ts';

/** The forms managers hang on the wall (CUS-13). */
export const forms: Module<Services> = {
  name: 'forms',
  entities: [],
  routes: () => formRoutes(),
  translations: new URL('./i18n/', import.meta.url),
  migrations: new URL('./migrations/', import.meta.url),
};
