import { BellOutlined, CalendarOutlined, MailOutlined } from '@ant-design/icons';
import { lazy } from 'react';
import { approvals } from './approvals/ui.ts';
import { CommentsTab, FollowButton, NewComment } from './comments/places.tsx';
import { duplicates } from './duplicates/index.ts';
import { Bell } from './notifications/Bell.tsx';
import type { ModuleUi } from './slots.ts';

const CalendarPage = lazy(() =>
  import('./calendar/CalendarPage.tsx').then((m) => ({ default: m.CalendarPage })),
);

const calendar: ModuleUi = {
  settings: [
    { page: 'calendar', label: 'calendar.title', icon: CalendarOutlined, order: 60, component: CalendarPage },
  ],
};

const NotificationsPage = lazy(() =>
  import('./notifications/NotificationsPage.tsx').then((m) => ({ default: m.NotificationsPage })),
);
const loadPreferences = () => import('./notifications/PreferencesPage.tsx');
const OwnPreferencesPage = lazy(() => loadPreferences().then((m) => ({ default: m.OwnPreferencesPage })));
const CompanyPreferencesPage = lazy(() =>
  loadPreferences().then((m) => ({ default: m.CompanyPreferencesPage })),
);
const MailPage = lazy(() => import('./mail/MailPage.tsx').then((m) => ({ default: m.MailPage })));

const notifications: ModuleUi = {
  topBar: [Bell],
  pages: [
    { path: 'notifications', component: NotificationsPage },
    { path: 'me/notifications', component: OwnPreferencesPage },
  ],
  settings: [
    {
      page: 'notifications',
      label: 'notifications.defaults',
      icon: BellOutlined,
      order: 70,
      component: CompanyPreferencesPage,
    },
    { page: 'mail', label: 'mail.title', icon: MailOutlined, order: 80, component: MailPage },
  ],
};

const comments: ModuleUi = {
  slots: [
    { entity: '*', place: 'file.head', order: 90, component: FollowButton },
    { entity: '*', place: 'file.timelineTop', order: 90, component: NewComment },
    {
      entity: '*',
      place: 'file.tab',
      order: 90,
      title: 'comments.title',
      when: (entity) => !entity.timeline,
      component: CommentsTab,
    },
  ],
};

/** Rooms of the platform with screens of their own; modules are found by themselves. */
export const rooms: ModuleUi[] = [approvals, notifications, comments, calendar, duplicates];
