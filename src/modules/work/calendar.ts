import type { CalendarSource } from '../../platform/agenda/source.ts';

const VISIT_MINUTES = 90;

/** What of our work has a day: visits, meetings, promises, call-backs. */
export const workCalendar: readonly CalendarSource[] = [
  {
    entity: 'visit',
    date: 'date',
    at: 'startsAt',
    minutes: VISIT_MINUTES,
    states: { field: 'status', shown: ['planned', 'checkedIn', 'done'], open: ['planned'] },
  },
  {
    entity: 'meeting',
    date: 'date',
    at: 'startsAt',
    minutes: 60,
    states: { field: 'status', shown: ['planned', 'done'], open: ['planned'] },
  },
  {
    entity: 'promise',
    date: 'dueDate',
    states: {
      field: 'status',
      shown: ['open', 'renegotiated', 'kept', 'broken'],
      open: ['open', 'renegotiated'],
    },
  },
  {
    entity: 'callBack',
    date: 'dueDate',
    states: { field: 'status', shown: ['open', 'done'], open: ['open'] },
  },
];
