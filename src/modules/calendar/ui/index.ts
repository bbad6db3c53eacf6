import { CalendarOutlined, HourglassOutlined } from '@ant-design/icons';
import { lazy } from 'react';
import type { ModuleUi } from '../../../web/slots.ts';

const CalendarPage = lazy(() => import('./CalendarPage.tsx').then((m) => ({ default: m.CalendarPage })));
const OverduePage = lazy(() => import('./OverduePage.tsx').then((m) => ({ default: m.OverduePage })));
/** For the page of the day. */
export const OverdueLink = lazy(() => import('./OverdueLink.tsx').then((m) => ({ default: m.OverdueLink })));

const text = (value: unknown) => (typeof value === 'string' ? value : undefined);

/** The calendar has a page of its own, and so has who waits too long to hear from us. */
export const ui: ModuleUi = {
  pages: [
    { path: 'calendar', component: CalendarPage },
    {
      path: 'overdue',
      component: OverduePage,
      search: (raw) => {
        const [people, grade] = [text(raw.people), text(raw.grade)];
        return { ...(people ? { people } : {}), ...(grade ? { grade } : {}) };
      },
    },
  ],
  menu: [
    {
      to: '/calendar',
      label: 'agenda.title',
      icon: CalendarOutlined,
      group: 'work',
      order: 5,
      needs: { entity: 'task', action: 'read' },
    },
    {
      to: '/overdue',
      label: 'overdue.title',
      icon: HourglassOutlined,
      group: 'work',
      order: 6,
      needs: { entity: 'customer', action: 'read' },
    },
  ],
};
