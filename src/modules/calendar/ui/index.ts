import { CalendarOutlined } from '@ant-design/icons';
import { lazy } from 'react';
import type { ModuleUi } from '../../../web/slots.ts';

const CalendarPage = lazy(() => import('./CalendarPage.tsx').then((m) => ({ default: m.CalendarPage })));

/** The calendar has a page of its own. */
export const ui: ModuleUi = {
  pages: [{ path: 'calendar', component: CalendarPage }],
  menu: [
    {
      to: '/calendar',
      label: 'agenda.title',
      icon: CalendarOutlined,
      group: 'work',
      order: 5,
      needs: { entity: 'task', action: 'read' },
    },
  ],
};
