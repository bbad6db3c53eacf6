import type { CalendarSource } from '../../platform/agenda/source.ts';

/** Tasks stand in the calendar on the day they are due. */
export const taskCalendar: CalendarSource = {
  entity: 'task',
  date: 'dueDate',
  states: { field: 'status', shown: ['open', 'done'], open: ['open'] },
};
