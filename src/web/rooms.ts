import { CalendarOutlined } from '@ant-design/icons';
import { lazy } from 'react';
import type { ModuleUi } from './slots.ts';

const CalendarPage = lazy(() =>
  import('./calendar/CalendarPage.tsx').then((m) => ({ default: m.CalendarPage })),
);

const calendar: ModuleUi = {
  settings: [
    { page: 'calendar', label: 'calendar.title', icon: CalendarOutlined, order: 60, component: CalendarPage },
  ],
};

/** Rooms of the platform with screens of their own; modules are found by themselves. */
export const rooms: ModuleUi[] = [calendar];
