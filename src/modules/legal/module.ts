import type { Services } from '../../platform/context/services.ts';
import type { Module } from '../../platform/module.ts';
import { legalEntityBehaviour } from './entity/behaviour.ts';
import { legalEntity } from './entity/entity.ts';
import { legalRoutes } from './routes.ts';

/** 我方主体: the companies of the house itself. */
export const legal: Module<Services> = {
  name: 'legal',
  entities: [legalEntity],
  behaviours: new Map([['legalEntity', legalEntityBehaviour]]),
  routes: () => legalRoutes(),
  translations: new URL('./i18n/', import.meta.url),
  migrations: new URL('./migrations/', import.meta.url),
};
