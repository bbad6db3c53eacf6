import type { Services } from '../../platform/context/services.ts';
import type { Module } from '../../platform/module.ts';
import { quoteBehaviour } from './quote/behaviour.ts';
import { quote, quoteLine } from './quote/entity.ts';

export const quotes: Module<Services> = {
  name: 'quotes',
  entities: [quote, quoteLine],
  behaviours: new Map([['quote', quoteBehaviour]]),
  translations: new URL('./i18n/', import.meta.url),
  migrations: new URL('./migrations/', import.meta.url),
};
