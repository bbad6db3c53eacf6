import type { Services } from '../../platform/context/services.ts';
import type { Module } from '../../platform/module.ts';
import { quoteDiscount } from './quote/approval.ts';
import { quoteBehaviour } from './quote/behaviour.ts';
import { quoteCommands } from './quote/commands.ts';
import { quote, quoteLine } from './quote/entity.ts';
import { expireQuotes } from './quote/expire.ts';
import { quoteRoutes } from './routes.ts';

export const quotes: Module<Services> = {
  name: 'quotes',
  entities: [quote, quoteLine],
  behaviours: new Map([['quote', quoteBehaviour]]),
  commands: () => quoteCommands,
  routes: () => quoteRoutes(),
  jobs: [expireQuotes],
  approvals: [quoteDiscount],
  translations: new URL('./i18n/', import.meta.url),
  migrations: new URL('./migrations/', import.meta.url),
};
