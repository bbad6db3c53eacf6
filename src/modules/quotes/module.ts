import type { Services } from '../../platform/context/services.ts';
import type { Module } from '../../platform/module.ts';
import { linkCommands } from './link/commands.ts';
import { quotePaper } from './print/paper.ts';
import { printRoutes } from './print/routes.ts';
import { quoteDiscount } from './quote/approval.ts';
import { quoteBehaviour } from './quote/behaviour.ts';
import { quoteCommands } from './quote/commands.ts';
import { quote, quoteLine } from './quote/entity.ts';
import { expireQuotes } from './quote/expire.ts';
import { quotesToday } from './quote/today.ts';
import { quoteRoutes } from './routes.ts';
import { fillQuotes } from './sample.ts';

export const quotes: Module<Services> = {
  name: 'quotes',
  entities: [quote, quoteLine],
  behaviours: new Map([['quote', quoteBehaviour]]),
  commands: (services) => [...quoteCommands, ...linkCommands(services)],
  routes: () => [...quoteRoutes(), ...printRoutes()],
  jobs: [expireQuotes],
  approvals: [quoteDiscount],
  papers: [quotePaper],
  today: [quotesToday],
  sample: fillQuotes,
  notifications: [
    { name: 'quote.confirmed', defaults: { inApp: true, mail: 'now' }, importance: 'high' },
    { name: 'quote.declined', defaults: { inApp: true, mail: 'now' }, importance: 'high' },
  ],
  translations: new URL('./i18n/', import.meta.url),
  migrations: new URL('./migrations/', import.meta.url),
};
