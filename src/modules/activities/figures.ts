import type { ReportFigure } from '../../platform/figures/figure.ts';
import { startOfDay } from '../../platform/time/instant.shared.ts';

const OLD_DAYS = 90;
const CONTACT = ['call', 'visit', 'meeting', 'mail', 'message'];
const ofKind = (...kinds: string[]) => ({ field: 'kind', op: 'in' as const, value: kinds });

/** What somebody did for customers. */
export const activityFigures: readonly ReportFigure[] = [
  { name: 'contacts', entity: 'activity', at: 'occurredAt', filter: () => ofKind(...CONTACT) },
  { name: 'calls', entity: 'activity', at: 'occurredAt', filter: () => ofKind('call') },
  { name: 'visits', entity: 'activity', at: 'occurredAt', filter: () => ofKind('visit') },
  {
    // Customers we have had for a season at least: those new ones push aside.
    name: 'oldCustomers',
    entity: 'activity',
    at: 'occurredAt',
    filter: ({ from }) => ({
      and: [
        ofKind(...CONTACT),
        {
          field: 'customer.createdAt',
          op: 'lt',
          value: startOfDay(Temporal.PlainDate.from(from).subtract({ days: OLD_DAYS }).toString(), 'UTC'),
        },
      ],
    }),
  },
  {
    name: 'tasksDone',
    entity: 'task',
    at: 'doneAt',
    filter: () => ({ field: 'status', op: 'in', value: ['done'] }),
  },
];
