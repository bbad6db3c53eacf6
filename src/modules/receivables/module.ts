import type { Services } from '../../platform/context/services.ts';
import type { Behaviour } from '../../platform/entity/behaviour.ts';
import type { Module } from '../../platform/module.ts';
import { bankAccount } from './account/entity.ts';
import { receiptAchievements } from './achievements.ts';
import { bankEntryBehaviour } from './bank/behaviour.ts';
import { bankCommands } from './bank/commands.ts';
import { bankEntry } from './bank/entity.ts';
import { billingProfile } from './billing/entity.ts';
import { creditBehaviour } from './credit/behaviour.ts';
import { creditTerm } from './credit/entity.ts';
import { releaseCommands } from './credit/release.ts';
import { dunningBehaviour } from './dunning/behaviour.ts';
import { dunningCommands } from './dunning/commands.ts';
import { dunning, dunningStep } from './dunning/entity.ts';
import { dunningJob } from './dunning/run.ts';
import { dunningToday } from './dunning/today.ts';
import { receiptFigures } from './figures.ts';
import { moneyGuard, orderGuard } from './guard.ts';
import { invoiceBehaviour } from './invoice/behaviour.ts';
import { invoiceCommands } from './invoice/commands.ts';
import { invoice, invoiceLine } from './invoice/entity.ts';
import { invoicePaper } from './invoice/paper.ts';
import { receiptMeasures } from './measures.ts';
import { paidJob } from './open/paid.ts';
import { receiptBehaviour } from './receipt/behaviour.ts';
import { receiptCommands } from './receipt/commands.ts';
import { receipt } from './receipt/entity.ts';
import { receivableRoutes } from './routes.ts';
import { fillMoney } from './sample.ts';
import { receivableReports } from './shipped.ts';
import { waitingToday } from './waiting.ts';

/** 应收与回款: invoices, money come in, and what is still owed (SAL-6, SAL-15). */
export const receivables: Module<Services> = {
  name: 'receivables',
  entities: [
    bankAccount,
    bankEntry,
    billingProfile,
    invoice,
    invoiceLine,
    receipt,
    creditTerm,
    dunningStep,
    dunning,
  ],
  behaviours: new Map<string, Behaviour>([
    ['bankEntry', bankEntryBehaviour],
    ['invoice', invoiceBehaviour],
    ['receipt', receiptBehaviour],
    ['creditTerm', creditBehaviour],
    ['order', orderGuard],
    ['contract', moneyGuard('contract')],
    ['dunning', dunningBehaviour],
  ]),
  commands: () => [
    ...receiptCommands,
    ...bankCommands,
    ...invoiceCommands,
    ...dunningCommands,
    ...releaseCommands,
  ],
  jobs: [dunningJob, paidJob],
  today: [dunningToday, waitingToday],
  notifications: [
    { name: 'credit.asked', defaults: { inApp: true, mail: 'now' }, importance: 'high' },
    { name: 'credit.released', defaults: { inApp: true, mail: 'now' }, importance: 'high' },
  ],
  sample: fillMoney,
  routes: () => receivableRoutes(),
  measures: receiptMeasures,
  papers: [invoicePaper],
  reportFigures: receiptFigures,
  shippedReports: receivableReports,
  achievements: receiptAchievements,
  translations: new URL('./i18n/', import.meta.url),
  migrations: new URL('./migrations/', import.meta.url),
};
