import type { CalendarSource } from '../../platform/agenda/source.ts';

/** Days that come round stand in the calendar of whoever looks after the customer; what is to be done on them, of whoever does it. */
export const careCalendar: readonly CalendarSource[] = [
  {
    entity: 'contact',
    label: 'calendar.birthday',
    date: 'nextBirthday',
    comesRound: { day: 'birthday' },
    whose: 'root',
    unless: 'left',
  },
  { entity: 'customer', label: 'calendar.birthday', date: 'nextBirthday', comesRound: { day: 'birthday' } },
  {
    entity: 'rememberedFact',
    label: 'calendar.remembered',
    date: 'nextOn',
    comesRound: { day: 'day', yearly: 'yearly' },
    whose: 'root',
  },
  {
    entity: 'careItem',
    date: 'dueDate',
    otherwise: 'occasionOn',
    states: { field: 'status', shown: ['open', 'done'], open: ['open'] },
  },
];
