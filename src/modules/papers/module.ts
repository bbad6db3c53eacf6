import type { Services } from '../../platform/context/services.ts';
import type { Module } from '../../platform/module.ts';
import { paperRoutes } from './routes.ts';

/** 打印模板: what the company prints from Word templates of its own (SAL-16). Other modules say what stands on their papers. */
export const papers: Module<Services> = {
  name: 'papers',
  entities: [],
  routes: () => paperRoutes(),
  translations: new URL('./i18n/', import.meta.url),
  migrations: new URL('./migrations/', import.meta.url),
};
