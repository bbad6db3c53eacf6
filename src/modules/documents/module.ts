import type { Services } from '../../platform/context/services.ts';
import type { Module } from '../../platform/module.ts';
import { marginRoutes } from './margin/routes.ts';

/** 单据: what documents with lines have in common. It has no records of its own. */
export const documents: Module<Services> = {
  name: 'documents',
  entities: [],
  routes: () => marginRoutes(),
  translations: new URL('./i18n/', import.meta.url),
  migrations: new URL('./migrations/', import.meta.url),
};
